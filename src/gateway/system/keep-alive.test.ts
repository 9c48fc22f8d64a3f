import { describe, expect, it } from 'vitest';
import { poolSchema, serverSchema } from '../../schema/system.ts';
import { ConnectionPool } from './keep-alive.ts';

const FOREVER = { drainFrom: Infinity, death: Infinity };

function poolOf({
  gateway = '60s',
  server = '5s',
  oneWayMs = 10,
  requests,
}: {
  gateway?: string;
  server?: string;
  oneWayMs?: number;
  requests?: number;
}) {
  const { keepAlive } = serverSchema.parse({
    keepAlive: { timeout: server, ...(requests === undefined ? {} : { requests }) },
  });
  return new ConnectionPool(poolSchema.parse({ timeout: gateway, idle: 2 }), keepAlive, oneWayMs);
}

/** What a request meets on a connection that fell idle at 1000 ms. */
function after(idleMs: number, options: Parameters<typeof poolOf>[0] = {}): string {
  const pool = poolOf(options);
  pool.put(1000, 1, FOREVER);
  return pool.take(1000 + idleMs);
}

describe('an idle connection between two timers', () => {
  it('is raced in the round trip before the gateway sees the close', () => {
    // The server answered 10 ms before the gateway had it, so its 5 s are over at 4990 ms; its FIN is seen at 5000 ms.
    expect(after(4979)).toBe('reused');
    expect(after(4981)).toBe('race');
    expect(after(4999)).toBe('race');
    expect(after(5000)).toBe('none');
  });

  it('is never raced when the gateway gives it up first', () => {
    for (const idle of [1000, 3999, 4000, 4985, 4999, 5000]) {
      expect(after(idle, { gateway: '4s' })).toBe(idle < 4000 ? 'reused' : 'none');
    }
  });

  it('is not raced without a network in between', () => {
    expect(after(4999, { oneWayMs: 0 })).toBe('reused');
    expect(after(5000, { oneWayMs: 0 })).toBe('none');
  });

  it('is raced, too, when the server goes away', () => {
    const pool = poolOf({});
    pool.put(1000, 1, { drainFrom: 3000, death: 9000 });
    expect(pool.take(2995)).toBe('race');
  });

  it('is used last in, first out, and only so many are kept', () => {
    const pool = poolOf({});
    for (const [at, carried] of [
      [1000, 7],
      [2000, 8],
      [3000, 9],
    ] as const) {
      pool.put(at, carried, FOREVER);
    }
    expect(pool.idle).toBe(2);
    expect(pool.take(3500)).toBe('reused');
    expect(pool.lastCarried).toBe(9);
  });

  it('is gone after as many requests as the server allows', () => {
    const pool = poolOf({ requests: 2 });
    pool.put(0, 1, FOREVER);
    expect(pool.idle).toBe(1);
    pool.put(0, 2, FOREVER);
    expect(pool.idle).toBe(1);
  });
});
