import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../gateway/exchange.ts';
import * as decode from './decode.ts';
import { fakeNetwork, type FakeNetwork } from './fake-network.ts';

const TEXT = 'out of stock, '.repeat(200) + 'really';

/** Sends `body` in two pieces, a second apart. */
function encoded(encoding: string, body: Uint8Array): WireEvent[] {
  const latin1 = Buffer.from(body).toString('latin1');
  const half = Math.floor(latin1.length / 2);
  const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${latin1.length}\r\n\r\n`;
  return [
    { at: 10, kind: 'bytes', bytes: head + latin1.slice(0, half) },
    { at: 1010, kind: 'bytes', bytes: latin1.slice(half) },
    { at: 1010, kind: 'stall' },
  ];
}

const with_ = (encoding: string, body: Uint8Array): FakeNetwork =>
  fakeNetwork({ wires: { '/x': encoded(encoding, body) }, parts: { decode } });

describe('a compressed response', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['X-GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['gzip, identity', gzipSync(TEXT)],
    ['deflate, gzip', gzipSync(deflateSync(TEXT))],
    ['gzip', Buffer.concat([gzipSync(TEXT), Buffer.from('and more')])],
    ['gzip', Buffer.concat([gzipSync(TEXT).subarray(0, -8), Buffer.alloc(8)])],
  ])('%s is read as what it was', async (encoding, body) => {
    const network = with_(encoding, body);
    const response = await network.settled(network.get('/x'));
    expect(network.clock.now()).toBe(10);
    expect(await network.settled(response.text())).toBe(TEXT);
    expect(response.headers.get('content-encoding')).toBe(encoding);
  });

  it('streams', async () => {
    const noise = Array.from({ length: 3000 }, (_, index) => Math.imul(index, 2654435761).toString(36)).join('');
    const network = with_('gzip', gzipSync(noise));
    const reader = (await network.settled(network.get('/x'))).body?.getReader();
    const { value } = await network.settled(reader?.read() ?? Promise.reject(new Error('no body')));
    expect(network.clock.now()).toBe(10);
    expect(noise.startsWith(new TextDecoder().decode(value))).toBe(true);
    expect(value?.length).toBeGreaterThan(1000);
  });

  it('that is cut inside looks whole, only shorter', async () => {
    const network = with_('gzip', gzipSync(TEXT).subarray(0, -12));
    const text = await network.settled(network.get('/x').then((response) => response.text()));
    expect(TEXT.startsWith(text)).toBe(true);
    expect(text.length).toBeLessThan(TEXT.length);
    expect(network.warnings).toEqual([]);
  });

  it.each([
    ['gzip', Buffer.from('{"items":[]}'), 'the body is something else'],
    ['deflate', Buffer.from('hello, nothing is compressed'), 'the body is something else'],
    ['br', brotliCompressSync(TEXT), 'the playground cannot undo'],
  ])('that is no %s has a status and cannot be read', async (encoding, body, reason) => {
    const network = with_(encoding, body);
    const response = await network.settled(network.get('/x'));
    expect(response.status).toBe(200);
    await expect(network.settled(response.text())).rejects.toThrow(new TypeError('Failed to fetch'));
    while (network.clock.fireNext());
    expect(network.exchanged[0]?.program?.why).toContain(reason);
    expect(network.warnings).toHaveLength(1);
  });

  it('with an unknown encoding stays as it is', async () => {
    const network = with_('rot13', Buffer.from('uryyb'));
    expect(await network.settled(network.get('/x').then((response) => response.text()))).toBe('uryyb');
  });
});
