import type { Fault, UpstreamResponse } from '../fault.ts';
import { formatResponse } from '../upstream.ts';
import { afterRequest, bytes, close, POST, reset, restOf, sends, headOf } from './broken-response.ts';
import { CUT_FAULTS } from './cut.ts';

const TOO_LARGE: UpstreamResponse = {
  status: 413,
  reason: 'Content Too Large',
  headers: [['Content-Type', 'text/plain']],
  body: 'too large',
  delayMs: 0,
};

/** The upstream accepts the connection and ends it too early, or says something else than the final response first. */
export const ACCEPT_FAULTS: readonly Fault[] = [
  {
    id: 'close-on-accept',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'accepts the connection and closes it at once, unread',
    lesson:
      'Something listens, but nobody is at home: a port forwarder without a target, a full worker pool, a health check that failed. The application never saw the request.',
    servers: [{ kind: 'tcp', after: 'accept', play: () => [close()] }],
  },
  {
    id: 'rst-on-accept',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'accepts the connection and resets it at once',
    lesson:
      'A reset right after the accept is often a proxy or a service mesh in between that has no server to pass it to. Ask what really listens on that port.',
    servers: [{ kind: 'tcp', after: 'accept', play: () => [reset()] }],
  },
  {
    id: 'close-after-request',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'reads the whole request, then closes without a byte',
    lesson:
      'The upstream had the request and may have done the work before it went away. A GET can be sent again; a POST only when repeating it does no harm.',
    servers: afterRequest(() => [close()]),
  },
  {
    id: 'rst-after-request',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'reads the whole request, then resets the connection',
    lesson:
      'A reset often means that the process was killed or a device in between dropped the connection. As with an early close, nobody can tell whether the work was done.',
    servers: afterRequest(() => [reset()]),
  },
  {
    id: 'close-after-request-post',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'reads a whole POST, then closes without a byte',
    lesson:
      'The order may have been placed. Gateways that repeat a GET by themselves stop here, and so should a client without an idempotency key.',
    request: POST,
    servers: afterRequest(() => [close()]),
  },
  {
    id: 'close-mid-status',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'closes in the middle of the status line',
    lesson:
      'Twelve bytes arrived and they are not enough. A process that dies while it writes leaves exactly this, and the gateway reports it like an answer that never came.',
    servers: sends(({ status }) => `HTTP/1.1 ${String(status).slice(0, 2)}`),
  },
  {
    id: 'close-mid-header',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'closes in the middle of a header line',
    lesson:
      'A status of 200 was on the wire and no client may see it: a head that did not end is no head. The application’s log can still claim success.',
    servers: sends((response) => `${headOf(response)}X-Half: abc`),
  },
  {
    id: 'rst-mid-header',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'resets the connection in the middle of a header line',
    lesson:
      'As a close in mid-header, with the harder ending: a killed process or a device that cut in. The word “reset” in the gateway’s log is all that tells them apart.',
    servers: afterRequest((response) => [bytes(`${headOf(response)}X-Half: abc`), reset(100)]),
  },
  ...CUT_FAULTS,
  {
    id: 'body-longer-than-cl',
    group: 'accept',
    cause: 'invalid-response',
    summary: 'announces a Content-Length and sends fifteen bytes more',
    lesson:
      'The length counts, not what follows it. Extra bytes on a kept connection become the start of the next answer, so a careful gateway drops them and the connection.',
    servers: sends((response) => `${headOf(response)}${restOf(response)}${'y'.repeat(15)}`),
  },
  {
    id: 'early-413-close',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'answers 413 to the head of a POST of 2 MiB and closes while the body is still on its way',
    lesson: 'The answer is valid and early. Whoever goes on writing gets a reset and may lose it: read while you send.',
    request: { ...POST, bodyLength: 2 << 20 },
    route: { bodyLimit: 'large' },
    servers: [
      {
        kind: 'tcp',
        after: 'head',
        stopsReading: true,
        play: (response) => [
          bytes(formatResponse({ ...response, headers: [...response.headers, ['Connection', 'close']] })),
          reset(50),
        ],
        sample: TOO_LARGE,
      },
    ],
  },
  {
    id: 'unexpected-101',
    group: 'accept',
    cause: 'invalid-response',
    summary: 'switches to a protocol that nobody asked for, with 101',
    lesson:
      'After 101 both sides stop speaking HTTP. Gateways that pass it on leave the client with a connection that will never carry the answer.',
    servers: sends(() => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n'),
  },
  {
    id: 'only-100',
    group: 'accept',
    cause: 'upstream-closed-early',
    summary: 'sends 100 Continue and closes without a final response',
    lesson:
      'A 1xx is a promise, not an answer. What a gateway makes of a promise that nobody keeps ranges from 502 to silence.',
    servers: sends(() => 'HTTP/1.1 100 Continue\r\n\r\n'),
  },
  {
    id: 'early-hints',
    group: 'accept',
    cause: 'not-a-failure',
    summary: 'sends 103 Early Hints before its 200',
    lesson:
      'Interim responses are valid and may be dropped or passed on. A gateway that takes the first status line for the last one fails here, on a healthy upstream.',
    servers: sends(
      (response) =>
        `HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${headOf(response)}${restOf(response)}`,
    ),
  },
];
