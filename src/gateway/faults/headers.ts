import type { Fault } from '../fault.ts';
import { BARE_RESPONSE, sends, sendsWith } from './broken-response.ts';

const MANY_HEADERS = Array.from({ length: 2000 }, (_, index) => `X-N${index}: 1\r\n`).join('');

/** Headers that are malformed, or too large. */
export const HEADER_FAULTS: readonly Fault[] = [
  {
    id: 'header-space-in-name',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a header whose name has a space in it',
    lesson:
      'A header name is one word. Often the space is a human’s label that ended up in code: “Request Id”. Strict gateways answer 502, lenient ones drop the line or pass it on.',
    servers: sendsWith('Bad Header: x\r\n'),
  },
  {
    id: 'header-space-colon',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a header with a space before its colon',
    lesson:
      'That space once let attackers smuggle headers past filters, so RFC 9112 tells proxies to remove it and servers to reject it. One invisible character, 200 or 502.',
    servers: sendsWith('X-Late : x\r\n'),
  },
  {
    id: 'header-no-colon',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a line without a colon among its headers',
    lesson:
      'A warning that a script printed too early looks like this in a head. The text of the line, if the gateway logs it, names the script.',
    servers: sendsWith('NoColonHere\r\n'),
  },
  {
    id: 'header-empty-name',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a header line that begins with the colon',
    lesson:
      'A header without a name, mostly from a variable that was empty. Half of the gateways refuse the whole answer for it.',
    servers: sendsWith(': empty\r\n'),
  },
  {
    id: 'header-folded',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'breaks a header value over two lines',
    lesson:
      'Folding was legal once and is obsolete since 2014. Long values that a library wraps by itself, such as certificates in a header, still bring it back.',
    servers: sendsWith('X-Fold: a\r\n b\r\n'),
  },
  {
    id: 'header-null',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a NUL byte in a header value',
    lesson:
      'Binary data in a header, or memory that was read too far. Programs in C stop reading at the NUL, others do not: what one checks, the other never sees.',
    servers: sendsWith('X-Null: a\0b\r\n'),
  },
  {
    id: 'header-bare-cr',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'sends a carriage return without a line feed in a header value',
    lesson:
      'A text from Windows or an old Mac that was put into a header unchecked. Whoever takes the CR for a line end reads a different message than the rest.',
    servers: sendsWith('X-Cr: a\rb\r\n'),
  },
  {
    id: 'header-too-large',
    group: 'bytes',
    cause: 'header-too-big',
    summary: 'answers 200 with one header of 64 KiB',
    lesson:
      'The application worked and its own log says 200. The gateway’s buffer for response heads was too small, often because cookies or a token grew.',
    servers: sendsWith(`X-Big: ${'b'.repeat(65_536)}\r\n`),
  },
  {
    id: 'header-12k',
    group: 'bytes',
    cause: 'header-too-big',
    summary: 'answers 200 with one header of 12 KiB',
    lesson:
      'Fine behind most gateways, too big for the default of a few. It shows when a login adds one more role to the token and only some people get a 502.',
    servers: sendsWith(`X-Big: ${'b'.repeat(12_288)}\r\n`),
  },
  {
    id: 'header-too-many',
    group: 'bytes',
    cause: 'header-too-big',
    summary: 'answers 200 with two thousand small headers',
    lesson:
      'Limits exist for the number of headers as well as for their size, and seldom in the same place of the manual. Look for a loop that adds instead of setting.',
    servers: sendsWith(MANY_HEADERS),
    patienceMs: 40_000,
  },
  {
    id: 'lf-only',
    group: 'bytes',
    cause: 'invalid-response',
    summary: 'ends its lines with LF alone',
    lesson:
      'Recipients may accept a bare LF, and most do. A print in a script forgets the CR; the day a stricter gateway comes, it is a 502.',
    servers: sends(
      ({ status, reason, body }) =>
        `HTTP/1.1 ${status} ${reason}\nContent-Type: text/plain\nContent-Length: ${body.length}\n\n${body}`,
      BARE_RESPONSE,
    ),
  },
];
