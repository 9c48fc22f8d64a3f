import { spanOf, type Mark, type Reader } from '../facts.ts';
import { statusName } from './status-name.ts';

/**
 * Envoy's access log, as text or with named fields. The response flags say in two or three letters what Envoy did.
 * https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#response-flags
 */

const FLAGS = String.raw`(?<flags>[A-Z]{2,6}(?:,[A-Z]{2,6}){0,4}|-)`;
const TEXT = new RegExp(String.raw`HTTP/[\d.]{1,3}"? (?<status>\d{1,3}) ${FLAGS} (?<rest>.{0,400})`, 'd');
const NAMED = new RegExp(
  String.raw`\b(?:response_flags?|responseFlags|RESPONSE_FLAGS)"?[:=] ?"?${FLAGS}(?![A-Za-z])`,
  'd',
);
const STATUS = /\b(?:status|response_code|responseCode)"?[:=] ?"?(?<status>\d{1,3})\b/;
const DURATION = /^(?:[a-z_][^\s"]{0,200} \S{1,100} "[^"]{0,300}" )?\d{1,12} \d{1,12} (?<ms>\d{1,9})\b/;
const UPSTREAM = /"(?<upstream>\d{1,3}(?:\.\d{1,3}){3}:\d{1,5})"/;
/** The default format has the id of the request between the client's program and the host. */
const REQUEST_ID = /" "(?<id>[0-9a-f]{8}-[0-9a-f-]{27})" "/;

function marksOf(flags: string, status: number, rest: string, span: { start: number; end: number }): readonly Mark[] {
  if (flags !== '-') return flags.split(',').map((flag) => ({ name: `envoy:${flag}`, ...span }));
  const passedOn = status >= 500 && /\bvia_upstream\b/.test(rest);
  return [{ name: passedOn ? `passed-on:${status}` : statusName(status), ...span }];
}

export const ENVOY: Reader = {
  id: 'envoy',
  sign: ' ',
  read: (line) => {
    const match = TEXT.exec(line) ?? NAMED.exec(line);
    const groups = match?.groups;
    if (match === null || groups?.flags === undefined) return null;
    const status = Number(groups.status ?? STATUS.exec(line)?.groups?.status ?? '0');
    const rest = groups.rest ?? '';
    // `"GET / HTTP/1.1" 200 - ` is the common log format of other programs too: Envoy goes on with three numbers.
    if (groups.flags === '-' && !DURATION.test(rest)) return null;
    const ms = DURATION.exec(rest)?.groups?.ms;
    const upstream = UPSTREAM.exec(rest)?.groups?.upstream;
    const requestId = REQUEST_ID.exec(rest)?.groups?.id;
    const details = {
      status,
      ...(ms === undefined ? {} : { elapsedMs: Number(ms) }),
      ...(upstream === undefined ? {} : { upstream }),
      ...(requestId === undefined ? {} : { requestId }),
    };
    return { marks: marksOf(groups.flags, status, rest, spanOf(match, 'flags')), details };
  },
};
