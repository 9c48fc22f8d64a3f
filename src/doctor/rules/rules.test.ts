import { describe, expect, it } from 'vitest';
import { diagnose } from '../diagnose.ts';
import { findAll } from '../match.ts';
import { limitsOf } from './pattern-limits.fixture.ts';
import { RULE_SETS } from './index.ts';

const RULES = RULE_SETS.flatMap(({ rules }) => rules);
const RANK = { certain: 3, likely: 2, possible: 1 } as const;
const BEFORE = 'Somebody wrote this line before the others.';
const ANSWER = 'HTTP/1.1 502 Bad Gateway\nContent-Type: text/html\n\n<html><h1>502 Bad Gateway</h1></html>';
const AFTER = 'And this line came after them.';

describe('every rule', () => {
  it('has an id of its own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s finds its example and names its cause first',
    (_, rule) => {
      expect(findAll(rule.example).map((finding) => finding.rule.id)).toContain(rule.id);
      expect([rule.causes[0], rule.asClient]).toContain(diagnose(rule.example).causes[0]?.cause);
    },
  );

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s is less sure without the line that decides', (_, rule) => {
    const before = diagnose(`${BEFORE}\n${rule.example}\n${AFTER}`);
    const after = diagnose(`${BEFORE}\n${AFTER}`);
    const cause = before.causes[0]?.cause;
    const left = after.causes.find((answer) => answer.cause === cause);
    expect(left === undefined ? 0 : RANK[left.confidence]).toBeLessThan(
      RANK[before.causes[0]?.confidence ?? 'possible'],
    );
  });

  // What a reader has in any case: the status alone, which many causes share.
  it.each(
    RULES.filter(({ role, confidence }) => role === 'root' && confidence !== 'possible').map(
      (rule) => [rule.id, rule] as const,
    ),
  )('%s is less sure when only the answer to the client is left', (_, rule) => {
    const before = diagnose(`${rule.example}\n${ANSWER}`).causes[0];
    const left = diagnose(ANSWER).causes.find(({ cause }) => cause === before?.cause);
    expect(left === undefined ? 0 : RANK[left.confidence]).toBeLessThan(RANK[before?.confidence ?? 'possible']);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s cannot be driven to more than linear time',
    (_, { signal, signals = [], needs, unless }) => {
      for (const pattern of [signal.pattern, needs, unless, ...signals.map((further) => further.pattern)])
        if (pattern !== undefined) expect(limitsOf(pattern.source)).toEqual([]);
    },
  );
});
