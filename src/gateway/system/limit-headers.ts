import type { RateLimitSettings } from '../../schema/system.ts';
import type { Header } from '../exchange.ts';
import { RUN_EPOCH } from '../run-epoch.ts';
import type { Quota } from './rate-limit.ts';

/** Values that were met in the wild and that a client has to survive. */
const JUNK: readonly string[] = ['soon', '-1', '', '1e3', '30, 30', '2026-01-15 09:00:30', 'Infinity', '99999999999'];

const seconds = (ms: number): number => Math.ceil(ms / 1000);

/**
 * A `Retry-After` header in one of its forms (RFC 9110, section 10.2.3: seconds or an HTTP date); none for `none`.
 * @param waitMs from `at` on; rounded up to whole seconds
 * @param turn chooses among the junk
 */
export function retryAfter(
  form: RateLimitSettings['retryAfter'],
  waitMs: number,
  at: number,
  turn = 0,
): readonly Header[] {
  switch (form) {
    case 'none':
      return [];
    case 'seconds':
      return [['Retry-After', String(seconds(waitMs))]];
    case 'date':
      return [['Retry-After', httpDate(at + waitMs)]];
    case 'junk':
      return [['Retry-After', JUNK[Math.abs(Math.trunc(turn)) % JUNK.length] ?? 'soon']];
  }
}

/** The latest date that ECMAScript can write; later ones count as it. */
const LAST_DATE = 8.64e15;

/** An HTTP date of a time of the run, rounded up to a whole second. */
const httpDate = (at: number): string =>
  new Date(Math.min(LAST_DATE, Math.ceil((RUN_EPOCH + at) / 1000) * 1000)).toUTCString();

/**
 * Headers that tell the client its quota. `draft`: RateLimit and RateLimit-Policy as in
 * version 10 of the IETF's RateLimit draft (q quota, w window in seconds, r remaining, t seconds until the reset).
 * `x`: the three X-RateLimit headers of many APIs, the reset as seconds since 1970.
 */
export function quotaHeaders(settings: RateLimitSettings, quota: Quota, at: number): readonly Header[] {
  const limit = settings.window?.limit ?? settings.bucket?.burst ?? 0;
  switch (settings.headers) {
    case 'none':
      return [];
    case 'draft': {
      const windowMs = settings.window?.every ?? (1000 * limit) / (settings.bucket?.perSecond ?? 1);
      return [
        ['RateLimit-Policy', `"default";q=${limit};w=${seconds(windowMs)}`],
        ['RateLimit', `"default";r=${quota.remaining};t=${seconds(quota.resetMs)}`],
      ];
    }
    case 'x':
      return [
        ['X-RateLimit-Limit', String(limit)],
        ['X-RateLimit-Remaining', String(quota.remaining)],
        ['X-RateLimit-Reset', String(seconds(RUN_EPOCH + at + quota.resetMs))],
      ];
  }
}
