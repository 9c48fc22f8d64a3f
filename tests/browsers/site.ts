import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { staticSite } from '../../tools/static-site.ts';
import { DIST, sitemapPaths } from '../setup/built-site.ts';

/** The built site, served for a test. */
export interface Site {
  readonly origin: string;
  /** Path and query of every request so far. */
  readonly requests: () => readonly string[];
  /** What pages complained about so far, and what they asked for in vain. */
  readonly complaints: () => readonly string[];
  readonly close: () => void;
}

/** Where a page says what it complains about. */
const HEARD = '/heard-by-the-test';
const LISTENER = '/listener-of-the-test.js';

/** Runs in each page before everything else: WebKit’s driver does not tell what is in the console. */
function listen(heard: string): void {
  const say = (...words: readonly unknown[]): void => void navigator.sendBeacon(heard, words.map(String).join(' '));
  for (const level of ['error', 'warn'] as const) {
    const shown = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      shown(...values);
      say(`console.${level}`, ...values);
    };
  }
  addEventListener('error', ({ message, error }) => say('uncaught', message, error), true);
  addEventListener('unhandledrejection', ({ reason }) => say('rejected', reason));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    say('policy', violatedDirective, blockedURI),
  );
}

/** Serves a copy of the finished build on a free port, with a listener in each page. Throws a sentence when there is no build. */
export async function serveSite(): Promise<Site> {
  sitemapPaths();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'site-'));
  cpSync(DIST, folder, { recursive: true });
  writeFileSync(path.join(folder, LISTENER), `(${listen.toString()})('${HEARD}');`);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.html') || name.startsWith('sandbox')) continue;
    const file = path.join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace('<head>', `<head><script src="${LISTENER}"></script>`));
  }
  const requests: string[] = [];
  const complaints: string[] = [];
  const answer = staticSite(folder);
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === HEARD) {
      let text = '';
      request.on('data', (bytes: Buffer) => (text += bytes.toString()));
      request.on('end', () => {
        complaints.push(text);
        response.writeHead(204).end();
      });
      return;
    }
    requests.push(url);
    response.once('finish', () => {
      if (response.statusCode >= 400 && url !== '/favicon.ico') complaints.push(`${response.statusCode} ${url}`);
    });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    requests: () => requests,
    complaints: () => complaints,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
