import type { Fault } from '../fault.ts';

/** Nothing is broken: what every other fault is compared with. */
export const CONTROL_FAULTS: readonly Fault[] = [
  {
    id: 'ok',
    group: 'control',
    cause: null,
    summary: 'answers 200 and works as it should',
    lesson:
      'This is the healthy picture: one attempt, a status from the upstream, log lines without an error. Look here first, then compare.',
    servers: [{ kind: 'http' }],
  },
];
