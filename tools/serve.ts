/**
 * Builds the site and serves it on this machine.
 *
 *   npm start                                      build, then serve on http://localhost:4321/
 *   PORT=8080 npm start                            on another port
 *   node tools/serve.ts --no-build --dir dist      serve what is there
 */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listenOnLoopback, staticSite } from './static-site.ts';

const DEFAULT_PORT = 4321;

const { values } = parseArgs({
  options: {
    build: { type: 'boolean', default: true },
    dir: { type: 'string', default: 'dist' },
    port: { type: 'string', default: process.env.PORT ?? String(DEFAULT_PORT) },
  },
  allowNegative: true,
});

await main();

async function main(): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    stop(`"${values.port}" is not a port. Give a number from 1 to 65535, such as: PORT=8080 npm start`);
    return;
  }
  const dir = resolve(values.dir);
  const listen = () => listenOnLoopback(staticSite(dir), port);
  let build: ReturnType<typeof startBuild> | undefined;
  let server: Awaited<ReturnType<typeof listen>> | undefined;
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interruption.abort();
      build?.stop();
      server?.close();
    });
  }
  try {
    if (values.build) {
      // Ask for the port before the build: nobody wants to wait a minute for a refusal.
      (await listen()).close();
      build = startBuild(dir);
      const built = await build.done;
      if (interruption.signal.aborted) return;
      if (!built) {
        stop('The build failed: the reason stands above. Nothing is served.');
        return;
      }
    }
    server = await listen();
  } catch (error) {
    stop(refusal(error, port));
    return;
  }
  console.log(`Gateway Lab is on http://localhost:${port}/  (Ctrl+C stops it)`);
}

/** Runs `astro build` and shows what it prints only if it fails. */
function startBuild(dir: string): { done: Promise<boolean>; stop: () => void } {
  console.log('Building the site. The first time takes a minute or two.');
  const started = Date.now();
  const astro = resolve(import.meta.dirname, '../node_modules/astro/bin/astro.mjs');
  const child = spawn(process.execPath, [astro, 'build', '--outDir', dir], {
    cwd: resolve(import.meta.dirname, '..'),
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const done = new Promise<boolean>((settle) => {
    child.once('error', (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      settle(false);
    });
    child.once('close', (code, signal) => {
      if (code === 0) console.log(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
      else if (!signal) process.stderr.write(Buffer.concat(output));
      settle(code === 0);
    });
  });
  return { done, stop: () => child.kill() };
}

function refusal(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const other = 'Choose another, such as: PORT=8080 npm start';
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. ${other}`;
  if (code === 'EACCES') return `This user may not open port ${port}. ${other}`;
  throw error;
}

function stop(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
