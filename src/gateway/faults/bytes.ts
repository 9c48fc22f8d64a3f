import type { Fault } from '../fault.ts';
import { BARE_RESPONSE, sends, sendsStatusLine } from './broken-response.ts';
import { FRAMING_FAULTS } from './framing.ts';
import { HEADER_FAULTS } from './headers.ts';

/** 64 bytes without a pattern that any protocol would know. */
const NOISE = Array.from({ length: 64 }, (_, index) => String.fromCharCode((index * 37 + 129) & 255 || 1)).join('');

/** The upstream answers with bytes that a gateway cannot or will not accept. */
export const BYTES_FAULTS: readonly Fault[] = [
  {
    id: 'garbage-binary',
    group: 'bytes',
    cause: 'protocol-mismatch',
    summary: 'answers with 64 bytes that are no protocol’s',
    lesson:
      'Something else than HTTP lives on that port. Some gateways relay such bytes as they are, so that the client’s parser is the first to complain.',
    servers: sends(() => NOISE),
  },
  {
    id: 'garbage-ssh',
    group: 'bytes',
    cause: 'protocol-mismatch',
    summary: 'answers with the banner of an SSH server',
    lesson:
      'A wrong port number in the upstream’s address. The banner names the program that really listens: read the raw bytes once and the search is over.',
    servers: sends(() => 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
  },
  {
    id: 'http09',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends HTML without a status line or a header',
    lesson:
      'That was HTTP/0.9, in 1991. A script that prints its page before its head does the same today, and gateways disagree on whether it is an error at all.',
    servers: sends(() => '<html><body>hello</body></html>\n'),
  },
  {
    id: 'bad-status-text',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'swaps code and reason: HTTP/1.1 OK 200',
    lesson:
      'A human reads it, a parser does not. Hand-written servers and CGI scripts get the status line wrong more often than anything else.',
    servers: sendsStatusLine('HTTP/1.1 OK 200'),
  },
  {
    id: 'bad-status-2digit',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a status of two digits: HTTP/1.1 20 OK',
    lesson:
      'A status has three digits. Gateways that pass two of them on leave each client library to its own idea of what came.',
    servers: sendsStatusLine('HTTP/1.1 20 OK'),
  },
  {
    id: 'status-999',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'answers with the status 999',
    lesson:
      'Three digits, and outside every class that HTTP defines. Most gateways pass it on; some clients refuse a status above 599.',
    servers: sendsStatusLine('HTTP/1.1 999 Odd'),
  },
  {
    id: 'status-no-reason',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'ends its status line right after the code, without the space before the reason',
    lesson:
      'The reason may be empty, the space before it may not be missing. Nearly everybody forgives it, which is why nobody notices until one parser does not.',
    servers: sendsStatusLine('HTTP/1.1 200'),
  },
  {
    id: 'bad-http-version',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'claims to speak HTTP/9.9',
    lesson:
      'Whether the number in front is checked at all differs between gateways. Same bytes, 200 here and 502 there: an upstream that works behind one can fail behind the next.',
    servers: sendsStatusLine('HTTP/9.9 200 OK'),
  },
  ...HEADER_FAULTS,
  ...FRAMING_FAULTS,
  {
    id: 'h2-settings',
    group: 'bytes',
    cause: 'protocol-mismatch',
    summary: 'is an HTTP/2 server without TLS, which greets with a SETTINGS frame',
    lesson:
      'The upstream speaks HTTP/2 only (gRPC servers do) and the gateway asked in HTTP/1.1. The answer begins with zero bytes: a frame length, no status line.',
    servers: [{ kind: 'http2' }],
  },
  {
    id: 'h2-preface',
    group: 'bytes',
    cause: 'protocol-mismatch',
    summary: 'answers with the preface of an HTTP/2 client',
    lesson:
      '“PRI * HTTP/2.0” is what a client says first. Here it comes from the other side: two proxies face each other the wrong way round.',
    servers: sends(() => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', BARE_RESPONSE),
  },
  {
    id: 'body-on-204',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'answers 204 No Content, and sends a body with it',
    lesson:
      'A 204 ends after its head whatever Content-Length says. The surplus bytes wait in the connection for the next request: this is how answers get swapped.',
    servers: sends(
      ({ body }) => `HTTP/1.1 204 No Content\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      BARE_RESPONSE,
    ),
  },
  {
    id: 'gzip-lie',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'says Content-Encoding: gzip over a body that is not compressed',
    lesson:
      'Gateways pass it on, browsers and curl --compressed fail to decode it. Look for two layers that both believe they compress.',
    servers: sends(({ status, reason, headers, body }) => {
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      return `HTTP/1.1 ${status} ${reason}\r\n${lines}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    }),
  },
];
