import type { Snippet } from './snippets.ts';

/** What each client says when it gets no connection to `URL`. */
export const TROUBLE_SNIPPETS: readonly Snippet[] = [
  {
    name: 'requests',
    python: `
import requests
requests.get(URL, timeout=2)`,
  },
  {
    name: 'requests, posting',
    python: `
import requests
requests.Session().post(URL, json={'item': 7}, timeout=(2, 2))`,
  },
  {
    name: 'urllib3',
    python: `
import urllib3
urllib3.PoolManager(retries=False, timeout=2).request('GET', URL)`,
  },
  {
    name: 'urllib3 with Retry',
    python: `
import urllib3
urllib3.PoolManager(timeout=2).request('GET', URL, retries=urllib3.Retry(2, backoff_factor=0.01))`,
  },
  {
    name: 'urllib.request',
    python: `
import urllib.request
urllib.request.urlopen(URL, timeout=2)`,
  },
  {
    name: 'http.client',
    python: `
import http.client
from urllib.parse import urlsplit
http.client.HTTPSConnection(urlsplit(URL).netloc, timeout=2).request('GET', '/')`,
  },
  {
    name: 'httpx',
    python: `
import httpx
httpx.get(URL, timeout=2)`,
  },
  {
    name: 'httpx, asynchronous',
    python: `
import asyncio, httpx
async def main():
    async with httpx.AsyncClient(timeout=2) as client:
        await client.get(URL)
asyncio.run(main())`,
  },
  {
    name: 'tenacity',
    python: `
import requests, tenacity
@tenacity.retry(stop=tenacity.stop_after_attempt(2), retry=tenacity.retry_if_exception_type(requests.ConnectionError))
def ask():
    print('asks')
    requests.get(URL, timeout=2)
ask()`,
  },
  {
    name: 'a raw socket with TLS',
    python: `
import socket, ssl
from urllib.parse import urlsplit
parts = urlsplit(URL)
with socket.create_connection((parts.hostname, parts.port), timeout=2) as plain:
    ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)`,
  },
];
