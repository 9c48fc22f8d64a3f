import type { Volatile, VolatileContext } from '../recording.ts';
import { NODE_CONSOLE, NODE_VOLATILE } from './http-proxy-volatile.ts';

/**
 * The changing parts of what http-proxy-middleware writes by itself: its log on the console, and the text of its error
 * answers, which names the request. Where the look-behind is long, the slash is looked for first: bodies can be.
 */

const hostOf = ({ host }: VolatileContext): string => host;
const pathOf = ({ path }: VolatileContext): string => path;

/** The rules of http-proxy-middleware. */
export const HTTP_PROXY_MIDDLEWARE_VOLATILE: readonly Volatile[] = [
  ...NODE_VOLATILE,
  ...NODE_CONSOLE,
  { name: 'path', in: 'body', find: /(?=\/)(?<=^Error occurred while trying to proxy: [^/\s]+)\/\S*/g, fill: pathOf },
  { name: 'host', in: 'body', find: /(?<=^Error occurred while trying to proxy: )[^/\s{]+/g, fill: hostOf },
  { name: 'path', in: 'error', find: /(?<=^\[HPM\] [A-Z]+ )\S+(?= -> )/g, fill: pathOf },
  { name: 'method', in: 'error', find: /(?<=^\[HPM\] )[A-Z]+(?= \S+ -> )/g, fill: ({ method }) => method },
  { name: 'path', in: 'error', find: /(?=\/)(?<= -> [a-z]+:\/\/[^/\s]+)\/\S*(?= \[\d+\]$)/g, fill: pathOf },
  // The upstream's status, also where the client had gone before it got one.
  { name: 'status', in: 'error', find: /(?<= \[)\d{3}(?=\]$)/g, fill: ({ status }) => String(status || 200) },
  {
    // Names that the recorder's upstreams go by where an address would not do.
    name: 'upstream-address',
    in: 'error',
    find: /(?<=:\/\/)(?:upstream|rr)\.test:\d+/g,
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  { name: 'path', in: 'error', find: /(?=\/)(?<= proxying request [^/\s]+)\/\S*(?= to )/g, fill: pathOf },
  { name: 'host', in: 'error', find: /(?<= proxying request )[^/\s{]+/g, fill: hostOf },
];
