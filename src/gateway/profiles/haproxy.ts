import type { Header } from '../exchange.ts';
import { headerValue, headerValues, type ResponseHead } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import type { VolatileContext } from '../recording.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { HAPROXY_VOLATILE } from './haproxy-volatile.ts';
import { withoutHopByHop } from './hop-by-hop.ts';

/** What ended a session (first letter of the termination state) and in which phase (second): configuration manual §8.5. */
const ENDED_BY: Readonly<Record<string, string>> = {
  C: 'the client aborted',
  S: 'the server aborted or refused',
  P: 'HAProxy itself ended the session: a rule, a limit, or bytes that are not valid HTTP',
  R: 'a resource of HAProxy was used up',
  I: 'an internal error of HAProxy',
  D: 'HAProxy ended the session because the server was marked down',
  L: 'HAProxy answered by itself, as configured',
  c: "HAProxy's timer for the client ran out",
  s: "HAProxy's timer for the server ran out",
};
const PHASE: Readonly<Record<string, string>> = {
  R: 'waiting for the whole request',
  Q: 'waiting in the queue for a server',
  C: 'connecting to the server',
  H: "waiting for the server's whole response head",
  D: 'passing the body on',
  L: 'sending the last bytes to the client',
  T: 'holding the request back in the tarpit',
};

/** `SC-- (…)` out of a log line; null for `----`, a session that ended well. */
function terminationIn(line: string): string | null {
  const state = / - - (([\w-])([\w-])[\w-]{2}) \d+\/\d+\/\d+\/\d+\//.exec(line);
  const [, code = '', by = '-', phase = '-'] = state ?? [];
  if (by === '-') return null;
  return `${code} (${ENDED_BY[by] ?? by} while ${PHASE[phase] ?? 'the session was closing'})`;
}

/**
 * What HAProxy logs as bytes_read: not the bytes that it sent, but the size of the response in its own memory (HTX). That
 * is 20 bytes and the three words of the status line, names and values of the headers without separators (Connection is
 * written later), 1 byte for the end of the head, the body without its framing, and 1 byte for the end of a chunked one.
 */
function storedBytes({ head, bodyBytes }: VolatileContext): number {
  if (head === null) return 0;
  const headers = head.headers.filter(([name]) => name !== 'connection').flat();
  const words = ['HTTP/1.1', String(head.status), head.reason ?? '', ...headers].join('').length;
  return 20 + words + 1 + bodyBytes + (isChunked(head.headers) ? 1 : 0);
}

const isChunked = (headers: readonly Header[]): boolean => headerValue(headers, 'transfer-encoding') !== null;

/** What HAProxy passes on: an offer to upgrade, too, as of a 426 (asked of HAProxy 2.6.12). */
function beyondTheHop(headers: readonly Header[]): readonly Header[] {
  const passed = new Set(withoutHopByHop(headers));
  const token = headerValues(headers, 'connection')
    .join(', ')
    .match(/(?<![^\s,])upgrade(?![^\s,])/i)?.[0];
  if (token === undefined || headerValue(headers, 'upgrade') === null) return [...passed];
  return headers.flatMap((header): Header[] => {
    const [name] = header;
    if (/^connection$/i.test(name)) return [[name, token]];
    return passed.has(header) || /^upgrade$/i.test(name) ? [header] : [];
  });
}

/**
 * HAProxy as a reverse proxy (`mode http`, defaults: HTTP/1.1 to the server, connections kept). It adds nothing to a
 * response, not even Server or Date, keeps the order of the headers, and writes every name in lower case. Of two ways to
 * say where the body ends it keeps the stronger, and where the server gives none it closes the connection.
 */
function passOn(head: ResponseHead): ResponseHead {
  const framing = framingOf(head);
  const kept =
    framing === 'chunked' ? head.headers.filter(([name]) => !/^content-length$/i.test(name)) : withoutFraming(head);
  const passed = beyondTheHop(kept).map(([name, value]): Header => [name.toLowerCase(), value]);
  const headers: Header[] = framing === 'close' ? [...passed, ['connection', 'close']] : passed;
  return { ...head, version: 'HTTP/1.1', reason: head.reason ?? '', headers };
}

/** HAProxy as a reverse proxy. */
export const haproxy: Profile = {
  id: 'haproxy',
  waitsForNobody: true,
  volatile: HAPROXY_VOLATILE,
  passOn,
  passedOnLog: [
    {
      name: 'status',
      in: 'access',
      find: /(?<=\/\+?\d+ )\d{3}(?= \+?\d+ - - )/g,
      fill: ({ status }) => String(status),
    },
    {
      name: 'bytes',
      in: 'access',
      find: /(?<= \d{3} \+?)\d+(?= - - )/g,
      fill: (context) => String(storedBytes(context)),
    },
  ],
  verdict: (_errorLines, accessLines) => terminationIn(accessLines[0] ?? ''),
};
