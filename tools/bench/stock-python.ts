import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { basename, extname, join } from 'node:path';
import type * as Browser from 'msw/browser';
import type * as Core from 'msw';
import { MEDIA_TYPES } from '../../src/build/headers-media-types.ts';
import { stockProgram } from './python-program.ts';

/**
 * Pyodide as its makers ship it, for comparison: its own standard library, the same wheels unpacked by its own loader, and
 * requests that urllib3 hands to the browser's `fetch`, where MSW's service worker has the page answer them.
 */

const PYODIDE = 'node_modules/pyodide';
/** What it fetches to start. */
const STARTS_WITH = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
/** What requests needs. */
const WHEELS = /^(?:requests|urllib3|idna|certifi|charset_normalizer)-/;

/** MSW as one script for pages, and its service worker. */
const MSW = ['node_modules/msw/lib/iife/index.js', 'node_modules/msw/lib/mockServiceWorker.js'];

const worker = (wheels: readonly string[]): string => `
import { loadPyodide } from '/pyodide.mjs';
onmessage = async ({ data }) => {
  try {
    const asked = Date.now();
    const python = await loadPyodide();
    await python.loadPackage(${JSON.stringify(wheels.map((wheel) => `/${basename(wheel)}`))}.map((path) => data + path));
    const program = ${JSON.stringify(stockProgram('ORIGIN/orders/42'))}.replaceAll('ORIGIN', data);
    const marks = JSON.parse(await python.runPythonAsync(program));
    postMessage({ asked, ...marks, heap: python._module.HEAP8.length });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
};
`;

export interface StockPython {
  /** Serves an empty page, and what `measureStock` needs. */
  readonly site: RequestListener;
  /** The files that a first run fetches. */
  readonly files: readonly string[];
}

/** @param wheels paths of all wheels */
export function stockPython(wheels: readonly string[]): StockPython {
  const used = wheels.filter((wheel) => WHEELS.test(basename(wheel)));
  const files = [...STARTS_WITH.map((name) => join(PYODIDE, name)), ...used];
  const texts: Readonly<Record<string, string>> = {
    '/': '<!doctype html><title>Stock Pyodide</title><script src="/index.js"></script>',
    '/worker.js': worker(used),
  };
  return {
    files,
    site: (request, response) => {
      const path = request.url ?? '/';
      const file = [...files, ...MSW].find((one) => basename(one) === path.slice(1));
      if (texts[path] === undefined && file === undefined) return void response.writeHead(404).end();
      const type = MEDIA_TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': file ? 'max-age=31536000' : 'no-cache' });
      response.end(file === undefined ? texts[path] : readFileSync(file));
    },
  };
}

/** Runs in the page. It is sent as text, so it must not use anything from outside itself. The worker stays for whoever weighs it. */
export async function measureStock(): Promise<unknown> {
  const { setupWorker, http, HttpResponse } = Reflect.get(globalThis, 'MockServiceWorker') as typeof Browser &
    typeof Core;
  const page = `<html>${'x'.repeat(144)}</html>`;
  const answers = setupWorker(
    http.get('*/orders/42', () => new HttpResponse(page, { status: 502, headers: { 'Content-Type': 'text/html' } })),
  );
  await answers.start({ quiet: true });
  const pyodide = new Worker('/worker.js', { type: 'module' });
  Object.assign(globalThis, { pyodide });
  const told = new Promise((resolve) => (pyodide.onmessage = ({ data }) => resolve(data)));
  pyodide.postMessage(location.origin);
  return told;
}
