import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { staticSite } from '../../tools/static-site.ts';
import { DIST, sitemapPaths } from '../setup/built-site.ts';

/** The built site, served for a test. */
export interface Site {
  readonly origin: string;
  /** Path and query of every request so far. */
  readonly requests: () => readonly string[];
  readonly close: () => void;
}

/** Serves the finished build on a free port. Throws a sentence when there is none. */
export async function serveSite(): Promise<Site> {
  sitemapPaths();
  const requests: string[] = [];
  const answer = staticSite(resolve(DIST));
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    requests: () => requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
