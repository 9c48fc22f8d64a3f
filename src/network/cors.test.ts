import { describe, expect, it } from 'vitest';
import type { Exchange, WireEvent } from '../gateway/exchange.ts';
import * as cors from './cors.ts';
import { bytes, fakeNetwork, type FakeNetwork, type Wires } from './fake-network.ts';
import { createXMLHttpRequest } from './xhr.ts';

const PAGE = 'https://shop.example.com';
const API = 'https://api.example.com';

const answer = (status: string, headers: readonly string[] = [], body = 'hello'): WireEvent[] =>
  bytes(10, [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n'));

const ANYONE = 'Access-Control-Allow-Origin: *';
const allow = (...rest: string[]): WireEvent[] => answer('204 No Content', [ANYONE, ...rest], '');

const from = (wires: Wires, page = PAGE): FakeNetwork => fakeNetwork({ wires, page, parts: { cors } });

const blocked = (problem: string, url = `${API}/x`): string =>
  `Access to fetch at '${url}' from origin '${PAGE}' has been blocked by CORS policy: ${problem}`;
const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

const header = ({ request }: Exchange, name: string): string | undefined =>
  request.headers.find(([key]) => key === name)?.[1];
const sent = (network: FakeNetwork): string[] =>
  network.exchanged.map(({ request }) => `${request.method} ${new URL(request.url).pathname}`);

describe('a 502 page without CORS headers', () => {
  it('is hidden from the program, and whole in the exchange', async () => {
    const network = from({ '/x': answer('502 Bad Gateway', ['Server: nginx'], '<h1>502</h1>') });
    await expect(network.settled(network.get('/x'))).rejects.toThrow(new TypeError('Failed to fetch'));
    expect(network.exchanged).toMatchObject([
      {
        client: { status: 502, reason: 'Bad Gateway', body: '<h1>502</h1>', truncated: false, error: null },
        program: { error: 'TypeError: Failed to fetch', why: blocked(MISSING) },
      },
    ]);
    expect(network.warnings).toEqual([blocked(MISSING)]);
  });

  it('is an error event for XMLHttpRequest', async () => {
    const network = from({ '/x': answer('502 Bad Gateway') });
    const xhr = new (createXMLHttpRequest(network.fetch, network.clock) as typeof XMLHttpRequest)();
    const ended = new Promise<string>((resolve) => {
      for (const name of ['load', 'error']) xhr.addEventListener(name, () => resolve(name));
    });
    xhr.open('GET', `${API}/x`);
    xhr.send();
    expect([await network.settled(ended), xhr.status]).toEqual(['error', 0]);
    expect(network.exchanged[0]?.program?.why).toBe(blocked(MISSING).replace('fetch', 'XMLHttpRequest'));
  });

  it('can be read by a page of the same origin', async () => {
    const network = from({ '/x': answer('502 Bad Gateway') }, API);
    expect((await network.settled(network.get('/x'))).status).toBe(502);
    expect(network.exchanged[0]).not.toHaveProperty('program');
  });
});

describe('an answer that is allowed', () => {
  it('shows the headers that everybody may read, and those that it exposes', async () => {
    const headers = [ANYONE, 'Access-Control-Expose-Headers: retry-after', 'Retry-After: 9', 'X-Id: 7', 'Expires: 0'];
    const network = from({ '/x': answer('503 Service Unavailable', headers) });
    const response = await network.settled(network.get('/x'));
    expect([response.type, response.status, [...response.headers.keys()]]).toEqual([
      'cors',
      503,
      ['content-length', 'expires', 'retry-after'],
    ]);
    expect(network.exchanged.map((exchange) => header(exchange, 'Origin'))).toEqual([PAGE]);
  });

  it('needs more than * when credentials go with the request', async () => {
    const network = from({ '/x': answer('200 OK', [ANYONE]) });
    await expect(network.settled(network.get('/x', { credentials: 'include' }))).rejects.toThrow('Failed to fetch');
    expect(network.warnings[0]).toContain("must not be the wildcard '*' when the request's credentials mode");
    const own = [`Access-Control-Allow-Origin: ${PAGE}`, 'Access-Control-Allow-Credentials: true'];
    const trusting = from({ '/x': answer('200 OK', own) });
    expect((await trusting.settled(trusting.get('/x', { credentials: 'include' }))).status).toBe(200);
  });

  it('is opaque for a request that does without CORS', async () => {
    const network = from({ '/x': answer('502 Bad Gateway') });
    const response = await network.settled(network.get('/x', { mode: 'no-cors' }));
    expect([response.type, response.status, response.url, await response.text()]).toEqual(['opaque', 0, '', '']);
    expect(network.exchanged[0]?.program?.error).toContain('opaque');
  });
});

describe('a preflight', () => {
  const put = (network: FakeNetwork, init: RequestInit = {}): Promise<Response> =>
    network.settled(network.get('/x', { method: 'PUT', ...init }));

  it('is an exchange of its own and lists what is unusual', async () => {
    const network = from({
      'OPTIONS /x': allow('Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: x-b, x-a, content-type'),
      '/x': answer('200 OK', [ANYONE]),
    });
    await put(network, {
      headers: { 'X-B': '1', 'X-A': '2', 'Content-Type': 'application/json', Accept: 'text/html' },
    });
    expect(sent(network)).toEqual(['OPTIONS /x', 'PUT /x']);
    const [asked] = network.exchanged;
    expect(asked && header(asked, 'Access-Control-Request-Headers')).toBe('content-type,x-a,x-b');
    expect(asked && header(asked, 'Access-Control-Request-Method')).toBe('PUT');
  });

  it.each([
    ['GET', {}],
    ['POST', { body: 'a=b' }],
    ['POST', { body: new URLSearchParams({ a: 'b' }), headers: { 'Accept-Language': 'de' } }],
    ['HEAD', { headers: { Range: 'bytes=0-9' } }],
  ])('is not needed for a simple %s with %j', async (method, init) => {
    const network = from({ '/x': answer('200 OK', [ANYONE]) });
    await network.settled(network.get('/x', { method, ...init }));
    expect(sent(network)).toEqual([`${method} /x`]);
  });

  it.each([
    ['502 Bad Gateway', [ANYONE], 'It does not have HTTP ok status.'],
    ['204 No Content', [], MISSING],
    ['307 Temporary Redirect', [ANYONE, 'Location: /y'], 'Redirect is not allowed for a preflight request.'],
  ])('that answers %s with %j keeps the request from being sent', async (status, headers, problem) => {
    const network = from({ 'OPTIONS /x': answer(status, headers), '/x': answer('200 OK', [ANYONE]) });
    await expect(put(network)).rejects.toThrow('Failed to fetch');
    expect(sent(network)).toEqual(['OPTIONS /x']);
    const why = blocked(`Response to preflight request doesn't pass access control check: ${problem}`);
    expect([network.exchanged[0]?.program?.why, network.warnings]).toEqual([why, [why]]);
  });

  it('that nobody answers is said in a sentence', async () => {
    const network = from({ 'PUT /x': answer('200 OK', [ANYONE]) });
    await expect(put(network)).rejects.toThrow('Failed to fetch');
    expect(network.warnings[0]).toMatch(/^Nothing in this scenario answers OPTIONS /);
    expect(network.warnings[1]).toMatch(/^The browser asked with OPTIONS \(a preflight\)/);
  });

  it.each([
    [null, 5],
    ['60', 60],
    ['nonsense', 5],
    ['86400', 7200],
    ['0', 0],
  ])('with Access-Control-Max-Age %s is remembered for %d s', async (age, seconds) => {
    const rest = age === null ? [] : [`Access-Control-Max-Age: ${age}`];
    const network = from({
      'OPTIONS /x': allow('Access-Control-Allow-Methods: *', ...rest),
      '/x': answer('200 OK', [ANYONE]),
    });
    const wait = (ms: number): Promise<void> =>
      network.settled(
        new Promise((resolve) => {
          network.clock.setTimer(resolve, ms);
        }),
      );
    await put(network);
    if (seconds > 0) {
      await wait(seconds * 1000 - 50);
      await put(network);
      expect(sent(network)).toEqual(['OPTIONS /x', 'PUT /x', 'PUT /x']);
    }
    await wait(100);
    await put(network);
    expect(sent(network).slice(-2)).toEqual(['OPTIONS /x', 'PUT /x']);
  });

  it('for one header does not cover another', async () => {
    const network = from({
      'OPTIONS /x': allow('Access-Control-Allow-Headers: x-a', 'Access-Control-Max-Age: 60'),
      '/x': answer('200 OK', [ANYONE]),
    });
    await network.settled(network.get('/x', { headers: { 'x-a': '1' } }));
    await expect(network.settled(network.get('/x', { headers: { 'x-b': '1' } }))).rejects.toThrow('Failed to fetch');
    expect(sent(network)).toEqual(['OPTIONS /x', 'GET /x', 'OPTIONS /x']);
    expect(network.warnings).toEqual([
      blocked('Request header field x-b is not allowed by Access-Control-Allow-Headers in preflight response.'),
    ]);
  });
});

describe('a redirect', () => {
  const moved = (to: string): WireEvent[] => answer('307 Temporary Redirect', [ANYONE, `Location: ${to}`], '');
  const OTHER = 'https://files.example.com/x';

  it('to a third origin carries the origin null', async () => {
    const network = from({ '/x': moved(OTHER), [OTHER]: answer('200 OK', ['Access-Control-Allow-Origin: null']) });
    const response = await network.settled(network.get('/x'));
    expect([response.status, response.redirected, response.url]).toEqual([200, true, OTHER]);
    expect(network.exchanged.map((exchange) => header(exchange, 'Origin'))).toEqual([PAGE, 'null']);
  });

  it('names both addresses when it is refused', async () => {
    const network = from({ '/x': moved(OTHER), [OTHER]: answer('200 OK') });
    await expect(network.settled(network.get('/x'))).rejects.toThrow('Failed to fetch');
    expect(network.warnings[0]).toContain(`at '${OTHER}' (redirected from '${API}/x') from origin '${PAGE}'`);
    expect(network.exchanged.map(({ program }) => program !== undefined)).toEqual([false, true]);
  });

  it('may not lead to an address with a password', async () => {
    const network = from({ '/x': moved('https://u:p@files.example.com/x') });
    await expect(network.settled(network.get('/x'))).rejects.toThrow('Failed to fetch');
    expect(network.warnings[0]).toContain('contains a username and password');
  });
});

it('an address without encryption is answered, with a warning, once', async () => {
  const plain = 'http://plain.example.com/x';
  const network = from({ [plain]: answer('200 OK', [ANYONE]) });
  for (let time = 0; time < 2; time++) await network.settled(network.fetch(plain));
  expect(network.warnings).toHaveLength(1);
  expect(network.warnings[0]).toMatch(/^Mixed Content: The page at 'https:\/\/shop\.example\.com\/' was loaded/);
});
