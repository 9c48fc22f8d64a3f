import { formatHead } from './http-message.ts';
import {
  LAB_RESPONSE,
  SLOW_CONNECT_RESPONSE,
  type ServerScript,
  type TlsServer,
  type UpstreamResponse,
} from './fault.ts';
import type { Header, WireEvent } from './exchange.ts';

/** 204 and 304 end with their head (RFC 9112 §6.3). */
const allowsBody = ({ status }: UpstreamResponse): boolean => status !== 204 && status !== 304;

/** True when a body that is not empty follows the head. */
export const hasBody = (response: UpstreamResponse): boolean => allowsBody(response) && response.body !== '';

/** Writes a response as an HTTP/1.1 server does: head with Content-Length, then the body. Latin1 text. */
export function formatResponse(response: UpstreamResponse): string {
  const { status, reason, body } = response;
  const headers: Header[] = allowsBody(response)
    ? [...response.headers, ['Content-Length', String(body.length)]]
    : [...response.headers];
  return formatHead({ version: 'HTTP/1.1', status, reason, headers }) + (allowsBody(response) ? body : '');
}

/** One server's side of an attempt, as the gateway meets it. */
export interface UpstreamPlay {
  /** `at` in ms since the gateway turned to this server. */
  readonly wire: readonly WireEvent[];
  /** ms until the connection stood; null when it never did. */
  readonly connectMs: number | null;
  /** What of the wire is HTTP, or should be; null when there was no connection to send it on. */
  readonly response: string | null;
}

/** TCP sends a lost SYN again after this time (RFC 6298 §2), ms. */
const SYN_AGAIN_MS = 1000;

/** What Node.js's HTTP/2 server sends to an HTTP/1 client: SETTINGS when it connects, GOAWAY when it speaks. */
const HTTP2_SETTINGS = '\0\0\0\x04\0\0\0\0\0';
const HTTP2_GOAWAY = '\0\0\b\x07\0\0\0\0\0\0\0\0\0\0\0\0\x02';

/** Why a gateway that verifies does not take this server. */
const TLS_REFUSALS: Readonly<Record<TlsServer['certificate'], string>> = {
  good: 'no TLS version in common',
  expired: 'the certificate has expired',
  wrongname: 'the certificate is for another name',
  selfsigned: 'the certificate is self-signed',
};

/**
 * Plays a server's script against one request.
 * @param application what the scenario's application answers; null takes the script's own sample
 * @param oneWayMs delay between gateway and upstream, ms
 * @param fails the gateway got no answer out of this attempt: where a script has two outcomes, play that one
 * @param closes the gateway asks the server to close the connection, and a well-behaved one says that it does
 */
export function playServer(
  script: ServerScript,
  application: UpstreamResponse | null,
  oneWayMs: number,
  fails = false,
  closes = false,
): UpstreamPlay {
  const roundTrip = 2 * oneWayMs;
  const played = (wire: readonly WireEvent[]): UpstreamPlay => ({
    wire,
    connectMs: roundTrip,
    response: wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join(''),
  });
  switch (script.kind) {
    case 'closed':
    case 'unix':
      return failed({ at: roundTrip, kind: 'connect-failed', reason: 'refused' });
    case 'blackhole':
      return failed({ at: roundTrip, kind: 'connect-failed', reason: 'timeout' });
    case 'unresolvable':
      return failed({ at: roundTrip, kind: 'lookup-failed', reason: script.rcode });
    case 'slow-connect': {
      const response = script.response ?? application ?? SLOW_CONNECT_RESPONSE;
      const at = SYN_AGAIN_MS + 2 * roundTrip + response.delayMs;
      return { ...played(answered(response, at, closes)), connectMs: SYN_AGAIN_MS + roundTrip };
    }
    case 'tls-only':
      return played([{ at: 2 * roundTrip, kind: 'close' }]);
    case 'http2':
      return played([
        { at: roundTrip, kind: 'bytes', bytes: HTTP2_SETTINGS },
        { at: 2 * roundTrip, kind: 'bytes', bytes: HTTP2_GOAWAY },
        { at: 2 * roundTrip, kind: 'close' },
      ]);
    case 'cgi':
      return { ...played(script.wire.map((event) => ({ ...event, at: 2 * roundTrip + event.at }))), response: null };
    case 'http': {
      if (fails && script.onReuse) return played([{ at: roundTrip, kind: script.onReuse }]);
      if (fails && script.tls) {
        const reason = script.tls.demandsClientCertificate
          ? 'a client certificate is required'
          : TLS_REFUSALS[script.tls.certificate];
        return failed({ at: 2 * roundTrip, kind: 'tls-failed', reason });
      }
      const answer = script.response ?? application ?? LAB_RESPONSE;
      // The gateway's earlier connection has ended: it is the second one that answers.
      const response = script.numbersConnections
        ? { ...answer, headers: [...answer.headers, ['X-Upstream-Conn', '2'] as const] }
        : answer;
      return played(answered(response, 2 * roundTrip + response.delayMs + (script.delayMs ?? 0), closes));
    }
    case 'tcp': {
      const sample = application ?? script.sample ?? LAB_RESPONSE;
      const start = script.after === 'accept' ? roundTrip : 2 * roundTrip + sample.delayMs;
      return played(script.play(sample).map((event) => ({ ...event, at: start + event.at })));
    }
  }
}

const failed = (event: WireEvent): UpstreamPlay => ({ wire: [event], connectMs: null, response: null });

/** A whole answer, after which the connection stays open or is closed. */
const answered = (response: UpstreamResponse, at: number, closes: boolean): WireEvent[] => {
  return [
    { at, kind: 'bytes', bytes: responseBytes(response, closes) },
    { at, kind: closes ? 'close' : 'stall' },
  ];
};

interface Formatted extends Pick<UpstreamResponse, 'status' | 'reason' | 'body'> {
  readonly bytes: string;
}

const formatted = {
  open: new WeakMap<readonly Header[], Formatted>(),
  closing: new WeakMap<readonly Header[], Formatted>(),
};

/** {@link formatResponse}, with `Connection: close` if the server closes; remembered for as long as somebody has the response's headers: most requests get the same one. */
export function responseBytes(response: UpstreamResponse, closes: boolean): string {
  const known = closes ? formatted.closing : formatted.open;
  const { status, reason, body } = response;
  const found = known.get(response.headers);
  if (found && found.status === status && found.reason === reason && found.body === body) return found.bytes;
  const headers = closes ? [...response.headers, ['Connection', 'close'] as const] : response.headers;
  const bytes = formatResponse({ ...response, headers });
  known.set(response.headers, { status, reason, body, bytes });
  return bytes;
}
