import type { Volatile } from '../recording.ts';
import { commonLogTime } from './log-time.ts';

/**
 * The parts of H2O's answers and log lines that change from run to run, or that belong to the reader's own request.
 * The access log is the format of tools/recorder/gateways/h2o.ts; a line of the error log is
 * `[lib/core/proxy.c] in request:<path>:<what happened>`, without a time.
 */

/** In its error log H2O shows paths of up to 31 characters; of a longer one the first 29 and dots. */
const shown = (path: string): string => (path.length > 31 ? `${path.slice(0, 29)}...` : path);

/** Rules of one place run in this order, each on the text that the rules before it left. */
export const H2O_VOLATILE: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^date: )[^\r\n]+/gim,
    // The head goes out when the upstream's head has come, or when H2O has given up on it.
    fill: ({ requestedAt, headerMs, finishedAt }) =>
      new Date(headerMs === null ? finishedAt : Math.min(requestedAt + headerMs, finishedAt)).toUTCString(),
  },
  { name: 'client', in: 'access', find: /^\S+(?= \S+ \S+ \[)/g, fill: ({ clientAddress }) => clientAddress },
  // The time at which the request came, not that of the line.
  {
    name: 'request-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: ({ requestedAt }) => commonLogTime(requestedAt),
  },
  { name: 'path', in: 'access', find: /(?<=\] "[A-Z]+ )\S+(?= HTTP\/)/g, fill: ({ path }) => path },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= )/g, fill: ({ method }) => method },
  { name: 'user-agent', in: 'access', find: /(?<=")[^"]+(?=" err=")/g, fill: ({ userAgent }) => userAgent },
  { name: 'shown-path', in: 'error', find: /(?<= in request:)\/[^:]*(?=:)/g, fill: ({ path }) => shown(path) },
];
