import type { Fault } from '../fault.ts';
import { oneChunk, sends } from './broken-response.ts';

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
  {
    id: 'ok-slow',
    group: 'control',
    cause: null,
    summary: 'answers 200 after half a second, sooner than any timer of the gateway',
    lesson:
      'Slow is not broken. The gateway waits in silence, and only the times in its log tell where the half second went.',
    servers: [{ kind: 'http', delayMs: 500 }],
  },
  {
    id: 'ok-chunked',
    group: 'control',
    cause: null,
    summary: 'answers 200 with a chunked body, complete to the last chunk',
    lesson:
      'Without Content-Length the last chunk is the only proof that a body is whole. Remember this picture for the faults that cut it.',
    servers: sends((response) => `${oneChunk(response)}0\r\n\r\n`),
  },
  {
    id: 'tls-ok',
    group: 'control',
    cause: null,
    summary: 'speaks TLS with a certificate that the gateway trusts, for the name it asks for',
    lesson:
      'Three things hold at once here: the chain leads to a trusted authority, the dates are right, the name matches. Each TLS fault breaks one of them.',
    route: { tls: true },
    servers: [{ kind: 'http', tls: { certificate: 'good' } }],
  },
];
