import type { Fault } from '../fault.ts';
import { formatResponse } from '../upstream.ts';

/** The trouble is on the client's side of the gateway. */
export const REQUEST_FAULTS: readonly Fault[] = [
  {
    id: 'client-closes-early',
    group: 'request',
    cause: 'client-aborted',
    summary: 'answers after 800 ms, when the client has already gone',
    lesson:
      'The client gave up first. Nobody saw an error page, only the gateway’s log knows; nginx writes 499 there, a status that is never sent.',
    request: { method: 'GET', leavesAfterMs: 300 },
    passesResponse: true,
    servers: [
      {
        kind: 'tcp',
        after: 'request',
        play: (response) => [
          { at: 800, kind: 'bytes', bytes: formatResponse(response) },
          { at: 800, kind: 'close' },
        ],
      },
    ],
  },
];
