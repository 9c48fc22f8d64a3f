import type { Fault, TcpServer, UpstreamResponse } from '../fault.ts';
import type { WireEvent } from '../exchange.ts';
import { formatResponse, hasBody } from '../upstream.ts';
import { formatFields } from '../http-message.ts';
import { afterRequest, bytes, close, headOf, oneChunk, reset, sends } from './broken-response.ts';

/** A body long enough to be cut in the middle. */
const LONG_RESPONSE: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'x'.repeat(10_000),
  delayMs: 0,
};

/** Announces the whole body, sends the first tenth, then ends as told. */
const sendsTenth = (end: WireEvent): readonly [TcpServer] =>
  afterRequest((response) => {
    // What has no body cannot be cut in it; the sample stands in.
    const cut = hasBody(response) ? response : LONG_RESPONSE;
    const { body } = cut;
    const whole = formatResponse(cut);
    const missing = body.length - Math.floor(body.length / 10);
    return [bytes(whole.slice(0, whole.length - missing)), end];
  }, LONG_RESPONSE);

/** Announces a chunk of 1024 bytes, sends a hundred, then ends as told. */
const sendsPartOfChunk = (end: WireEvent): readonly [TcpServer] =>
  afterRequest((response) => {
    const body = response.body.padEnd(100, 'x').slice(0, 100);
    return [bytes(`${headOf(response)}Transfer-Encoding: chunked\r\n\r\n400\r\n${body}`), end];
  }, LONG_RESPONSE);

/** The body is cut after the status line said that all is well. */
export const CUT_FAULTS: readonly Fault[] = [
  {
    id: 'close-mid-body-cl',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces the whole body with Content-Length, sends the first tenth, then closes',
    lesson:
      'The status line said 200 before anything broke, and the access log keeps saying so. Only a client that compares the bytes with Content-Length notices.',
    servers: sendsTenth(close()),
  },
  {
    id: 'rst-mid-body-cl',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces the whole body with Content-Length, sends the first tenth, then resets the connection',
    lesson:
      'Part of a body is no body. A client that writes it to disk before it knows the end leaves a file that looks complete.',
    servers: sendsTenth(reset(100)),
  },
  {
    id: 'close-mid-body-large',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces 4 MiB, sends 1 MiB, then closes',
    lesson:
      'A large body is on its way to the client before its end can be known, so no gateway can turn this into a 502. Check lengths and digests on your side.',
    servers: afterRequest((response) => [
      bytes(`${headOf(response)}Content-Length: ${4 << 20}\r\n\r\n${'x'.repeat(1 << 20)}`),
      close(),
    ]),
  },
  {
    id: 'close-mid-chunk',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces a chunk of 1024 bytes, sends 100, then closes',
    lesson:
      'The cut is visible in the chunk size, until a gateway stores the body and sends it with a length of its own. Then the client gets a complete 200 with part of the data.',
    servers: sendsPartOfChunk(close()),
  },
  {
    id: 'rst-mid-chunk',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'announces a chunk of 1024 bytes, sends 100, then resets the connection',
    lesson:
      'As a close in mid-chunk. Which gateways hide it from the client is a property of the gateway, and worth a test before you rely on status codes.',
    servers: sendsPartOfChunk(reset(100)),
  },
  {
    id: 'close-no-last-chunk',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'sends the whole body as one chunk, then closes without the last chunk',
    lesson:
      'Every byte of the data may be there, and nobody can know it. The zero chunk is the full stop of a chunked message; without it the message is cut.',
    servers: sends(oneChunk),
  },
  {
    id: 'close-delimited-rst',
    group: 'accept',
    cause: 'upstream-reset-midbody',
    summary: 'sends a body without any length, then resets the connection',
    lesson:
      'When only the end of the connection ends the body, a cut looks like an end. The reset is the one hint, and a gateway that drops it delivers part of the data as all of it.',
    servers: afterRequest(
      ({ status, reason, headers, body }) => [
        bytes(`HTTP/1.1 ${status} ${reason}\r\n${formatFields([...headers, ['Connection', 'close']])}\r\n${body}`),
        reset(100),
      ],
      { ...LONG_RESPONSE, body: 'x'.repeat(1000) },
    ),
  },
];
