import { OTHER_CAUSE_IDS, type CauseId } from '../gateway/ids.ts';

/**
 * Which cause brings which other about. A worker that is killed closes its connections; the gateway then reports a
 * connection closed early. Both lines are true, and only the first is worth acting on.
 */
const BRINGS_ABOUT: Partial<Record<CauseId, readonly CauseId[]>> = {
  'worker-crashed': [
    'upstream-closed-early',
    'keepalive-race',
    'upstream-reset-midbody',
    'upstream-timeout',
    'upstream-refused',
    'no-healthy-upstream',
    'app-error-500',
    'socket-missing-or-denied',
  ],
  overload: ['upstream-timeout', 'upstream-refused', 'upstream-closed-early', 'no-healthy-upstream'],
  'upstream-refused': ['no-healthy-upstream'],
  'upstream-unreachable': ['no-healthy-upstream'],
  'upstream-dns': ['no-healthy-upstream'],
  'upstream-timeout': ['no-healthy-upstream', 'client-aborted'],
  'upstream-closed-early': ['no-healthy-upstream'],
  'upstream-reset-midbody': ['upstream-closed-early'],
  'socket-missing-or-denied': ['no-healthy-upstream', 'upstream-refused'],
  'tls-certificate': ['no-healthy-upstream', 'tls-handshake', 'upstream-closed-early', 'upstream-refused'],
  'tls-handshake': ['no-healthy-upstream', 'upstream-closed-early', 'upstream-refused'],
  'protocol-mismatch': [
    'no-healthy-upstream',
    'tls-handshake',
    'invalid-response',
    'upstream-closed-early',
    'upstream-refused',
  ],
  'header-too-big': ['invalid-response', 'no-healthy-upstream'],
  'invalid-response': ['upstream-closed-early', 'no-healthy-upstream'],
  'gateway-misconfig': ['upstream-dns', 'no-healthy-upstream'],
};

/** Does the first cause bring the second about, where both were seen at the same place and time? */
export const bringsAbout = (root: CauseId, effect: CauseId): boolean => BRINGS_ABOUT[root]?.includes(effect) ?? false;

/** They never outweigh a failure of the gateway beside them. */
const NOT_THE_GATEWAY = new Set<CauseId>(OTHER_CAUSE_IDS);

/** Is this a failure between a gateway and its upstream? */
export const isGatewayFailure = (cause: CauseId): boolean => !NOT_THE_GATEWAY.has(cause);
