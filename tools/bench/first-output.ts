import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../find-chromium.ts';
import { staticSite } from '../static-site.ts';

/** The page whose first playground is run. */
const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** Ms of rest before each measurement, in which the worker for the next run gets ready. */
const REST_MS = 200;

interface FirstOutput {
  /** Of Chromium. */
  readonly version: string;
  readonly rounds: number;
  /** Median: from `new Worker()` of a one-line blob to its answer. */
  readonly emptyMs: number;
  /** Median: from the click on Run to the first line in the console's part of the page. */
  readonly outputMs: number;
}

interface Samples {
  readonly empty: number[];
  readonly output: number[];
}

/**
 * Measures on the built site, in a real browser, what a reader waits for after a click on Run.
 * @param dist folder of the built site
 * @returns null where there is no Chromium
 */
export async function firstOutput(dist: string, rounds: number): Promise<FirstOutput | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) return null;
  const server = createServer(staticSite(resolve(dist)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--site-per-process'],
  });
  try {
    // The page's own policy allows no worker from a blob.
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`http://127.0.0.1:${port}${GUIDE}`);
    const playground = page.getByRole('region', { name: /^Playground: / }).first();
    // The first run loads what all later ones have.
    await playground.getByRole('button', { name: 'Run', exact: true }).click();
    await playground.and(page.locator('[data-state=done]')).waitFor();
    const { empty, output } = await playground.evaluate(measure, { rounds, restMs: REST_MS });
    return { version: browser.version(), rounds, emptyMs: median(empty), outputMs: median(output) };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

const median = (samples: readonly number[]): number =>
  samples.toSorted((one, other) => one - other)[Math.floor(samples.length / 2)] ?? NaN;

/** Runs in the page. It is sent as text, so it must not use anything from outside itself. */
async function measure(
  playground: Element,
  { rounds, restMs }: { readonly rounds: number; readonly restMs: number },
): Promise<Samples> {
  const run = playground.querySelector<HTMLElement>('.play-run');
  const printed = playground.querySelector('[role=log][aria-label=Console]');
  if (!run || !printed) throw new Error('The playground has no Run or no console.');
  const rest = (): Promise<unknown> => new Promise((done) => setTimeout(done, restMs));

  const emptyWorker = (): Promise<number> =>
    new Promise((done) => {
      const url = URL.createObjectURL(new Blob(['onmessage = ({ data }) => postMessage(data);']));
      const start = performance.now();
      const worker = new Worker(url);
      worker.onmessage = () => {
        done(performance.now() - start);
        worker.terminate();
        URL.revokeObjectURL(url);
      };
      worker.postMessage(null);
    });

  const firstLine = (): Promise<number> =>
    new Promise((done) => {
      let cleared = false;
      let ms: number | null = null;
      const start = performance.now();
      const watch = new MutationObserver(() => {
        const lines = printed.querySelectorAll('.play-entry').length;
        // What the run before has printed goes first.
        cleared ||= lines === 0;
        if (cleared && lines > 0) ms ??= performance.now() - start;
        if (ms === null || playground.getAttribute('data-state') !== 'done') return;
        watch.disconnect();
        done(ms);
      });
      watch.observe(playground, { attributes: true, childList: true, subtree: true });
      run.click();
    });

  const samples: Samples = { empty: [], output: [] };
  for (let round = 0; round < rounds; round++) {
    await rest();
    samples.empty.push(await emptyWorker());
    await rest();
    samples.output.push(await firstLine());
  }
  return samples;
}
