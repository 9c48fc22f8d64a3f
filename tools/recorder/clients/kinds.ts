import type { WireEvent } from '../../../src/gateway/exchange.ts';
import { SCHEMES, type Scheme } from '../../../src/schema/client-words.ts';

/**
 * A wire of every kind whose words are recorded. The sizes are sums of `scale`, so that a test can play each kind with
 * other numbers than those that were recorded.
 */
export interface SampleKind {
  readonly id: string;
  readonly schemes: readonly Scheme[];
  readonly wire: (scale: number) => readonly WireEvent[];
  /** The time limit that the client is given, seconds: more where the program must give up by itself. */
  readonly seconds: number;
}

/** Time between two events, ms: so that each is met alone. */
const PAUSE_MS = 60;
const SECONDS = 2;
const LONG_SECONDS = 20;

const ENDINGS = ['close', 'reset', 'silence'] as const;

/** Bytes, one event a text, and how they end. */
const played = (texts: readonly string[], ending: (typeof ENDINGS)[number]): WireEvent[] => {
  const bytes = texts.map((text, index): WireEvent => ({ at: index * PAUSE_MS, kind: 'bytes', bytes: text }));
  return [...bytes, { at: Math.max(1, texts.length) * PAUSE_MS, kind: ending === 'silence' ? 'stall' : ending }];
};

const head = (...lines: readonly string[]): string =>
  ['HTTP/1.1 502 Bad Gateway', 'Content-Type: text/plain', ...lines, '', ''].join('\r\n');
const text = (length: number): string => 'x'.repeat(length);
const chunk = (length: number): string => `${length.toString(16)}\r\n${text(length)}\r\n`;
const bodyOf = (length: number): string => head(`Content-Length: ${length}`) + text(length);

/** Kinds with each of the three endings; `scale` is at least 1. */
const CUT: Readonly<Record<string, (scale: number) => readonly string[]>> = {
  nothing: () => [],
  'status-line': () => ['HTTP/1.1 502 Bad'],
  head: () => ['HTTP/1.1 502 Bad Gateway\r\nServer: gw\r\nContent-Ty'],
  body: (scale) => [head(`Content-Length: ${900 * scale}`), text(37 * scale)],
  'open-nothing': () => [head('Connection: close')],
  'open-body': (scale) => [head('Connection: close'), text(37 * scale)],
  chunk: (scale) => [head('Transfer-Encoding: chunked'), chunk(900 * scale).slice(0, 37 * scale)],
  'chunk-end': (scale) => [head('Transfer-Encoding: chunked'), chunk(37 * scale)],
};

/** Kinds that end a connection which was to be closed after the message. */
const CUT_LAST: typeof CUT = {
  'body-close-last': (scale) => [head(`Content-Length: ${900 * scale}`, 'Connection: close'), text(37 * scale)],
  'chunk-close-last': (scale) => [
    head('Transfer-Encoding: chunked', 'Connection: close'),
    chunk(900 * scale).slice(0, 37 * scale),
  ],
  'chunk-end-close-last': (scale) => [head('Transfer-Encoding: chunked', 'Connection: close'), chunk(37 * scale)],
};

/** Kinds that a client decides on before the connection ends. */
const DECIDED: typeof CUT = {
  answer: (scale) => [bodyOf(37 * scale)],
  'not-http': () => ['SSH-2.0-OpenSSH_9.2\r\n'],
  'status-too-short': () => ['HTTP/1.1 50 Bad\r\nContent-Length: 0\r\n\r\n'],
  'status-in-words': () => ['HTTP/1.1 Bad Gateway\r\nContent-Length: 0\r\n\r\n'],
  'continue-unasked': (scale) => ['HTTP/1.1 100 Continue\r\n\r\n', bodyOf(37 * scale)],
  'upgrade-unasked': () => ['HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  'chunk-size-bad': (scale) => [head('Transfer-Encoding: chunked'), `${chunk(37 * scale)}zz\r\nxx\r\n`],
  'gzip-that-is-none': (scale) => [head('Content-Encoding: gzip', `Content-Length: ${37 * scale}`) + text(37 * scale)],
  'nul-in-header': () => [head('X-Nul: a\0b', 'Content-Length: 0')],
  'length-invalid': () => [head('Content-Length: abc') + text(5)],
  'length-twice': () => [head('Content-Length: 5', 'Content-Length: 5') + text(5)],
  'lengths-differ': (scale) => [
    head(`Content-Length: ${37 * scale}`, `Content-Length: ${38 * scale}`) + text(37 * scale),
  ],
  'transfer-coding-unknown': () => [head('Transfer-Encoding: cow') + text(5)],
  'header-line-too-long': () => [head(`X-Long: ${text(70_000)}`, 'Content-Length: 0')],
  'headers-too-long': () => [head(`X-Long: ${text(30_000)}`, 'Content-Length: 0')],
  'too-many-headers': () => [head(...Array.from({ length: 101 }, (_, index) => `X-${index}: 1`), 'Content-Length: 0')],
  'bare-cr': () => [head('X-Bare: a\rb', 'Content-Length: 0')],
};

const kindsOf = (
  table: typeof CUT,
  endings: readonly (typeof ENDINGS)[number][],
  name: (id: string, ending: string) => string,
): SampleKind[] =>
  Object.entries(table).flatMap(([id, texts]) =>
    endings.map((ending) => ({
      id: name(id, ending),
      schemes: SCHEMES,
      wire: (scale: number) => played(texts(scale), ending),
      seconds: SECONDS,
    })),
  );

const FAILED_BEFORE: readonly (readonly [string, WireEvent, seconds?: number])[] = [
  ['connect-refused', { at: 0, kind: 'connect-failed', reason: 'refused' }],
  ['connect-timeout', { at: 0, kind: 'connect-failed', reason: 'timeout' }],
  ['connect-unreachable', { at: 0, kind: 'connect-failed', reason: 'unreachable' }],
  ['lookup-nxdomain', { at: 0, kind: 'lookup-failed', reason: 'nxdomain' }, LONG_SECONDS],
  ['lookup-servfail', { at: 0, kind: 'lookup-failed', reason: 'servfail' }, LONG_SECONDS],
  ['lookup-timeout', { at: 0, kind: 'lookup-failed', reason: 'timeout' }, LONG_SECONDS],
];

const TLS: readonly (readonly [string, string])[] = [
  ['tls-expired', 'the certificate has expired'],
  ['tls-wrong-name', 'the certificate is for another name'],
  ['tls-self-signed', 'the certificate is self-signed'],
  ['tls-unknown-authority', 'the certificate is from an unknown authority'],
  ['tls-client-certificate', 'a client certificate is required'],
  ['tls-version', 'no TLS version in common'],
];

export const SAMPLE_KINDS: readonly SampleKind[] = [
  ...FAILED_BEFORE.map(([id, event, seconds = SECONDS]) => ({ id, schemes: SCHEMES, wire: () => [event], seconds })),
  ...TLS.map(([id, reason]) => ({
    id,
    schemes: ['https'] as const,
    wire: () => [{ at: 0, kind: 'tls-failed', reason } as const],
    seconds: SECONDS,
  })),
  ...kindsOf(CUT, ENDINGS, (id, ending) => `${id}-${ending}`),
  ...kindsOf(CUT_LAST, ['close'], (id) => id),
  ...kindsOf(DECIDED, ['silence'], (id) => id),
];
