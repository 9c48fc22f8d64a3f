import type { Volatile, VolatileContext } from '../recording.ts';
import { HEAD_DATE } from './head-date.ts';

/**
 * The changing parts of what the lab's Node gateways answer and log: the access log of tools/recorder/programs/node-routes.ts,
 * and errors on the console. Rules of one place run in this order, each on the text that the rules before it left.
 */

/** The access log keeps this much of a path. */
const LOGGED_PATH_LENGTH = 200;

/** A scenario that names its upstream by address gets the recorder's name: an address needs no lookup. */
const lookedUpHost = ({ upstreamHost }: VolatileContext): string =>
  /^[\d.]+$|:/.test(upstreamHost) ? 'no-such-host.test' : upstreamHost;

export const NODE_VOLATILE: readonly Volatile[] = [
  HEAD_DATE,
  {
    name: 'logged-path',
    in: 'access',
    find: /(?<=^"[A-Z]+ )\S+(?= HTTP\/)/g,
    fill: ({ path }) => path.slice(0, LOGGED_PATH_LENGTH),
  },
  { name: 'method', in: 'access', find: /(?<=^")[A-Z]+(?= \S+ HTTP\/)/g, fill: ({ method }) => method },
  {
    name: 'duration-ms',
    in: 'access',
    find: /\d+(?=ms$)/g,
    fill: ({ responseMs }) => String(Math.round(responseMs ?? 0)),
  },
];

/** What Node itself writes on the console: OpenSSL's words, and where a program was when it ended. */
export const NODE_CONSOLE: readonly Volatile[] = [
  // The thread, as OpenSSL's error texts begin.
  { name: 'openssl-thread', in: 'error', find: /\b[\dA-F]{16}(?=:error:)/g, fill: () => '80C2B4F0E57F0000' },
  {
    name: 'program-folder',
    in: 'error',
    find: /(?<=[( ])(?:file:\/\/)?\/[^\s()]*?\/(?=tools\/recorder\/programs\/|node_modules\/)/g,
    fill: () => '/opt/gateway/',
  },
];

/** Recorded access-log lines of a passed-on answer name the recorder's status. */
export const NODE_ACCESS_STATUS: Volatile = {
  name: 'status',
  in: 'access',
  find: /(?<= HTTP\/\S+" )\d+(?= )/g,
  fill: ({ status }) => String(status),
};

/** The rules of http-proxy. */
export const HTTP_PROXY_VOLATILE: readonly Volatile[] = [
  ...NODE_VOLATILE,
  ...NODE_CONSOLE,
  { name: 'path', in: 'error', find: /(?<=^proxy error )\S+(?=: )/g, fill: ({ path }) => path },
  { name: 'upstream-host', in: 'error', find: /(?<=getaddrinfo E\w+ )[\w.-]+/g, fill: lookedUpHost },
];
