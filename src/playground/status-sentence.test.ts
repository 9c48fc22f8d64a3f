import { describe, expect, it } from 'vitest';
import type { RunResult } from '../sandbox/protocol.ts';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';
import { statusSentence } from './status-sentence.ts';

const result: RunResult = {
  console: [],
  exchanges: [closedEarly, { ...closedEarly, id: 2 }, { ...answered, id: 3 }],
  failure: null,
  simulatedMs: 1400,
};

describe('statusSentence', () => {
  it('sums a run up', () => {
    expect(statusSentence('done', result)).toBe('Finished: 3 requests, last status 200, 1.4 s of simulated time');
  });

  it('says that nobody has run it yet', () => {
    expect(statusSentence('idle', result)).toBe(
      'Recorded result of the unedited program. Finished: 3 requests, last status 200, 1.4 s of simulated time',
    );
    expect(statusSentence('idle', null)).toBe('Not run yet. Press Run.');
  });

  it('names the line of an error', () => {
    const failure = {
      kind: 'failed',
      how: 'uncaught',
      name: 'TypeError',
      message: 'Failed to fetch',
      stack: '',
      at: 3,
      position: { line: 12, column: 1 },
    } as const;
    const reset = { ...closedEarly, client: { ...closedEarly.client, status: null, error: 'reset' as const } };
    expect(statusSentence('error', { ...result, exchanges: [reset], simulatedMs: 48, failure })).toBe(
      'Ended by an error on line 12: TypeError: Failed to fetch. 1 request, last request: connection reset, 48 ms of simulated time',
    );
  });

  it('keeps count when the reader stops a program', () => {
    expect(statusSentence('stopped', { ...result, exchanges: [], simulatedMs: 0 })).toBe(
      'Stopped: no requests. The output so far is kept.',
    );
  });
});
