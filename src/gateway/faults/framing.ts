import type { Fault } from '../fault.ts';
import { afterRequest, bytes, close, headOf, oneChunk, restOf, sends } from './broken-response.ts';

const CHUNKED = 'Transfer-Encoding: chunked\r\n\r\n';

/** The head does not say clearly where the body ends. */
export const FRAMING_FAULTS: readonly Fault[] = [
  {
    id: 'dup-cl-differ',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends Content-Length twice, with different values',
    lesson:
      'Two lengths are two messages: whoever believes the first reads another answer than whoever believes the second. Refusing it is the only safe choice, and not everybody’s.',
    servers: sends((response) => {
      const { length } = response.body;
      return `${headOf(response)}Content-Length: ${length}\r\nContent-Length: ${length + 1}\r\n\r\n${response.body}!`;
    }),
  },
  {
    id: 'dup-cl-same',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends Content-Length twice, with the same value',
    lesson:
      'An application and its framework both set the header. Harmless in meaning, and still a 502 behind the stricter gateways.',
    servers: sends((response) => `${headOf(response)}Content-Length: ${response.body.length}\r\n${restOf(response)}`),
  },
  {
    id: 'cl-negative',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a negative Content-Length',
    lesson:
      'A subtraction went wrong where the length was computed. Gateways refuse it, ignore it, or crash: one bad header from one upstream can take a gateway down for all.',
    servers: sends((response) => `${headOf(response)}Content-Length: -${response.body.length}\r\n\r\n${response.body}`),
  },
  {
    id: 'cl-not-number',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a Content-Length that is no number',
    lesson: 'The header is there and says nothing. A gateway that goes on without it has to guess where the body ends.',
    servers: sends((response) => `${headOf(response)}Content-Length: abc\r\n\r\n${response.body}`),
  },
  {
    id: 'cl-and-te',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends Content-Length and Transfer-Encoding: chunked together',
    lesson:
      'The chunks win, says RFC 9112, and a proxy should treat the pair as an attempt to smuggle. Compare what your gateway does with what the next one behind it does.',
    servers: sends((response) => {
      const { body } = response;
      return `${headOf(response)}Content-Length: ${body.length}\r\n${CHUNKED}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    }),
  },
  {
    id: 'te-unknown',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a Transfer-Encoding that does not exist',
    lesson:
      'A recipient that does not know the coding cannot find the end of the message. Some gateways read until the close, some refuse, one crashed.',
    servers: sends((response) => `${headOf(response)}Transfer-Encoding: foo\r\n\r\n${response.body}`),
  },
  {
    id: 'chunk-size-bad',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a first chunk whose size is not hexadecimal',
    lesson:
      'The head was fine, so many gateways had sent it on before they met the chunk. The result is a 200 in the log and an empty reply at the client.',
    servers: sends((response) => `${headOf(response)}${CHUNKED}zz\r\n${response.body}\r\n0\r\n\r\n`),
  },
  {
    id: 'chunk-size-bad-2nd',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends one good chunk, then a chunk whose size is not hexadecimal',
    lesson:
      'Part of the body is delivered before the stream breaks. Whether the client can tell depends on how the gateway ends its own answer.',
    servers: afterRequest((response) => [
      bytes(oneChunk(response)),
      bytes(`zz\r\n${response.body}\r\n0\r\n\r\n`, 100),
      close(100),
    ]),
  },
  {
    id: 'chunk-size-overflow',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a chunk size of seventeen hexadecimal digits, more than 64 bits hold',
    lesson:
      'Numbers from the network need a limit. A parser that lets them wrap around reads the next answer at a place that an attacker chose.',
    servers: sends((response) => `${headOf(response)}${CHUNKED}${'F'.repeat(17)}\r\n${response.body}\r\n0\r\n\r\n`),
  },
];
