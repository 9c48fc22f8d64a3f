/** One way in which a Python program asks a URL. `python` may use URL and prints what it met. */
export interface Snippet {
  readonly name: string;
  readonly python: string;
}

/** Each prints what a reader would look at: status, headers, sizes, or the exception with its class and its text. */
export const SNIPPETS: readonly Snippet[] = [
  {
    name: 'requests',
    python: `
import requests
response = requests.get(URL, timeout=(1, 1.2))
print(response.status_code, response.reason, len(response.content), response.history, response.encoding)
print(sorted(response.headers.items()), response.apparent_encoding)
response.raise_for_status()`,
  },
  {
    name: 'requests with a session, a hook and a basic login',
    python: `
import requests
with requests.Session() as session:
    session.headers['X-Trace'] = 'abc'
    session.hooks['response'].append(lambda response, **kw: print('hook', response.status_code))
    for _ in range(2):
        response = session.get(URL, auth=('reader', 'secret'), timeout=1.2)
        print(response.status_code, response.request.headers['Authorization'], session.cookies.get_dict())
        print(response.text[:60])`,
  },
  {
    name: 'requests with Retry',
    python: `
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry
session = requests.Session()
retry = Retry(total=2, backoff_factor=0.02, status_forcelist=[502, 503, 504])
session.mount('http://', HTTPAdapter(max_retries=retry))
print(session.get(URL, timeout=1.2).status_code)`,
  },
  {
    name: 'requests posting JSON',
    python: `
import requests
response = requests.post(URL, json={'item': 7}, headers={'Idempotency-Key': 'k1'}, timeout=1.2)
print(response.status_code, response.request.headers['Content-Length'], response.request.body)`,
  },
  {
    name: 'requests streaming',
    python: `
import requests
with requests.get(URL, stream=True, timeout=1.2) as response:
    print(response.status_code, response.raw.version)
    size = 0
    for piece in response.iter_content(64):
        size += len(piece)
    print(size)`,
  },
  {
    name: 'urllib3',
    python: `
import urllib3
http = urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=1.2))
response = http.request('GET', URL, retries=urllib3.Retry(2, backoff_factor=0.01))
print(response.status, response.reason, len(response.data), response.headers.get('Content-Type'))`,
  },
  {
    name: 'urllib3 without repeats',
    python: `
import urllib3
http = urllib3.PoolManager(timeout=1.2, retries=False)
response = http.request('HEAD', URL)
print(response.status, response.reason, response.data)`,
  },
  {
    name: 'http.client',
    python: `
import http.client
from urllib.parse import urlsplit
parts = urlsplit(URL)
connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=1.2)
connection.request('GET', parts.path)
response = connection.getresponse()
print(response.status, response.reason, response.version, response.getheaders())
print(len(response.read()))
connection.close()`,
  },
  {
    name: 'urllib.request',
    python: `
import urllib.request
with urllib.request.urlopen(URL, timeout=1.2) as response:
    print(response.status, response.reason, dict(response.headers))
    print(len(response.read()))`,
  },
  {
    name: 'httpx',
    python: `
import httpx
with httpx.Client(timeout=1.2) as client:
    response = client.get(URL)
    print(response.status_code, response.reason_phrase, response.http_version, len(response.content))
    response.raise_for_status()`,
  },
  {
    name: 'httpx, asynchronous',
    python: `
import asyncio, httpx
async def main():
    async with httpx.AsyncClient(timeout=1.2) as client:
        response = await client.get(URL, headers={'X-Trace': 'abc'})
        print(response.status_code, len(response.content))
        async with client.stream('GET', URL) as second:
            print(second.status_code, [len(piece) async for piece in second.aiter_bytes(64)][:3])
asyncio.run(main())`,
  },
  {
    name: 'tenacity',
    python: `
import requests, tenacity
@tenacity.retry(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_fixed(0.01), reraise=True)
def ask():
    response = requests.get(URL, timeout=1.2)
    print('attempt', response.status_code)
    response.raise_for_status()
    return response
print(len(ask().content))`,
  },
  {
    name: 'a raw socket',
    python: `
import socket
from urllib.parse import urlsplit
parts = urlsplit(URL)
with socket.create_connection((parts.hostname, parts.port), timeout=1.2) as connection:
    connection.sendall(f'GET {parts.path} HTTP/1.1\\r\\nHost: {parts.netloc}\\r\\n\\r\\n'.encode())
    arrived = b''
    while piece := connection.recv(4096):
        arrived += piece
    print(len(arrived), arrived[:40])`,
  },
];

/** A URL and what it is called. */
export interface Target {
  readonly name: string;
  readonly url: string;
}

/** What the part of a program is called that asks a target with a snippet. */
export const partName = (target: string, snippet: string): string => `${target}: ${snippet}`;

/** One program out of all snippets, for each target; every part prints under its name, and goes on after an exception. */
export const programOf = (targets: readonly Target[], snippets: readonly Snippet[]): string =>
  [
    'import logging, traceback, warnings',
    'warnings.simplefilter("ignore")',
    'def chain(error):',
    '    while error:',
    '        print("  ", type(error).__module__, type(error).__qualname__, error)',
    '        error = error.__cause__',
    'def run(name, part):',
    '    print("==", name)',
    '    try:',
    '        part()',
    '    except BaseException as error:',
    '        chain(error)',
    ...snippets.flatMap(({ python }, index) => [
      `def part_${index}():`,
      ...python
        .trim()
        .split('\n')
        .map((line) => `    ${line}`),
    ]),
    ...targets.flatMap((target) => [
      `URL = ${JSON.stringify(target.url)}`,
      ...snippets.map(({ name }, index) => `run(${JSON.stringify(partName(target.name, name))}, part_${index})`),
    ]),
    '',
  ].join('\n');
