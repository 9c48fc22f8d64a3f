import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listenOnLoopback, staticSite } from './static-site.ts';

let folder = '';
let server: Server;
let base = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'guides/a b'), { recursive: true });
  mkdirSync(join(site, '_astro'));
  writeFileSync(join(site, 'index.html'), 'home');
  writeFileSync(join(site, '404.html'), 'not here');
  writeFileSync(join(site, 'guides/a b/index.html'), 'guide');
  writeFileSync(join(site, '_astro/x.abc.js'), 'export {};');
  writeFileSync(join(site, '_astro/large.txt'), 'large');
  writeFileSync(join(site, '_astro/large.txt.br'), brotliCompressSync('large'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = createServer(staticSite(site));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;
const get = (path: string, init?: RequestInit) => fetch(base + path, { redirect: 'manual', ...init });

describe('the server of the built site', () => {
  it('serves a page under its folder', async () => {
    const response = await get('/guides/a%20b/');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/html; charset=utf-8',
      'guide',
    ]);
  });

  it('sends an address without its last slash to the one with it, keeping the query', async () => {
    const response = await get('/guides/a%20b?x=1');
    expect([response.status, response.headers.get('location')]).toEqual([308, '/guides/a%20b/?x=1']);
  });

  it('never redirects to another host', async () => {
    const response = await get('//guides/a%20b');
    expect(response.headers.get('location') ?? '').not.toMatch(/^\/\//);
  });

  it('answers 404 with the page for it', async () => {
    const response = await get('/nowhere/');
    expect([response.status, await response.text()]).toEqual([404, 'not here']);
  });

  it.each([`/${encodeURIComponent('../secret.txt')}`, '/%2e%2e/secret.txt', '/%00', '/%zz'])(
    'keeps to its folder: %s',
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([404, 'not here']);
    },
  );

  it('answers HEAD without a body, and refuses other methods', async () => {
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '4', '']);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it.each([
    ['gzip, br', 'br'],
    ['gzip', null],
    ['br;q=0', null],
  ])('sends what is compressed already in that form to whoever takes it: %s', async (accepted, sent) => {
    const response = await get('/_astro/large.txt', { headers: { 'Accept-Encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(sent);
    expect(response.headers.get('vary')).toBe('Accept-Encoding');
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('large');
  });

  it('refuses a port that is taken', async () => {
    await expect(listenOnLoopback(() => undefined, portOf(server))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
