import { beforeEach, describe, expect, it } from 'vitest';
import type { ExchangeRequest } from '../gateway/exchange.ts';
import { fakeNetwork, type FakeNetwork } from './fake-network.ts';

let network: FakeNetwork;
beforeEach(() => {
  network = fakeNetwork();
});

describe('a request', () => {
  const sent = (): ExchangeRequest | undefined => network.exchanged.at(-1)?.request;

  it('carries what HTTP needs and what the program said', async () => {
    await network.settled(
      network.get('/whole#part', { method: 'POST', body: 'gr\u00fcn', headers: { 'idempotency-key': 'k1' } }),
    );
    expect(sent()).toEqual({
      method: 'POST',
      url: 'https://api.example.com/whole',
      body: 'gr\u00c3\u00bcn',
      headers: [
        ['Host', 'api.example.com'],
        ['User-Agent', 'Mozilla/5.0 (gateway-lab)'],
        ['Accept', '*/*'],
        ['Content-Length', '5'],
        ['Content-Type', 'text/plain;charset=UTF-8'],
        ['Idempotency-Key', 'k1'],
      ],
    });
  });

  it.each([
    ['URLSearchParams', new URLSearchParams({ a: '1 2' }), 'a=1+2'],
    ['bytes', new Uint8Array([104, 105]), 'hi'],
    ['a Blob', new Blob(['hi']), 'hi'],
  ])('sends %s', async (_, body, text) => {
    await network.settled(network.get('/whole', { method: 'POST', body }));
    expect(sent()?.body).toBe(text);
  });

  it('may be a Request', async () => {
    await network.settled(network.fetch(new Request('https://api.example.com/whole', { method: 'PUT', body: '{}' })));
    expect([sent()?.method, sent()?.body]).toEqual(['PUT', '{}']);
  });
});

describe('a redirect', () => {
  it('is followed, as another exchange', async () => {
    const response = await network.settled(network.get('/moved', { method: 'POST', body: 'x' }));
    expect([response.url, response.redirected, await response.text()]).toEqual([
      'https://api.example.com/whole',
      true,
      'hello',
    ]);
    expect(network.exchanged.map(({ request }) => [request.method, request.body])).toEqual([
      ['POST', 'x'],
      ['GET', ''],
    ]);
  });

  it('307 keeps method and body', async () => {
    await network.settled(network.get('/kept', { method: 'POST', body: 'x' }));
    expect(network.exchanged.map(({ request }) => [request.method, request.body])).toEqual([
      ['POST', 'x'],
      ['POST', 'x'],
    ]);
  });

  it('ends after twenty', async () => {
    await expect(network.settled(network.get('/loop'))).rejects.toThrow('Failed to fetch');
    expect(network.exchanged).toHaveLength(21);
  });

  it("fails with redirect: 'error' and is opaque with 'manual'", async () => {
    await expect(network.settled(network.get('/moved', { redirect: 'error' }))).rejects.toThrow('Failed to fetch');
    const response = await network.settled(network.get('/moved', { redirect: 'manual' }));
    expect([response.type, response.status, response.headers.get('location')]).toEqual(['opaqueredirect', 0, null]);
  });
});
