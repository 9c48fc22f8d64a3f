import type { CauseId } from '../gateway/ids.ts';

/** May the client send the same request again? */
export interface Repeat {
  readonly verdict: 'safe' | 'if-idempotent' | 'useless';
  readonly why: string;
}

/** The upstream never saw the request. */
const NEVER_RAN = new Set<CauseId>([
  'upstream-refused',
  'upstream-unreachable',
  'upstream-dns',
  'socket-missing-or-denied',
  'no-healthy-upstream',
  'tls-handshake',
  'tls-certificate',
  'client-dns',
  'client-tls',
  'client-connect',
  'rate-limited',
]);
/** The same request meets the same failure until somebody changes something. */
const STAYS = new Set<CauseId>([
  'header-too-big',
  'protocol-mismatch',
  'tls-certificate',
  'client-tls',
  'gateway-misconfig',
  'serverless-malformed-response',
  'auth',
  'not-found',
  'cors',
  'not-a-failure',
  'unrelated-text',
]);
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** The rule of RFC 9110, section 9.2.2, with what the cause says about whether the request ran. */
export function repeatOf(cause: CauseId, method: string | undefined): Repeat {
  if (STAYS.has(cause))
    return { verdict: 'useless', why: 'The same request fails the same way until the cause is removed.' };
  if (cause === 'rate-limited')
    return { verdict: 'safe', why: 'The request did not run. Wait as long as Retry-After says.' };
  if (NEVER_RAN.has(cause))
    return {
      verdict: 'safe',
      why: 'The request never reached the application, so any method may be sent again, with a pause.',
    };
  if (method !== undefined && IDEMPOTENT.has(method))
    return {
      verdict: 'safe',
      why: `${method} may run twice without harm. Wait between tries, and limit their number.`,
    };
  return {
    verdict: 'if-idempotent',
    why: `${method ?? 'The request'} may have run. Send it again only with an idempotency key, or if running twice does no harm.`,
  };
}
