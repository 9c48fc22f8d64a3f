import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), 'take-home-command-'));
afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['tools/take-home.ts', ...args], { encoding: 'utf8' });
const SCENARIO = ['--scenario', 'first-two-attempts-fail'];

describe('npm run take-home', () => {
  it('writes a folder once, and not over it', () => {
    const out = path.join(FOLDER, 'nginx');
    const first = run(...SCENARIO, '--gateway', 'nginx', '--out', out);
    expect(first.stderr).toBe('');
    expect(fs.readdirSync(out).toSorted()).toEqual([
      'README.md',
      'check.sh',
      'gateway.sh',
      'nginx.conf',
      'upstream.mjs',
    ]);
    const second = run(...SCENARIO, '--gateway', 'nginx', '--out', out);
    expect(second.status).toBe(2);
    expect(second.stderr).toBe(`The folder ${out} is not empty. Choose one that is new or empty.\n`);
  });

  it('prints an export, or writes it to a new file', () => {
    expect(run(...SCENARIO, '--export', 'wiremock').stdout).toContain('"requiredScenarioState": "Started"');
    const file = path.join(FOLDER, 'handlers.ts');
    expect(run(...SCENARIO, '--export', 'msw', '--out', file).stdout).toBe(`Wrote ${file}.\n`);
    expect(run(...SCENARIO, '--export', 'msw', '--out', file).stderr).toMatch(/is there already/);
  });

  it.each([
    [[], /^Usage: /],
    [
      ['--scenario', 'first-two-atempts'],
      /There is no scenario "first-two-atempts"; the nearest are first-two-attempts-fail/,
    ],
    [[...SCENARIO, '--gateway', 'ngnix', '--out', 'x'], /There is no gateway "ngnix"/],
    [
      [...SCENARIO, '--gateway', 'envoy', '--out', 'x'],
      /envoy cannot be taken home; nginx, haproxy, apache, caddy can/,
    ],
    [[...SCENARIO, '--gateway', 'nginx'], /Say where the folder is to be written/],
    [[...SCENARIO, '--export', 'wiremok'], /There is no export "wiremok"; there are msw, wiremock, toxiproxy, envoy/],
    [[...SCENARIO, '--gatway', 'nginx'], /Unknown option '--gatway'/],
  ])('answers %j with a sentence', (args, sentence) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toContain('    at ');
  });
});
