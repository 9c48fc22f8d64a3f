import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { builtFile } from './built-site.ts';

/** A file of the built site that the browser fetched. */
export interface Fetched {
  readonly path: string;
  /** Size on the wire as a good server sends it: brotli, quality 11. In bytes. */
  readonly bytes: number;
  readonly kind: 'code' | 'font-or-image';
  readonly text: string;
}

/** Everything that one page, its frames and its workers fetched. */
export interface Traffic {
  /** The files fetched so far, each once, in order. */
  readonly fetched: () => readonly Fetched[];
  /** Resolves when no request is open and none was made for a second. */
  readonly settled: () => Promise<void>;
}

const FONT_OR_IMAGE = /\.(?:woff2?|ttf|svg|png|jpe?g|webp|avif|ico)$/;

/** Follows the requests of `page` from now on. Call it before `goto`. */
export function followTraffic(page: Page): Traffic {
  const paths = new Set<string>();
  let open = 0;
  let lastChange = Date.now();
  const change = (by: number) => {
    open += by;
    lastChange = Date.now();
  };
  page.context().on('requestfinished', () => change(-1));
  page.context().on('requestfailed', () => change(-1));
  page.context().on('request', (request) => {
    change(1);
    const { protocol, pathname } = new URL(request.url());
    if (protocol === 'http:' || protocol === 'https:') paths.add(pathname);
  });
  return {
    // Compressing a large file takes seconds, so it waits until somebody asks.
    fetched: () => [...paths].map(measured),
    settled: () => expect.poll(() => open <= 0 && Date.now() - lastChange > 1000, { timeout: 30_000 }).toBe(true),
  };
}

const known = new Map<string, Fetched>();

/** The file of the built site that answers `path`, with its size; each is compressed once. */
export function measured(path: string): Fetched {
  const file = known.get(path) ?? measure(path);
  known.set(path, file);
  return file;
}

function measure(path: string): Fetched {
  const file = builtFile(path);
  const content = file === undefined ? Buffer.alloc(0) : readFileSync(file);
  const bytes = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).byteLength;
  return { path, bytes, kind: FONT_OR_IMAGE.test(path) ? 'font-or-image' : 'code', text: content.toString('latin1') };
}

/** Sum of the sizes, in bytes. */
export const bytesOf = (files: readonly Fetched[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** One line a file, the largest first: what a failed budget shows. */
export const listFiles = (files: readonly Fetched[]): string =>
  [...files]
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ bytes, path }) => `${String(bytes).padStart(8)}  ${path}`)
    .join('\n');
