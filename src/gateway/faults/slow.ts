import type { Fault } from '../fault.ts';

/** The upstream takes longer than the gateway waits. */
export const SLOW_FAULTS: readonly Fault[] = [
  {
    id: 'read-timeout',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'reads the request and never answers',
    lesson:
      'The gateway gave up, the upstream may still be working. Sending the request again adds a second copy of the work that was already too slow.',
    servers: [{ kind: 'tcp', after: 'request', play: () => [{ at: 0, kind: 'stall' }] }],
    timer: 'readMs',
  },
];
