import type { Snippet } from './snippets.ts';

/** What each client says when there is nobody to ask. */
export const UNREACHABLE_SNIPPETS: readonly Snippet[] = [
  {
    name: 'a port where nothing listens, by each client',
    python: `
import asyncio, http.client, httpx, requests, socket, urllib.request, urllib3
async def asynchronous():
    async with httpx.AsyncClient() as client:
        await client.get('http://127.0.0.1:9/orders')
for act in (
    lambda: requests.get('http://127.0.0.1:9/orders', timeout=2),
    lambda: urllib3.request('GET', 'http://127.0.0.1:9/orders', retries=urllib3.Retry(1, backoff_factor=0.01)),
    lambda: urllib.request.urlopen('http://127.0.0.1:9/orders', timeout=2),
    lambda: http.client.HTTPConnection('127.0.0.1', 9).request('GET', '/orders'),
    lambda: httpx.get('http://127.0.0.1:9/orders'),
    lambda: asyncio.run(asynchronous()),
    lambda: socket.create_connection(('127.0.0.1', 9)),
):
    try:
        act()
    except Exception as error:
        chain(error)`,
  },
  {
    name: 'a name that does not exist, by each client',
    python: `
import asyncio, http.client, httpx, requests, socket, urllib.request, urllib3
HOST = 'no-such-host.invalid'
async def asynchronous():
    async with httpx.AsyncClient() as client:
        await client.get(f'http://{HOST}/orders')
for act in (
    lambda: requests.get(f'http://{HOST}/orders', timeout=2),
    lambda: urllib3.request('GET', f'http://{HOST}/orders', retries=False),
    lambda: urllib.request.urlopen(f'http://{HOST}/orders', timeout=2),
    lambda: http.client.HTTPConnection(HOST).request('GET', '/orders'),
    lambda: httpx.get(f'http://{HOST}/orders'),
    lambda: asyncio.run(asynchronous()),
    lambda: socket.getaddrinfo(HOST, 80),
):
    try:
        act()
    except Exception as error:
        chain(error)`,
  },
];
