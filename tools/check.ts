import { spawn } from 'node:child_process';
import packageJson from '../package.json' with { type: 'json' };

/**
 * `npm run check`: runs every `check:…` script of package.json, at most two at a time, prints one line for each, and at
 * the end the full output of those that failed. `npm run check -- lint spelling` runs only the named ones.
 */

interface Check {
  readonly name: string;
  readonly command: string;
}

const PREFIX = 'check:';
const CHECKS: readonly Check[] = Object.entries(packageJson.scripts)
  .filter(([script]) => script.startsWith(PREFIX))
  .map(([script, command]) => ({ name: script.slice(PREFIX.length), command }));

/** Checks that wait for another one: `astro check`, which checks all types, writes .astro/types.d.ts, which the linter reads. */
const AFTER = new Map([['lint', 'types']]);

const AT_ONCE = 2;

interface Result {
  readonly check: Check;
  readonly passed: boolean;
  readonly output: string;
}

function run(check: Check): Promise<Result> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(check.command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(
        `${code === 0 ? 'ok  ' : 'FAIL'}  ${check.name.padEnd(11)} ${seconds.padStart(5)} s  ${check.command}`,
      );
      resolve({ check, passed: code === 0, output });
    });
  });
}

async function runAll(checks: readonly Check[]): Promise<Result[]> {
  const waiting = [...checks];
  const results: Result[] = [];
  const ended = (name: string) => results.some(({ check }) => check.name === name);
  const isReady = ({ name }: Check) => {
    const earlier = AFTER.get(name);
    return earlier === undefined || ended(earlier) || !checks.some((check) => check.name === earlier);
  };

  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(isReady);
    if (next >= 0 && running.size < AT_ONCE) {
      const [check] = waiting.splice(next, 1);
      if (check === undefined) break;
      const task = run(check).then((result) => {
        results.push(result);
        running.delete(task);
      });
      running.add(task);
    } else {
      await Promise.race(running);
    }
  }
  return results;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`Unknown check: ${unknown.join(', ')}. There are ${CHECKS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const failed = (await runAll(CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))).filter(
  ({ passed }) => !passed,
);
for (const { check, output } of failed) console.log(`\n── ${check.name}: ${check.command}\n${output.trim()}`);
if (failed.length > 0) {
  console.log(`\nFailed: ${failed.map(({ check }) => check.name).join(', ')}.`);
  process.exitCode = 1;
}
