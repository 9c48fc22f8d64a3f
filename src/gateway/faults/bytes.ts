import type { Fault } from '../fault.ts';
import { formatResponse } from '../upstream.ts';

const HEADER_BYTES = 64 * 1024;

/** The upstream answers with bytes that a gateway cannot or will not accept. */
export const BYTES_FAULTS: readonly Fault[] = [
  {
    id: 'header-too-large',
    group: 'bytes',
    cause: 'header-too-big',
    summary: 'answers 200 with one header of 64 KiB',
    lesson:
      'The application worked and its own log says 200. The gateway’s buffer for response heads was too small, often because cookies or a token grew.',
    servers: [
      {
        kind: 'tcp',
        after: 'request',
        play: (response) => [
          {
            at: 0,
            kind: 'bytes',
            bytes: formatResponse({
              ...response,
              headers: [...response.headers, ['X-Big', 'b'.repeat(HEADER_BYTES)]],
            }),
          },
          { at: 0, kind: 'close' },
        ],
      },
    ],
  },
];
