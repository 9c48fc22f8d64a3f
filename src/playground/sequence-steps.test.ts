import { describe, expect, it } from 'vitest';
import type { Exchange } from '../gateway/exchange.ts';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';
import { sequenceSteps, sequenceSummary } from './sequence-steps.ts';

/** The steps as the table says them. */
const told = (exchange: Exchange): string[] =>
  sequenceSteps(exchange).map(({ at, from, to, text, kind }) => `${at} ${from}→${to} ${kind}: ${text}`);

describe('sequenceSteps', () => {
  it('tells an answered request as four messages', () => {
    expect(told(answered)).toEqual([
      '0 client→gateway message: GET /orders/42?full=1',
      '12 gateway→upstream message: GET /orders/42?full=1',
      '36 upstream→gateway message: 200 OK, 41 bytes',
      '48 gateway→client message: 200 OK, 41 bytes',
    ]);
  });

  it('marks the broken place and quotes the verdict of the gateway', () => {
    expect(told(closedEarly)).toEqual([
      '0 client→gateway message: GET /orders/42?full=1',
      '12 gateway→upstream message: GET /orders/42?full=1',
      '36 upstream→gateway broken: closes the connection without one byte',
      '36 gateway→gateway verdict: upstream prematurely closed connection while reading response header from upstream',
      '48 gateway→client message: 502 Bad Gateway, written by the gateway, 72 bytes',
    ]);
  });

  it('shows each attempt when the gateway tried more than once', () => {
    const [attempt] = closedEarly.upstream;
    if (!attempt) throw new Error('the sample has an attempt');
    const twice = {
      ...closedEarly,
      upstream: [attempt, { ...attempt, startedAt: 36, wire: [{ at: 60, kind: 'reset' } as const] }],
    };
    expect(told(twice).slice(1, 5)).toEqual([
      '12 gateway→upstream message: GET /orders/42?full=1, attempt 1 of 2',
      '36 upstream→gateway broken: closes the connection without one byte',
      '36 gateway→upstream message: GET /orders/42?full=1, attempt 2 of 2',
      '60 upstream→gateway broken: resets the connection without one byte',
    ]);
  });

  it('names a connection that never stood', () => {
    const refused: Exchange = {
      ...closedEarly,
      upstream: [
        { address: '10.0.0.12:8080', startedAt: 12, wire: [{ at: 14, kind: 'connect-failed', reason: 'refused' }] },
      ],
    };
    expect(told(refused)[1]).toBe('14 gateway→upstream broken: connection refused (10.0.0.12:8080)');
  });

  it('says how much of a cut answer arrived', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf!';
    const cut: Exchange = {
      ...answered,
      cause: 'upstream-reset-midbody',
      upstream: [
        {
          address: 'a:1',
          startedAt: 12,
          wire: [
            { at: 36, kind: 'bytes', bytes: head },
            { at: 40, kind: 'close' },
          ],
        },
      ],
      wire: [
        { at: 48, kind: 'bytes', bytes: head },
        { at: 52, kind: 'close' },
      ],
      client: { ...answered.client, truncated: true, error: 'truncated', elapsedMs: 52 },
      verdict: 'upstream prematurely closed connection while reading upstream',
    };
    expect(told(cut)).toContain('40 upstream→gateway broken: closes the connection after 44 bytes');
    expect(told(cut).at(-1)).toBe('52 gateway→client broken: 200 OK, 44 bytes, then cut off');
  });

  it('ends with the client when the client leaves first', () => {
    const left: Exchange = {
      ...closedEarly,
      upstream: [{ address: 'a:1', startedAt: 12, wire: [{ at: 12, kind: 'stall' }] }],
      wire: [],
      client: { ...closedEarly.client, status: null, error: 'aborted', elapsedMs: 2000 },
    };
    expect(told(left).at(-1)).toBe('2000 client→gateway broken: the client gives up and closes');
  });

  it('marks one place where it went wrong', () => {
    const cut = { ...closedEarly, client: { ...closedEarly.client, status: null, error: 'reset' } as const };
    expect(sequenceSteps(cut).filter(({ kind }) => kind === 'broken')).toHaveLength(2);
    expect(sequenceSteps(cut).filter(({ first }) => first)).toMatchObject([{ from: 'upstream', to: 'gateway' }]);
    expect(sequenceSteps(answered).some(({ first }) => first)).toBe(false);
  });

  it('marks the gateway when what the upstream sent was well and the gateway did not take it', () => {
    const refused = { ...closedEarly, upstream: answered.upstream };
    expect(sequenceSteps(refused).find(({ first }) => first)).toMatchObject({ from: 'gateway', kind: 'verdict' });
  });

  it('has a sentence for those who cannot see the picture', () => {
    expect(sequenceSummary(closedEarly)).toBe(
      'GET /orders/42?full=1 through nginx, 1 attempt upstream: 502 Bad Gateway after 48 ms.',
    );
  });
});
