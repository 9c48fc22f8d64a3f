import type { ScenarioText } from '../../src/schema/scenario.ts';
import type { Snippet } from './snippets.ts';
import { UNREACHABLE_SNIPPETS } from './unreachable.ts';

/** An application behind nginx that does what programs have to deal with besides failures, and programs that deal with it. */

type Route = ScenarioText['routes'][number];

const redirect = (status: number, from: string, to: string): Route => ({
  match: `* ${from}`,
  response: { status, headers: { Location: to }, body: 'elsewhere\n' },
});

const busy = (path: string, status: number, retryAfter: string): Route => ({
  match: `* ${path}`,
  response: { status, headers: { 'Retry-After': retryAfter }, body: { error: 'busy' } },
});

export const APPLICATION: ScenarioText['routes'] = [
  { match: '* /orders/42', response: { body: { id: 42, name: 'Zoë' } } },
  // Answers 503 to those who send the cookie, which shows that it was sent.
  {
    match: '* /cart',
    fault: 'app-503',
    schedule: { headers: { Cookie: 'cart=c7' } },
    response: { headers: { 'Set-Cookie': 'cart=c7; Path=/; HttpOnly' }, body: { items: 0 } },
  },
  {
    match: '* /login',
    response: { status: 302, headers: { 'Set-Cookie': 'user=ada; Path=/', Location: '/orders/42' }, body: '' },
  },
  {
    match: '* /private',
    response: { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="orders"' }, body: { error: 'login' } },
  },
  ...[301, 302, 303, 307, 308].map((status) => redirect(status, `/moved/${status}`, '/orders/42')),
  redirect(302, '/loop', '/loop'),
  redirect(302, '/nowhere', 'ftp://files.example.com/'),
  busy('/busy/short', 503, '1'),
  busy('/busy/limit', 429, '1'),
  busy('/busy/junk', 503, 'soon'),
  { match: '* /slow', response: { delay: '3s', body: { slow: true } } },
  { match: '* /lines', response: { body: 'one\ntwo\nthree\n' } },
  {
    match: '* /gzipped',
    response: {
      headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' },
      bodyBase64: 'H4sIAAAAAAACA6tWykxRslIwMdJRUCouSSxJBXKUChKBgrVcAC5r3Q4cAAAA',
    },
  },
  {
    match: '* /gzip-cut-short',
    response: { headers: { 'Content-Encoding': 'gzip' }, bodyBase64: 'H4sIAAAAAAACA6tWykxRslIwMdJRUCouSSxJBXKU' },
  },
  { match: '* /deflated', response: { headers: { 'Content-Encoding': 'deflate' }, body: '+M+*NK\x06\x00' } },
  { match: '* /gzip-that-is-none', response: { headers: { 'Content-Encoding': 'gzip' }, body: 'plain text' } },
  { match: '* /missing', response: { status: 404, body: { error: 'no such order' } } },
];

/** `URL` is the origin. */
export const APPLICATION_SNIPPETS: readonly Snippet[] = [
  {
    name: 'a session keeps its cookies',
    python: `
import requests
with requests.Session() as session:
    for _ in range(2):
        response = session.get(URL + '/cart', timeout=2)
        print(response.status_code, response.request.headers.get('Cookie'), response.cookies.get_dict())
    session.get(URL + '/login', timeout=2)
    print(sorted(session.cookies.items()), session.get(URL + '/orders/42').request.headers['Cookie'])
    session.cookies.clear()
    print(session.get(URL + '/cart', timeout=2).status_code)`,
  },
  {
    name: 'cookies without a session, and by urllib and httpx',
    python: `
import http.cookiejar, httpx, requests, urllib.error, urllib.request
print([requests.get(URL + '/cart', timeout=2).status_code for _ in range(2)])
print(requests.get(URL + '/cart', cookies={'cart': 'c7'}, timeout=2).status_code)
opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
print(opener.open(URL + '/cart', timeout=2).status)
try:
    opener.open(URL + '/cart', timeout=2)
except urllib.error.HTTPError as error:
    print(error, error.headers['Retry-After'], len(error.read()))
with httpx.Client() as client:
    print([client.get(URL + '/cart').status_code for _ in range(2)], dict(client.cookies))`,
  },
  {
    name: 'requests follows redirects',
    python: `
import requests
for status in (301, 302, 303, 307, 308):
    for method in ('GET', 'POST'):
        response = requests.request(method, f'{URL}/moved/{status}', data={'a': 1}, timeout=2)
        print(status, method, response.request.method, response.request.body, response.json(), len(response.history))
response = requests.get(URL + '/moved/301', allow_redirects=False, timeout=2)
print(response.status_code, response.is_redirect, response.is_permanent_redirect, response.headers['Location'])
print(response.next.url.removeprefix(URL), response.links)`,
  },
  {
    name: 'requests in a loop of redirects',
    python: `
import requests
requests.get(URL + '/loop', timeout=2)`,
  },
  {
    name: 'requests sent to what it does not speak',
    python: `
import requests
requests.get(URL + '/nowhere', timeout=2)`,
  },
  {
    name: 'urllib3 in a loop of redirects',
    python: `
import urllib3
urllib3.PoolManager().request('GET', URL + '/loop', redirect=True, retries=urllib3.Retry(redirect=3), timeout=2)`,
  },
  {
    name: 'urllib.request redirects',
    python: `
import urllib.request
for status in (301, 307):
    with urllib.request.urlopen(f'{URL}/moved/{status}', timeout=2) as response:
        print(response.status, response.url.removeprefix(URL), response.read())
urllib.request.urlopen(URL + '/loop', timeout=2)`,
  },
  {
    name: 'httpx redirects',
    python: `
import httpx
print(httpx.get(URL + '/moved/302').status_code, httpx.get(URL + '/moved/302').next_request.url.path)
with httpx.Client(follow_redirects=True, max_redirects=5) as client:
    response = client.post(URL + '/moved/308', json={'a': 1})
    print(response.status_code, response.request.method, response.request.content, len(response.history))
    client.get(URL + '/loop')`,
  },
  {
    name: 'logins',
    python: `
import base64, httpx, requests, urllib.request
response = requests.get(URL + '/private', auth=('ada', 'secret'), timeout=2)
print(response.status_code, response.headers['WWW-Authenticate'], response.request.headers['Authorization'])
print(httpx.get(URL + '/private', auth=('ada', 'secret')).request.headers['Authorization'])
request = urllib.request.Request(URL + '/private')
request.add_header('Authorization', 'Basic ' + base64.b64encode(b'ada:secret').decode())
response.raise_for_status() if response.ok else print(response.json())
urllib.request.urlopen(request, timeout=2)`,
  },
  {
    name: 'reading line by line, and in pieces',
    python: `
import httpx, requests
with requests.get(URL + '/lines', stream=True, timeout=2) as response:
    print(list(response.iter_lines()), response.raw.closed)
with requests.get(URL + '/lines', stream=True, timeout=2) as response:
    print(list(response.iter_content(4)), list(response.iter_content(4)))
with httpx.stream('GET', URL + '/lines') as response:
    print(list(response.iter_lines()), response.is_closed)
print(requests.get(URL + '/lines', stream=True, timeout=2).raw.read(5))`,
  },
  {
    name: 'compressed bodies',
    python: `
import httpx, requests, urllib3
for path in ('/deflated', '/gzipped'):
    response = requests.get(URL + path, timeout=2)
    print(response.text, response.headers['Content-Encoding'], response.headers.get('Content-Length'))
    response = httpx.get(URL + path)
    print(response.text, response.headers['Content-Encoding'], response.headers.get('Content-Length'))
print(urllib3.request('GET', URL + '/gzipped', decode_content=False).data)
print(repr(requests.get(URL + '/gzip-cut-short', timeout=2).content))
try:
    urllib3.request('GET', URL + '/gzip-that-is-none', retries=False)
except urllib3.exceptions.HTTPError as error:
    print(type(error).__name__, error)
try:
    httpx.get(URL + '/gzip-that-is-none')
except httpx.HTTPError as error:
    print(type(error).__name__, error)
requests.get(URL + '/gzip-that-is-none', timeout=2)`,
  },
  {
    name: 'time limits of each kind',
    python: `
import asyncio, http.client, httpx, requests, socket, urllib.request, urllib3
from urllib.parse import urlsplit
def attempt(name, act):
    try:
        print(name, act())
    except Exception as error:
        print(name, type(error).__module__, type(error).__name__, error)
def by_http_client():
    connection = http.client.HTTPConnection(urlsplit(URL).netloc, timeout=0.2)
    connection.request('GET', '/slow')
    connection.getresponse()
def by_socket():
    connection = socket.create_connection((urlsplit(URL).hostname, urlsplit(URL).port), 0.2)
    connection.sendall(f'GET /slow HTTP/1.1\\r\\nHost: {urlsplit(URL).netloc}\\r\\n\\r\\n'.encode())
    return connection.recv(10)
async def by_deadline():
    async with httpx.AsyncClient() as client, asyncio.timeout(0.2):
        await client.get(URL + '/slow')
async def by_wait_for():
    async with httpx.AsyncClient() as client:
        await asyncio.wait_for(client.get(URL + '/slow'), 0.2)
attempt('a tuple', lambda: requests.get(URL + '/slow', timeout=(1, 0.2)))
attempt('a number', lambda: requests.get(URL + '/slow', timeout=0.2))
attempt('urllib3', lambda: urllib3.request('GET', URL + '/slow', retries=False, timeout=urllib3.Timeout(connect=1, read=0.2)))
attempt('urllib.request', lambda: urllib.request.urlopen(URL + '/slow', timeout=0.2))
attempt('http.client', by_http_client)
attempt('socket', by_socket)
attempt('httpx', lambda: httpx.get(URL + '/slow', timeout=httpx.Timeout(1, read=0.2)))
attempt('asyncio.timeout', lambda: asyncio.run(by_deadline()))
attempt('asyncio.wait_for', lambda: asyncio.run(by_wait_for()))`,
  },
  {
    name: 'hooks, events and the debug output',
    python: `
import http.client, httpx, requests
def check(response, *args, **kwargs):
    print('hook', response.status_code, sorted(kwargs))
    response.raise_for_status()
with httpx.Client(event_hooks={'request': [lambda request: print(request.method, request.url.path)],
                               'response': [lambda response: print(response.status_code)]}) as client:
    client.get(URL + '/missing')
http.client.HTTPConnection.debuglevel = 1
try:
    requests.get(URL + '/missing', headers={'User-Agent': 'mine', 'Accept-Encoding': 'identity'}, timeout=2)
finally:
    http.client.HTTPConnection.debuglevel = 0
requests.get(URL + '/missing', hooks={'response': check}, timeout=2)`,
  },
  {
    name: 'Retry with a list of statuses',
    python: `
import requests, time
from requests.adapters import HTTPAdapter, Retry
session = requests.Session()
session.mount('http://', HTTPAdapter(max_retries=Retry(2, backoff_factor=0.01, status_forcelist=[503, 404])))
start = time.monotonic()
for path in ('/missing', '/busy/short'):
    try:
        session.get(URL + path, timeout=2)
    except requests.RetryError as error:
        print(error)
print(round(time.monotonic() - start))
session.post(URL + '/missing', timeout=2).raise_for_status()`,
  },
  {
    name: 'Retry-After, heeded without being asked',
    python: `
import time, urllib3
start = time.monotonic()
response = urllib3.request('GET', URL + '/busy/limit', retries=urllib3.Retry(1, raise_on_status=False))
print(response.status, len(response.retries.history), round(time.monotonic() - start))
print(urllib3.request('POST', URL + '/busy/limit', retries=urllib3.Retry(1)).status)
urllib3.request('GET', URL + '/busy/junk', retries=urllib3.Retry(1))`,
  },
  {
    name: 'tenacity until it gives up',
    python: `
import httpx, requests, tenacity
def waits(state):
    print('attempt', state.attempt_number, type(state.outcome.exception()).__name__, round(state.next_action.sleep, 2))
retrying = tenacity.Retrying(
    stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_exponential(multiplier=0.01),
    retry=tenacity.retry_if_exception_type(requests.HTTPError), before_sleep=waits)
for attempt in retrying:
    with attempt:
        requests.get(URL + '/busy/short', timeout=2).raise_for_status()`,
  },
  {
    name: 'httpx asking at the same time',
    python: `
import asyncio, httpx
async def main():
    async with httpx.AsyncClient(base_url=URL) as client:
        paths = ['/orders/42', '/missing', '/loop', '/private']
        print([response.status_code for response in await asyncio.gather(*map(client.get, paths))])
        async with asyncio.TaskGroup() as group:
            for path in paths:
                group.create_task(client.get(path, follow_redirects=True))
asyncio.run(main())`,
  },
  ...UNREACHABLE_SNIPPETS,
];
