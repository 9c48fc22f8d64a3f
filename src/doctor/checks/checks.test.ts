import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CAUSE_IDS } from '../../gateway/ids.ts';
import { diagnose } from '../diagnose.ts';
import { checksOf, nextCommand } from '../next-command.ts';

const KNOWN = { host: 'shop.example.com', path: "/cart?it's=$(id)", upstream: '10.0.0.5:8080' };
const SOCKET = { upstream: 'unix:/run/app.sock' };

/** The shell fills no variable in between single quotes. */
function variablesInSingleQuotes(script: string): readonly string[] {
  let single = false;
  let double = false;
  const found: string[] = [];
  for (let at = 0; at < script.length; at += 1) {
    const escaped = script.charAt(at - 1) === '\\';
    if (script.charAt(at) === "'" && !double && !escaped) single = !single;
    else if (script.charAt(at) === '"' && !single && !escaped) double = !double;
    const variable = /^"\$(?:HOST|REQUEST_PATH|UPSTREAM\w{0,5}|SOCKET)"/.exec(script.slice(at, at + 24));
    if (single && variable !== null) found.push(variable[0]);
  }
  return found;
}

describe.each(CAUSE_IDS)('%s', (cause) => {
  it('is confirmed and ruled out by commands whose outcomes differ in what they mean', () => {
    const { confirmBy, ruleOutBy } = checksOf(cause, {});
    for (const checks of [confirmBy, ruleOutBy]) {
      expect(checks.length).toBeGreaterThan(0);
      for (const { outcomes } of checks) {
        expect(outcomes.length).toBeGreaterThan(0);
        expect(new Set(outcomes.map(({ means }) => means)).size).toBe(outcomes.length);
      }
    }
  });

  it('has commands that bash reads, whatever is known', () => {
    for (const details of [{}, KNOWN, SOCKET]) {
      const { confirmBy, ruleOutBy } = checksOf(cause, details);
      const script = [nextCommand(cause, details), ...confirmBy, ...ruleOutBy].map(({ run }) => run).join('\n');
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect([status, stderr], script).toEqual([0, '']);
      expect(script).not.toMatch(/[{](?:host|path|upstream|address|port|socket)[}]/);
      expect(variablesInSingleQuotes(script)).toEqual([]);
    }
  });
});

it('an answer carries them with the reader’s own values', () => {
  const [best] = diagnose(
    '2026/03/02 10:00:00 [error] 2#2: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, upstream: "http://10.0.0.5:8080/cart"',
  ).causes;
  expect(best?.confirmBy[0]?.run).toBe('nc -vz -w 3 10.0.0.5 8080');
  expect(best?.ruleOutBy[0]?.run).toContain('http://10.0.0.5:8080/');
});
