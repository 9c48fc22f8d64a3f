import type { Volatile } from '../recording.ts';
import { GO_ERRORS } from './go-errors.ts';
import { HEAD_DATE } from './head-date.ts';
import { slashedTime } from './log-time.ts';

/**
 * The changing parts of what tools/recorder/programs/go-reverseproxy answers and logs: its own access log, and errors as
 * Go's log package writes them. Rules of one place run in this order, each on the text that the rules before it left.
 */
export const GO_REVERSEPROXY_VOLATILE: readonly Volatile[] = [
  HEAD_DATE,
  {
    name: 'client',
    in: 'access',
    find: /^\S+:\d+(?= ")/g,
    fill: ({ clientAddress, id }) => `${clientAddress}:${40_000 + (id % 10_000)}`,
  },
  {
    name: 'path-without-query',
    in: 'access',
    find: /(?<= "[A-Z]+ )\S+(?= HTTP\/)/g,
    fill: ({ path }) => path.replace(/\?.*$/, ''),
  },
  { name: 'method', in: 'access', find: /(?<= ")[A-Z]+(?= \S+ HTTP\/)/g, fill: ({ method }) => method },
  {
    name: 'duration-ms',
    in: 'access',
    find: /\d+(?=ms$)/g,
    fill: ({ responseMs }) => String(Math.round(responseMs ?? 0)),
  },
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/g,
    fill: ({ finishedAt }) => slashedTime(finishedAt),
  },
  ...GO_ERRORS.map((rule): Volatile => ({ ...rule, in: 'error' })),
];
