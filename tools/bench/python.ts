import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { compressPythonFiles } from '../../src/build/python-brotli.ts';
import { pythonFiles } from '../../src/build/python-files.ts';
import { fetchWheels } from '../../src/build/python/wheels.ts';
import { shareHash } from '../../src/playground/share-link.ts';
import { findChromium } from '../find-chromium.ts';
import { staticSite } from '../static-site.ts';
import { playgroundProgram } from './python-program.ts';
import { measureStock, stockPython } from './stock-python.ts';

/** Real ms (or bytes) of one interpreter, from the moment it was asked for. */
export interface PythonSample {
  /** Loaded, booted, and `requests` imported. */
  readonly imported: number;
  readonly first: number;
  readonly fifty: number;
  readonly heap: number;
  /** What the browser's processes grew by. Null where the system does not tell. */
  readonly resident: number | null;
}

export interface MeasuredPython {
  /** Of Chromium. */
  readonly version: string;
  readonly rounds: number;
  /** The first page in a new browser, and the next one in the same; the best of all rounds. */
  readonly ours: Readonly<Record<'cold' | 'warm', PythonSample>>;
  readonly stock: Readonly<Record<'cold' | 'warm', PythonSample>>;
  /** Compressed. */
  readonly bytes: { readonly ours: number; readonly stock: number };
  /** Simulated s of the back-off, and the real ms it took. */
  readonly backOff: { readonly waited: number; readonly took: number };
}

/** Most ms for one interpreter to come up, on any machine. */
const PATIENCE_MS = 120_000;

type Marks = Readonly<Record<string, number>>;

/** @returns null where there is no Chromium or no pip */
export async function measurePython(dist: string, rounds: number): Promise<MeasuredPython | null> {
  const executablePath = findChromium();
  const root = process.cwd();
  const [python, wheels] = [await pythonFiles(root), await fetchWheels(root)];
  if (executablePath === undefined || python === null || typeof wheels === 'string') return null;
  const stock = stockPython(wheels);
  const [ourSite, stockSite] = [await listening(staticSite(resolve(dist))), await listening(stock.site)];
  const backOffs: Marks[] = [];
  const samples = { ours: pairs(), stock: pairs() };
  let version = '';
  try {
    const address = `${ourSite.origin}/playground/${await program()}`;
    for (let round = 0; round < rounds; round++) {
      for (const who of ['ours', 'stock'] as const) {
        const profile = mkdtempSync(join(tmpdir(), 'bench-python-'));
        const context = await chromium.launchPersistentContext(profile, {
          executablePath,
          args: ['--no-sandbox', '--disable-gpu'],
        });
        try {
          version = context.browser()?.version() ?? version;
          for (const state of ['cold', 'warm'] as const) {
            const page = await context.newPage();
            page.setDefaultTimeout(PATIENCE_MS);
            const sample = await (who === 'ours' ? runOurs(page, address, backOffs) : runStock(page, stockSite.origin));
            samples[who][state].push(sample);
            await page.close();
          }
        } finally {
          await context.close();
          rmSync(profile, { recursive: true, force: true });
        }
      }
    }
  } finally {
    ourSite.close();
    stockSite.close();
  }
  const sizes = await compressPythonFiles(root, python);
  const both = (of: Readonly<Record<'cold' | 'warm', readonly PythonSample[]>>) => ({
    cold: best(of.cold),
    warm: best(of.warm),
  });
  return {
    version,
    rounds,
    ours: both(samples.ours),
    stock: both(samples.stock),
    bytes: {
      ours: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0),
      stock: await compressed(stock.files),
    },
    backOff: {
      waited: backOffs[0]?.['waited'] ?? NaN,
      took: Math.max(...backOffs.map((marks) => marks['wait took'] ?? NaN)),
    },
  };
}

const pairs = (): Record<'cold' | 'warm', PythonSample[]> => ({ cold: [], warm: [] });

const program = (): Promise<string> =>
  shareHash({
    ...{ id: null, page: '', title: 'Measured', file: 'client.py', code: { 'client.py': playgroundProgram } },
    // The page's own, as in a guide: none is packed beside the interpreter.
    ...{ scenario: { id: 'your-own' }, time: 'instant' },
  });

/** Presses Run as soon as the page is there. The clock starts when the page asks for the first of Python's files. */
async function runOurs(page: Page, address: string, backOffs: Marks[]): Promise<PythonSample> {
  const before = await residentBytes(page.context());
  await page.goto(address);
  const playground = page.getByRole('region', { name: /^Playground: / }).first();
  await playground.getByRole('tab', { name: 'Python', selected: true }).waitFor();
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  const line = playground.getByRole('log', { name: 'Console' }).getByText(/measured \{.*\} end/);
  await line.first().waitFor();
  const [, json = '{}'] = /measured (\{.*\}) end/.exec(await line.first().innerText()) ?? [];
  const marks = JSON.parse(json) as Marks;
  const asked = await page.evaluate(() =>
    Math.min(
      ...performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/python/'))
        .map(({ startTime }) => performance.timeOrigin + startTime),
    ),
  );
  backOffs.push(marks);
  return sampleOf({ ...marks, asked }, before, await residentBytes(page.context()));
}

async function runStock(page: Page, origin: string): Promise<PythonSample> {
  const before = await residentBytes(page.context());
  await page.goto(origin);
  const marks = (await page.evaluate(measureStock)) as Marks;
  if ('failed' in marks) throw new Error(`Stock Pyodide failed: ${String(marks['failed'])}`);
  return sampleOf(marks, before, await residentBytes(page.context()));
}

function sampleOf(marks: Marks, before: number | null, after: number | null): PythonSample {
  const mark = (name: string): number => marks[name] ?? NaN;
  return {
    imported: mark('imported') - mark('asked'),
    first: mark('first') - mark('imported'),
    fifty: mark('fifty') - mark('first'),
    heap: mark('heap'),
    resident: before === null || after === null ? null : after - before,
  };
}

/** Memory of the browser's pages and workers, where the system keeps accounts in /proc. */
async function residentBytes(context: BrowserContext): Promise<number | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) return null;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    return processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) * 1024)
      .reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    return null;
  }
}

/** The quickest of each: what another program on the machine took from one round counts in none. */
function best(samples: readonly PythonSample[]): PythonSample {
  const of = (name: 'imported' | 'first' | 'fifty' | 'heap'): number =>
    Math.min(...samples.map((sample) => sample[name]));
  const residents = samples.flatMap(({ resident }) => (resident === null ? [] : [resident]));
  return {
    ...{ imported: of('imported'), first: of('first'), fifty: of('fifty'), heap: of('heap') },
    resident: residents.length > 0 ? Math.min(...residents) : null,
  };
}

async function listening(site: RequestListener): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer(site);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Bytes of the files when each is compressed as far as brotli can. */
async function compressed(files: readonly string[]): Promise<number> {
  const all = await Promise.all(
    files.map(async (file) => (await promisify(brotliCompress)(readFileSync(file))).length),
  );
  return all.reduce((sum, bytes) => sum + bytes, 0);
}
