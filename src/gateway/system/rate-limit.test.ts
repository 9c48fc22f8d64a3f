import { describe, expect, it } from 'vitest';
import { rateLimitSchema } from '../../schema/system.ts';
import { quotaHeaders, retryAfter } from './limit-headers.ts';
import { RateLimiter } from './rate-limit.ts';

const limiterOf = (written: object): RateLimiter => new RateLimiter(rateLimitSchema.parse(written));

describe('a token bucket', () => {
  it('lets a burst through and then as many as grow back', () => {
    const limiter = limiterOf({ bucket: { perSecond: 10, burst: 3 } });
    const allowed = [0, 0, 0, 0, 100, 100, 10_000, 10_000, 10_000, 10_000].map((at) => limiter.take('', at).allowed);
    expect(allowed).toEqual([true, true, true, false, true, false, true, true, true, false]);
  });

  it('says how long to wait for the next one and for all', () => {
    const limiter = limiterOf({ bucket: { perSecond: 2, burst: 4 } });
    for (let count = 0; count < 4; count++) limiter.take('', 0);
    expect(limiter.take('', 250)).toEqual({ allowed: false, remaining: 0, waitMs: 250, resetMs: 1750 });
  });

  it('keeps a bucket for each client', () => {
    const limiter = limiterOf({ bucket: { perSecond: 1, burst: 1 } });
    expect(['a', 'a', 'b'].map((client) => limiter.take(client, 0).allowed)).toEqual([true, false, true]);
  });
});

describe('a fixed window', () => {
  it('starts over at the edge, so that twice the limit fits around it', () => {
    const limiter = limiterOf({ window: { limit: 2, every: '1s' } });
    const allowed = [990, 995, 999, 1000, 1005, 1010].map((at) => limiter.take('', at).allowed);
    expect(allowed).toEqual([true, true, false, true, true, false]);
    expect(limiter.take('', 1400)).toEqual({ allowed: false, remaining: 0, waitMs: 600, resetMs: 600 });
  });
});

describe('the headers of a limit', () => {
  it('writes Retry-After as seconds, as a date, or as what some servers write', () => {
    expect(retryAfter('seconds', 1200, 0)).toEqual([['Retry-After', '2']]);
    expect(retryAfter('date', 1500, 1000)).toEqual([['Retry-After', 'Thu, 15 Jan 2026 09:00:03 GMT']]);
    expect(retryAfter('none', 1500, 0)).toEqual([]);
    const junk = Array.from({ length: 8 }, (_, turn) => retryAfter('junk', 1500, 0, turn)[0]?.[1]);
    expect(new Set(junk).size).toBe(8);
    expect(junk.filter((value) => /^\d+$/.test(value ?? ''))).toEqual(['99999999999']);
  });

  it('tells the quota as the draft and as many APIs do', () => {
    const quota = { allowed: true, remaining: 7, waitMs: 0, resetMs: 12_400 };
    const draft = rateLimitSchema.parse({ window: { limit: 10, every: '60s' }, headers: 'draft' });
    expect(quotaHeaders(draft, quota, 0)).toEqual([
      ['RateLimit-Policy', '"default";q=10;w=60'],
      ['RateLimit', '"default";r=7;t=13'],
    ]);
    const common = rateLimitSchema.parse({ bucket: { perSecond: 1, burst: 10 }, headers: 'x' });
    expect(quotaHeaders(common, quota, 600)).toContainEqual([
      'X-RateLimit-Reset',
      String(Date.UTC(2026, 0, 15, 9, 0, 13) / 1000),
    ]);
  });
});
