import type { Fault, UpstreamResponse } from '../fault.ts';
import { formatResponse, hasBody } from '../upstream.ts';

/** A body long enough to be cut in the middle. */
const LONG_RESPONSE: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'x'.repeat(10_000),
  delayMs: 0,
};

/** The upstream accepts the connection and ends it too early. */
export const ACCEPT_FAULTS: readonly Fault[] = [
  {
    id: 'close-after-request',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'reads the whole request, then closes without a byte',
    lesson:
      'The upstream had the request and may have done the work before it went away. A GET can be sent again; a POST only when repeating it does no harm.',
    servers: [{ kind: 'tcp', after: 'request', play: () => [{ at: 0, kind: 'close' }] }],
  },
  {
    id: 'rst-after-request',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'reads the whole request, then resets the connection',
    lesson:
      'A reset often means that the process was killed or a device in between dropped the connection. As with an early close, nobody can tell whether the work was done.',
    servers: [{ kind: 'tcp', after: 'request', play: () => [{ at: 0, kind: 'reset' }] }],
  },
  {
    id: 'close-mid-body-cl',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces the whole body with Content-Length, sends the first tenth, then closes',
    lesson:
      'The status line said 200 before anything broke, and the access log keeps saying so. Only a client that compares the bytes with Content-Length notices.',
    passesResponse: true,
    servers: [
      {
        kind: 'tcp',
        after: 'request',
        play: (response) => {
          // What has no body cannot be cut in it; the sample stands in.
          const cut = hasBody(response) ? response : LONG_RESPONSE;
          const { body } = cut;
          const whole = formatResponse(cut);
          const missing = body.length - Math.floor(body.length / 10);
          return [
            { at: 0, kind: 'bytes', bytes: whole.slice(0, whole.length - missing) },
            { at: 0, kind: 'close' },
          ];
        },
        sample: LONG_RESPONSE,
      },
    ],
  },
];
