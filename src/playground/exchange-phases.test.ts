import { describe, expect, it } from 'vitest';
import { labAnswer } from '../build/lab-exchange.ts';
import type { Exchange } from '../gateway/exchange.ts';
import { FAULTS } from '../gateway/faults/index.ts';
import { exchangePhases } from './exchange-phases.ts';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';

const told = (exchange: Exchange): string[] =>
  exchangePhases(exchange).map(({ text, from, to }) => `${from}–${to} ${text}`);

describe('the phases of an exchange', () => {
  it('follow the request there and back', () => {
    expect(told(answered)).toEqual([
      '0–12 Request travels to nginx',
      '12–36 Upstream 10.0.0.12:8080: connect and wait for the first byte',
      '36–48 Response travels to the client',
    ]);
  });

  it('say how a wait ended', () => {
    expect(told(closedEarly)[1]).toBe('12–36 Upstream 10.0.0.12:8080: connect and wait, then close');
  });

  it('show the gateway waiting in vain until it gives up', () => {
    const silent: Exchange = {
      ...closedEarly,
      upstream: [{ address: 'a:1', startedAt: 12, wire: [{ at: 36, kind: 'stall' }] }],
      wire: [{ at: 60_024, kind: 'bytes', bytes: 'HTTP/1.1 504 Gateway Timeout\r\n\r\n' }],
      client: { ...closedEarly.client, status: 504, elapsedMs: 60_024 },
    };
    expect(told(silent)[1]).toBe('12–60012 Upstream a:1: connect, then wait in vain');
  });

  it('name a connection that never stood, attempt by attempt', () => {
    const refused: Exchange = {
      ...closedEarly,
      upstream: [
        { address: 'a:1', startedAt: 12, wire: [{ at: 14, kind: 'connect-failed', reason: 'refused' }] },
        { ...answered.upstream[0], address: 'b:1', startedAt: 14, wire: [{ at: 36, kind: 'close' }] },
      ],
    };
    expect(told(refused).slice(1, 3)).toEqual([
      '12–14 Attempt 1, a:1: connect fails (refused)',
      '14–36 Attempt 2, b:1: connect and wait, then close',
    ]);
  });

  it('end with the client when it gives up', () => {
    const left: Exchange = {
      ...closedEarly,
      upstream: [{ address: 'a:1', startedAt: 12, wire: [{ at: 36, kind: 'stall' }] }],
      wire: [],
      client: { ...closedEarly.client, status: null, error: 'aborted', elapsedMs: 2000 },
    };
    expect(told(left).at(-1)).toMatch(/–2000 Client waits, then gives up$|–2000 Upstream/);
  });

  it('lie in order and within the exchange, for every fault', { timeout: 60_000 }, () => {
    for (const { id } of FAULTS) {
      const answer = labAnswer({ gateway: 'nginx', fault: id });
      if (answer.kind !== 'exchange') continue;
      const phases = exchangePhases(answer.exchange);
      expect(phases.length, id).toBeGreaterThan(0);
      for (const { from, to } of phases) {
        expect(from, id).toBeGreaterThanOrEqual(0);
        expect(to, id).toBeGreaterThanOrEqual(from);
      }
      const starts = phases.map(({ from }) => from);
      expect(starts, id).toEqual([...starts].sort((a, b) => a - b));
    }
  });
});
