import type { ScenarioRoute } from '../schema/scenario.ts';
import { headerValue, formatHead, toLatin1 } from './http-message.ts';
import { LAB_RESPONSE, type Fault, type ServerScript, type UpstreamResponse } from './fault.ts';
import type { Header, WireEvent } from './exchange.ts';

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  425: 'Too Early',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The response that the scenario's application gives when it is well. */
export function applicationResponse({ response }: Pick<ScenarioRoute, 'response'>): UpstreamResponse {
  const json = typeof response.body !== 'string';
  const body = toLatin1(typeof response.body === 'string' ? response.body : `${JSON.stringify(response.body)}\n`);
  const given: Header[] = Object.entries(response.headers);
  const type: Header[] = headerValue(given, 'content-type')
    ? []
    : [['Content-Type', json ? 'application/json' : 'text/plain; charset=utf-8']];
  return {
    status: response.status,
    reason: REASONS[response.status] ?? '',
    headers: [...type, ...given],
    body,
    delayMs: response.delay,
  };
}

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
  /** What of the wire is a response that a gateway can pass on; null when the gateway has to answer itself. */
  readonly response: string | null;
}

/**
 * Plays a server's script against one request.
 * @param application what the scenario's application answers; null takes the script's own sample
 * @param oneWayMs delay between gateway and upstream, ms
 */
export function playServer(script: ServerScript, application: UpstreamResponse | null, oneWayMs: number): UpstreamPlay {
  const roundTrip = 2 * oneWayMs;
  switch (script.kind) {
    case 'closed':
      return failed({ at: roundTrip, kind: 'connect-failed', reason: 'refused' });
    case 'blackhole':
      return failed({ at: roundTrip, kind: 'connect-failed', reason: 'timeout' });
    case 'unresolvable':
      return failed({ at: roundTrip, kind: 'lookup-failed', reason: script.rcode });
    case 'http': {
      const response = script.response ?? application ?? LAB_RESPONSE;
      const bytes = formatResponse(response);
      const at = 2 * roundTrip + response.delayMs;
      return {
        wire: [
          { at, kind: 'bytes', bytes },
          { at, kind: 'stall' },
        ],
        connectMs: roundTrip,
        response: bytes,
      };
    }
    case 'tcp': {
      const sample = application ?? script.sample ?? LAB_RESPONSE;
      const start = script.after === 'accept' ? roundTrip : 2 * roundTrip + sample.delayMs;
      const wire = script.play(sample).map((event) => ({ ...event, at: start + event.at }));
      const bytes = wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
      return { wire, connectMs: roundTrip, response: bytes };
    }
  }
}

const failed = (event: WireEvent): UpstreamPlay => ({ wire: [event], connectMs: null, response: null });

/** True when the fault lets a whole response head through, so that the gateway passes the upstream's answer on. */
export const passesResponse = (fault: Fault): boolean =>
  fault.passesResponse ?? fault.servers.every(({ kind }) => kind === 'http');
