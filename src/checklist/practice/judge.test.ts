import { describe, expect, it } from 'vitest';
import { judge, proofLines } from './judge.ts';
import { newRun } from './practice-store.ts';
import { recordedStep } from './recorded.ts';
import { REFUSED } from './recorded.fixture.ts';

const run = newRun(REFUSED, [], {});
const proved = { ...run, tried: ['ask-again', 'gateway-log'] };

describe('the named cause', () => {
  it('is right, with or without having seen the proof', () => {
    expect(judge(proved, 'upstream-refused')).toEqual({ kind: 'right' });
    expect(judge(run, 'upstream-refused')).toEqual({ kind: 'right' });
  });

  it('is wrong: the deciding step speaks against it, or is still to be tried', () => {
    expect(judge(proved, 'upstream-timeout')).toEqual({ kind: 'against', step: 'gateway-log' });
    expect(judge({ ...run, tried: ['ask-again'] }, 'upstream-timeout')).toEqual({ kind: 'open', step: 'gateway-log' });
  });
});

describe('the proof', () => {
  const marked = (recorded = REFUSED, words: string[] = []) =>
    proofLines(recorded, words).map(({ text, proves }) => (proves ? `> ${text}` : text));

  it('is the line that the recording names, between its neighbors', () => {
    expect(marked()).toEqual([
      '[notice] start',
      '> [error] connect() failed (111: Connection refused)',
      '[notice] reload',
    ]);
  });

  it('is the line with the words of the list where the recording names none', () => {
    expect(marked({ ...REFUSED, proof: [] }, ['reload'])).toEqual([
      '[error] connect() failed (111: Connection refused)',
      '> [notice] reload',
      '[notice] end',
    ]);
  });

  it('is the first where a log repeats itself', () => {
    const output = 'refused\n'.repeat(12);
    const again = { ...REFUSED, proof: [0, 1, 2, 3, 4, 5], steps: { 'gateway-log': { output, exit: 0 } } };
    expect(marked(again)).toEqual(['> refused', '> refused']);
  });

  it('is the end of the output, with nothing marked, where neither names one', () => {
    const output = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
    const long = { ...REFUSED, proof: [99], steps: { 'gateway-log': { output, exit: 0 } } };
    expect(marked(long, ['nowhere'])).toHaveLength(12);
    expect(marked(long).at(-1)).toBe('line 39');
  });
});

it('a step that the recording does not have says so', () => {
  expect(recordedStep(REFUSED, 'a-new-step')).toMatchObject({
    output: null,
    why: expect.stringContaining('not run') as string,
  });
  expect(recordedStep(REFUSED, 'constructor').output).toBeNull();
});
