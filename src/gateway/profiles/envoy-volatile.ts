import { seededRandom } from '../random.ts';
import type { Volatile, VolatileContext } from '../recording.ts';
import { HEAD_DATE } from './head-date.ts';

/**
 * The parts of Envoy's answers and log lines that change from run to run, or that belong to the reader's own request. The
 * format of the access log is LOG_FORMAT of tools/recorder/gateways/envoy-extensions.ts: Envoy's default, then why. Envoy
 * has no error log of requests. Rules run in this order, each on the text that the rules before it left; `-` stands for
 * what did not happen and is never masked.
 */

const whole = (ms: number | null): string => String(Math.round(ms ?? 0));

/** ms between the end of the request and the head of the response. */
const serviceTime = ({ headerMs, responseMs }: VolatileContext): string => whole(headerMs ?? responseMs);

/** A random UUID (RFC 9562 §5.4), the same one for the same exchange. */
function uuid({ id, requestedAt }: VolatileContext): string {
  const random = seededRandom(requestedAt + id);
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'[Math.floor(random() * 4)] ?? '8';
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const HEAD: readonly Volatile[] = [
  HEAD_DATE,
  { name: 'service-ms', in: 'head', find: /(?<=^x-envoy-upstream-service-time: )\d+/gm, fill: serviceTime },
];

const ACCESS: readonly Volatile[] = [
  {
    name: 'start-time',
    in: 'access',
    find: /(?<=^\[)[^\]]+(?=\] ")/g,
    fill: ({ requestedAt }) => new Date(requestedAt).toISOString(),
  },
  { name: 'path', in: 'access', find: /(?<=^\[[^\]]+\] "[A-Z]+ )\S+(?= HTTP\/)/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<=^\[[^\]]+\] ")[A-Z]+(?= \S+ HTTP\/)/g, fill: ({ method }) => method },
  {
    name: 'request-bytes',
    in: 'access',
    find: /(?<=HTTP\/\S+" \d+ \S+ )\d+(?= \d+ \d+ )/g,
    fill: ({ requestBytes }) => String(requestBytes),
  },
  {
    name: 'duration-ms',
    in: 'access',
    find: /(?<=HTTP\/\S+" \d+ \S+ \S+ \d+ )\d+(?= )/g,
    fill: ({ finishedAt, requestedAt }) => whole(finishedAt - requestedAt),
  },
  { name: 'service-ms', in: 'access', find: /(?<=HTTP\/\S+" \d+ \S+ \S+ \d+ \S+ )\d+(?= ")/g, fill: serviceTime },
  {
    name: 'user-agent',
    in: 'access',
    find: /(?<=HTTP\/\S+" [^"]* "[^"]*" ")(?!-")[^"]+(?=" ")/g,
    fill: ({ userAgent }) => userAgent || '-',
  },
  { name: 'request-id', in: 'access', find: /(?<=" ")[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?=" ")/g, fill: uuid },
  { name: 'host', in: 'access', find: /(?<="\{\{request-id\}\}" ")[^"{]+(?=" ")/g, fill: ({ host }) => host },
  {
    name: 'upstream-address',
    in: 'access',
    find: /(?<=" ")\d+(?:\.\d+){3}:\d+(?=" details=)/g,
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
];

/** The rules of Envoy. A name means the same value wherever it stands. */
export const ENVOY_VOLATILE: readonly Volatile[] = [...HEAD, ...ACCESS];
