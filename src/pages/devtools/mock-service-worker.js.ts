import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { APIRoute } from 'astro';

/** MSW's service worker, from the package that the frame is built with, so that the two always fit. Its scope is this folder. */
export const GET: APIRoute = () =>
  new Response(readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js')), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
