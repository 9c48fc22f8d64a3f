import type { WireEvent } from '../exchange.ts';
import type { TcpServer, UpstreamResponse } from '../fault.ts';
import { formatFields } from '../http-message.ts';

/** Small parts from which the faults build what their servers send. */

/** The application's answer that most faults break. */
const SHORT_RESPONSE: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'hello',
  delayMs: 0,
};

/** The same without a header of its own, for faults of the status line. */
export const BARE_RESPONSE: UpstreamResponse = { ...SHORT_RESPONSE, headers: [] };

/** Status line and the application's headers, without the empty line that ends a head. */
export const headOf = ({ status, reason, headers }: UpstreamResponse): string =>
  `HTTP/1.1 ${status} ${reason}\r\n${formatFields(headers)}`;

/** The rest of a well-formed message: its length, the empty line, the body. */
export const restOf = ({ body }: UpstreamResponse): string => `Content-Length: ${body.length}\r\n\r\n${body}`;

/** The first chunk of a chunked message: head, and the whole body as one chunk. The last chunk does not follow. */
export const oneChunk = (response: UpstreamResponse): string =>
  `${headOf(response)}Transfer-Encoding: chunked\r\n\r\n${response.body.length.toString(16)}\r\n${response.body}\r\n`;

export const bytes = (text: string, at = 0): WireEvent => ({ at, kind: 'bytes', bytes: text });
export const close = (at = 0): WireEvent => ({ at, kind: 'close' });
export const reset = (at = 0): WireEvent => ({ at, kind: 'reset' });
export const stall = (at = 0): WireEvent => ({ at, kind: 'stall' });

type Play = TcpServer['play'];

/** Waits for a whole request, then plays these events. */
export const afterRequest = (play: Play, sample: UpstreamResponse = SHORT_RESPONSE): readonly [TcpServer] => [
  { kind: 'tcp', after: 'request', play, sample },
];

/** Waits for a whole request, sends these bytes and closes. */
export const sends = (
  build: (response: UpstreamResponse) => string,
  sample: UpstreamResponse = SHORT_RESPONSE,
): readonly [TcpServer] => afterRequest((response) => [bytes(build(response)), close()], sample);

/** Sends a message with one more line in its head, written as given, before its Content-Length. */
export const sendsWith = (line: string): readonly [TcpServer] =>
  sends((response) => `${headOf(response)}${line}${restOf(response)}`);

/** Sends a message whose first line is this one. */
export const sendsStatusLine = (line: string): readonly [TcpServer] =>
  sends((response) => `${line}\r\n${formatFields(response.headers)}${restOf(response)}`, BARE_RESPONSE);

/** A form with one field, which is no idempotent request. */
export const POST = {
  method: 'POST',
  headers: [['Content-Type', 'application/x-www-form-urlencoded']],
  body: 'a=1',
} as const;
