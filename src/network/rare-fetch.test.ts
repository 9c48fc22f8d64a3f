import { beforeEach, describe, expect, it } from 'vitest';
import { fakeNetwork, type FakeNetwork } from './fake-network.ts';
import { asksForRareThings } from './needs.ts';
import * as rareFetch from './rare-fetch.ts';

const { Request: NativeRequest } = globalThis;
let network: FakeNetwork;
beforeEach(() => {
  Object.defineProperty(globalThis, 'Request', { configurable: true, writable: true, value: NativeRequest });
  network = fakeNetwork({ parts: { rareFetch } });
});

const read = async (url: string): Promise<[string, string | null]> => {
  const response = await network.settled(network.fetch(url));
  return [await response.text(), response.headers.get('content-type')];
};

describe('an address that holds its data', () => {
  it.each([
    ['data:,hello%20there', 'hello there', 'text/plain;charset=US-ASCII'],
    ['data:text/html;charset=utf-8,%3Cp%3E#part', '<p>', 'text/html;charset=utf-8'],
    ['data:application/json;base64,eyJhIjoxfQ==', '{"a":1}', 'application/json'],
    ['data:;charset=x,y', 'y', 'text/plain;charset=x'],
  ])('%s', async (url, text, type) => {
    expect(await read(url)).toEqual([text, type]);
    expect(network.exchanged).toEqual([]);
  });

  it('that is broken leads nowhere', async () => {
    for (const url of ['data:no-comma', 'data:;base64,%%%']) {
      await expect(network.settled(network.fetch(url))).rejects.toThrow('Failed to fetch');
    }
  });

  it('may be a Blob of the program, until it is revoked', async () => {
    const url = URL.createObjectURL(new Blob(['in memory'], { type: 'text/x' }));
    expect(await read(url)).toEqual(['in memory', 'text/x']);
    URL.revokeObjectURL(url);
    await expect(network.settled(network.fetch(url))).rejects.toThrow('Failed to fetch');
  });
});

describe('a body out of a stream', () => {
  /** Gives two pieces, the second one after simulated time. */
  const slow = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('one '));
        network.clock.setTimer(() => {
          controller.enqueue(new TextEncoder().encode('two'));
          controller.close();
        }, 5000);
      },
    });
  const init = (): RequestInit & { duplex: 'half' } => ({ method: 'POST', body: slow(), duplex: 'half' });

  it.each([
    ['as an option', () => network.fetch('/whole', init())],
    ['of a Request', () => network.fetch(new Request('/whole', init()))],
  ])('%s is sent when all of it is there', async (_, send) => {
    await network.settled(send());
    expect(network.exchanged.map(({ request, startedAt }) => [request.body, startedAt])).toEqual([['one two', 5000]]);
    expect(network.warnings[0]).toMatch(/^A browser sends a body out of a stream only over HTTP\/2/);
  });

  it('is gone after a redirect that wants it again', async () => {
    await expect(network.settled(network.fetch('/kept', init()))).rejects.toThrow('Failed to fetch');
    expect((await network.settled(network.fetch('/moved', init()))).status).toBe(200);
  });

  it('can be abandoned', async () => {
    const controller = new AbortController();
    network.clock.setTimer(() => controller.abort(new Error('enough')), 1000);
    const request = network.fetch('/whole', { ...init(), signal: controller.signal });
    await expect(network.settled(request)).rejects.toThrow('enough');
    expect(network.exchanged).toEqual([]);
  });
});

it('sends a form with the same bytes every time', async () => {
  const form = new FormData();
  form.set('a', '1');
  form.set('b', new File(['content'], 'b "1".txt', { type: 'text/plain' }));
  for (let time = 0; time < 2; time++) {
    await network.settled(network.fetch('/whole', { method: 'POST', body: form, headers: { 'X-A': '1' } }));
  }
  const [first, second] = network.exchanged.map(({ request }) => request);
  expect(first).toEqual(second);
  expect(first?.body).toContain('name="a"\r\n\r\n1\r\n');
  expect(first?.body).toContain('name="b"; filename="b %221%22.txt"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n');
  const type = first?.headers.find(([name]) => name === 'Content-Type')?.[1] ?? '';
  expect(first?.body).toContain(`--${type.replace('multipart/form-data; boundary=', '')}--`);
});

it('requests that outlive their page carry 64 KiB together', async () => {
  const send = (length: number): Promise<Response> =>
    network.fetch('/slow-body', { method: 'POST', body: 'x'.repeat(length), keepalive: true });
  const first = send(60_000);
  await expect(network.settled(send(6000))).rejects.toThrow('Failed to fetch');
  await network.settled(first);
  expect((await network.settled(send(6000))).status).toBe(200);
  await expect(network.settled(send(65_537))).rejects.toThrow('Failed to fetch');
});

it('gives Request and Response the address of the page', () => {
  expect(new Request('/orders').url).toBe('https://api.example.com/orders');
  expect(new Request(new Request('/a'), { method: 'PUT' }).url).toBe('https://api.example.com/a');
  expect(new Request('/a').clone()).toBeInstanceOf(Request);
  expect(new Request('/a').constructor).toBe(Request);
  expect(Response.redirect('/login', 303).headers.get('location')).toBe('https://api.example.com/login');
  expect(location.origin).toBe('https://api.example.com');
  expect(() => new Request('http://[')).toThrow(TypeError);
});

it.each([
  ['await fetch("/orders")', false],
  ['const { data: items } = await response.json()', false],
  ['new XMLHttpRequest()', false],
  ['new Request("/orders")', true],
  ['fetch("data:,x")', true],
  ['addEventListener(navigator.onLine)', true],
])('%s asks for it: %s', (code, asks) => {
  expect(asksForRareThings(code)).toBe(asks);
});
