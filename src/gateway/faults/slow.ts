import type { WireEvent } from '../exchange.ts';
import type { Fault, TcpServer, UpstreamResponse } from '../fault.ts';
import { afterRequest, bytes, close, headOf, POST, stall } from './broken-response.ts';

const THOUSAND: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'x'.repeat(1000),
  delayMs: 0,
};
const TEN: UpstreamResponse = { ...THOUSAND, body: '0123456789' };

/** One byte every so many ms, the first after that time. */
const drip = (text: string, everyMs: number): WireEvent[] =>
  Array.from(text, (byte, index) => bytes(byte, (index + 1) * everyMs));

/** Sends this much and then nothing more, and leaves the connection open. */
const stallsAfter = (build: (response: UpstreamResponse) => string, sample = THOUSAND): readonly [TcpServer] =>
  afterRequest((response) => [bytes(build(response)), stall()], sample);

const lengthOf = ({ body }: UpstreamResponse): string => `Content-Length: ${body.length}\r\n\r\n`;

/** The upstream takes longer than the gateway waits. */
export const SLOW_FAULTS: readonly Fault[] = [
  {
    id: 'read-timeout',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'reads the request and never answers',
    lesson:
      'The gateway gave up, the upstream may still be working. Sending the request again adds a second copy of the work that was already too slow.',
    servers: afterRequest(() => [stall()]),
    timer: 'readMs',
    patienceMs: 13_000,
  },
  {
    id: 'read-timeout-post',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'reads a POST and never answers',
    lesson:
      'A timeout says nothing about the outcome. The payment may arrive a second after the 504; ask for its state, or repeat it only with an idempotency key.',
    request: POST,
    servers: afterRequest(() => [stall()]),
    timer: 'readMs',
    patienceMs: 9000,
  },
  {
    id: 'stall-after-header',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'sends the whole head, then nothing of the body',
    lesson:
      'The status is known and useless without its body. A gateway that has sent the head on can only cut the connection; one that waited can still answer 504.',
    servers: stallsAfter((response) => `${headOf(response)}${lengthOf(response)}`),
    timer: 'readMs',
    patienceMs: 5500,
  },
  {
    id: 'stall-mid-body',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'sends the head and two fifths of the body, then nothing more',
    lesson:
      'For bodies the read timer counts from the last byte, so a stall shows only after the data stopped. Some gateways have no such timer: the client hangs until its own runs out.',
    servers: stallsAfter((response) => {
      const sent = response.body.slice(0, Math.floor(response.body.length * 0.4));
      return `${headOf(response)}${lengthOf(response)}${sent}`;
    }),
    timer: 'readMs',
    patienceMs: 5500,
  },
  {
    id: 'stall-mid-chunked',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'sends one chunk, then nothing more',
    lesson:
      'Server-sent events and long polls look exactly like this while they are healthy. A heartbeat comment every few seconds tells the two apart, also for the gateway.',
    servers: stallsAfter(
      (response) =>
        `${headOf(response)}Transfer-Encoding: chunked\r\n\r\n${response.body.length.toString(16)}\r\n${response.body}\r\n`,
      {
        ...THOUSAND,
        body: 'hello',
      },
    ),
    timer: 'readMs',
    patienceMs: 5500,
  },
  {
    id: 'stall-mid-header',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'sends half a head, then nothing more',
    lesson:
      'Some bytes came, so the upstream is alive, and still there is no answer to pass on. To the client it is the same 504 as no byte at all.',
    servers: stallsAfter((response) => `${headOf(response)}X-Half: abc`),
    timer: 'readMs',
    patienceMs: 13_000,
  },
  {
    id: 'trickle-header',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'sends its head one byte every 300 ms, six seconds in all',
    lesson:
      'Every pause is shorter than the read timeout, the whole is longer. Manuals say “between two reads”; for the head many gateways count the total.',
    servers: afterRequest(() => [...drip('HTTP/1.1 200 OK\r\n\r\n', 300), close(6000)]),
    timer: 'readMs',
    patienceMs: 10_000,
  },
  {
    id: 'trickle-body',
    group: 'slow',
    cause: 'not-a-failure',
    summary: 'sends its head at once and ten bytes of body, one every 300 ms',
    lesson:
      'Three seconds in all with a read timeout of two, and it works: for a body the timer starts again with every byte. A timeout on the whole is the client’s to set.',
    servers: afterRequest((response) => {
      const body = response.body.padEnd(10, '.');
      const part = Math.ceil(body.length / 10);
      const parts = Array.from({ length: 10 }, (_, index) => body.slice(index * part, (index + 1) * part));
      return [
        bytes(`${headOf(response)}Content-Length: ${body.length}\r\n\r\n`),
        ...parts.filter((text) => text !== '').map((text, index) => bytes(text, (index + 1) * 300)),
        stall(3000),
      ];
    }, TEN),
    patienceMs: 8000,
  },
  {
    id: 'never-reads-body',
    group: 'slow',
    cause: 'upstream-timeout',
    summary: 'reads the head of a POST of 16 MiB and nothing of its body',
    lesson:
      'Here the gateway waits to write, not to read, and another timer counts. The upload stops after the buffers are full: a few megabytes that look like progress.',
    request: { ...POST, bodyLength: 16 << 20 },
    route: { bodyLimit: 'large' },
    servers: [{ kind: 'tcp', after: 'head', stopsReading: true, play: () => [stall()] }],
    timer: 'sendMs',
    patienceMs: 8000,
  },
];
