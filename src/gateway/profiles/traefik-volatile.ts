import type { Volatile } from '../recording.ts';
import { GO_ERRORS } from './go-errors.ts';
import { HEAD_DATE } from './head-date.ts';
import { commonLogTime, slashedTime } from './log-time.ts';
import { routeName } from './route-name.ts';

/**
 * The changing parts of Traefik's answers and log lines. The access log is Traefik's "common" format: the Common Log
 * Format, then referrer and user agent (`-`: headers are not logged by default), the number of requests so far, router,
 * server and duration. Rules of one place run in this order, each on the text that the rules before it left.
 */
export const TRAEFIK_VOLATILE: readonly Volatile[] = [
  HEAD_DATE,
  { name: 'client', in: 'access', find: /^\S+(?= - )/g, fill: ({ clientAddress }) => clientAddress },
  {
    name: 'access-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: ({ requestedAt }) => commonLogTime(requestedAt),
  },
  { name: 'path', in: 'access', find: /(?<=\] "[A-Z]+ )\S+(?= HTTP\/)/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= \S+ HTTP\/)/g, fill: ({ method }) => method },
  { name: 'request-count', in: 'access', find: /(?<=" )\d+(?= "[^"]*" "[^"]*" \d+ms$)/g, fill: ({ id }) => String(id) },
  {
    name: 'route',
    in: 'access',
    find: /(?<= ")[\w-]+(?=@file" "[^"]*" \d+ms$)/g,
    fill: ({ path }) => routeName(path).replaceAll('_', '-'),
  },
  {
    name: 'upstream-address',
    in: 'access',
    find: /(?<=" "https?:\/\/)[^"{]+(?=" \d+ms$)/g,
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  {
    name: 'duration-ms',
    in: 'access',
    find: /(?<= )\d+(?=ms$)/g,
    fill: ({ responseMs }) => String(Math.round(responseMs ?? 0)),
  },
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g,
    fill: ({ finishedAt }) => new Date(finishedAt).toISOString().replace(/\.\d+/, ''),
  },
  {
    name: 'client-with-port',
    in: 'error',
    find: /(?<= aborted \[)[\d.]+:\d+(?= - )/g,
    fill: ({ clientAddress, id }) => `${clientAddress}:${40_000 + (id % 10_000)}`,
  },
  {
    // Lines of Go's own log package come with their own time.
    name: 'inner-time',
    in: 'error',
    find: /(?<= > )\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?= )/g,
    fill: ({ finishedAt }) => slashedTime(finishedAt),
  },
  { name: 'path', in: 'error', find: /(?<= attempt \d+ for request: )\S+/g, fill: ({ path }) => path },
  { name: 'path', in: 'error', find: /(?<= aborted \[\S+ - )\S+(?=\]: )/g, fill: ({ path }) => path },
  ...GO_ERRORS.map((rule): Volatile => ({ ...rule, in: 'error' })),
];
