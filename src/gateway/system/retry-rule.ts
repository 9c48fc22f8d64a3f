import type { BalancerSettings } from '../../schema/system.ts';
import type { SystemFault } from './offer.ts';

/** Methods that a gateway does not send twice by itself: nginx's list behind `non_idempotent`. */
const NON_IDEMPOTENT: ReadonlySet<string> = new Set(['POST', 'LOCK', 'PATCH']);

type Condition = BalancerSettings['retries']['on'][number];

/** Under which condition each fault falls, and whether the server may have seen the request. */
const RULES: Readonly<Partial<Record<SystemFault, { readonly condition: Condition; readonly sent: boolean }>>> = {
  'connect-refused': { condition: 'error', sent: false },
  'rst-on-accept': { condition: 'error', sent: false },
  'rst-after-request': { condition: 'error', sent: true },
  'close-after-request': { condition: 'error', sent: true },
  'connect-timeout': { condition: 'timeout', sent: false },
  'read-timeout': { condition: 'timeout', sent: true },
  'ka-race-get': { condition: 'race', sent: true },
  'ka-race-post': { condition: 'race', sent: true },
  'app-503': { condition: 'http-503', sent: true },
};

export const isIdempotent = (method: string): boolean => !NON_IDEMPOTENT.has(method);

/** True when a gateway with these settings passes the request on to the next server. */
export function mayTryNext(retries: BalancerSettings['retries'], fault: SystemFault, method: string): boolean {
  const rule = RULES[fault];
  if (!rule || !retries.on.includes(rule.condition)) return false;
  return !rule.sent || retries.nonIdempotent || isIdempotent(method);
}
