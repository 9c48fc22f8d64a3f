import { spawn } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { CONTENT_FOLDERS } from '../../src/build/content-folders.ts';

/** How the time of a build grows with the number of pages: the site with its content once, twice and four times. */
export interface MeasuredBuild {
  readonly times: number;
  readonly pages: number;
  /** Of the processor, so that other programs on the machine count as little as possible. */
  readonly cpuSeconds: number;
}

/** Where the copies of the site are built. */
const FOLDER = path.resolve('.cache/bench-site');
const COPIED = ['astro.config.mjs', 'content', 'package.json', 'public', 'src', 'tsconfig.json'];
/** What a build keeps of the one before, but for Vite's own cache. */
const FORGOTTEN = ['dist', '.cache/astro', '.cache/cards'];

/** Builds the site with its content as many times as each of `factors` says. @param say tells what goes on */
export async function measuredBuilds(
  factors: readonly number[],
  say: (line: string) => void,
): Promise<MeasuredBuild[]> {
  layOut();
  say('once more, to fill caches');
  await build();
  const measured: MeasuredBuild[] = [];
  for (const times of factors) {
    for (let copy = 2; copy <= times; copy++) addCopy(copy);
    const cpuSeconds = await build();
    measured.push({ times, pages: globSync('dist/**/index.html', { cwd: FOLDER }).length, cpuSeconds });
    say(`${times} ×: ${cpuSeconds.toFixed(1)} s of the processor`);
  }
  rmSync(FOLDER, { recursive: true, force: true });
  return measured;
}

/** A project like this one, which shares what is fetched and computes the rest. */
function layOut(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(path.join(FOLDER, '.cache'), { recursive: true });
  for (const name of COPIED) cpSync(name, path.join(FOLDER, name), { recursive: true });
  symlinkSync(path.resolve('node_modules'), path.join(FOLDER, 'node_modules'));
  if (existsSync('.cache/python')) symlinkSync(path.resolve('.cache/python'), path.join(FOLDER, '.cache/python'));
}

/**
 * Every page of a folder a second time, as a guide. Copies lie apart and bring no facts of their own: there is one page for
 * each cause, code and gateway.
 */
function addCopy(copy: number): void {
  const folders = CONTENT_FOLDERS.map(({ folder }) => folder).join(',');
  for (const file of globSync(`{${folders}}/**/*.mdx`, { cwd: 'content' })) copyPage(file, copy);
}

/** What a page shows of its own frontmatter. */
const OF_OWN_FACTS = /^<LogLine [^>]*\/>$/gm;

function copyPage(file: string, copy: number): void {
  const source = readFileSync(path.join('content', file), 'utf8');
  const [whole = '', yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? [];
  const { cause: _cause, status: _status, gateway: _gateway, ...facts } = parse(yaml) as Record<string, unknown>;
  const frontmatter = stringify({ ...facts, title: `${String(facts['title'])} (${copy})` });
  const target = path.join(FOLDER, 'content/guides', `copy-${copy}`, file.replace(/(?:^|\/)index\.mdx$/, '/all.mdx'));
  mkdirSync(path.dirname(target), { recursive: true });
  const text = source.slice(whole.length).replaceAll(OF_OWN_FACTS, '');
  writeFileSync(target, `---\n${frontmatter}---${text}`);
}

/** Leaves the processor's time of the process it runs in, all threads together, in a file. */
const METER = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.BENCH_CPU_FILE, JSON.stringify(process.cpuUsage())));`;

function build(): Promise<number> {
  for (const name of FORGOTTEN) rmSync(path.join(FOLDER, name), { recursive: true, force: true });
  const meter = path.join(FOLDER, 'meter.mjs');
  const cpuFile = path.join(FOLDER, 'cpu.json');
  writeFileSync(meter, METER);
  const child = spawn(
    process.execPath,
    ['--import', meter, path.resolve('node_modules/astro/bin/astro.mjs'), 'build'],
    {
      cwd: FOLDER,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', BENCH_CPU_FILE: cpuFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== 0) return reject(new Error(`The build of a copy of the site failed:\n${printed.slice(-3000)}`));
      const { user, system } = JSON.parse(readFileSync(cpuFile, 'utf8')) as NodeJS.CpuUsage;
      resolve((user + system) / 1e6);
    });
  });
}
