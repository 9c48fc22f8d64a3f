import type { Volatile, VolatileContext } from '../recording.ts';
import { commonLogTime, dashedTime } from './log-time.ts';

/**
 * The parts of lighttpd's answers and log lines that change from run to run, or that belong to the reader's own request.
 * Access log: mod_accesslog's default format, the combined format with the host in second place. Error log: server.errorlog,
 * `time: (file.line) message`. Rules of one place run in this order, each on the text that the rules before it left.
 */

const ADDRESS = String.raw`(?:\d+(?:\.\d+){3}|\[[\da-f:]+\]):\d+`;

/** lighttpd's error log puts a question mark behind a path that has no query. */
const withQuery = (path: string): string => (path.includes('?') ? path : `${path}?`);

/**
 * Bytes of the request as mod_proxy sends it: what the client gave, with the headers that mod_proxy adds to it, which name
 * the host twice and the client's address once.
 */
function requestBytes({
  method,
  path,
  host,
  clientAddress,
  requestHeaders,
  requestBytes: bodyBytes,
}: VolatileContext): number {
  const requestLine = `${method} ${path} HTTP/1.1\r\n`;
  const given = requestHeaders.map(([name, value]) => `${name}: ${value}\r\n`);
  const added = [
    `X-Forwarded-For: ${clientAddress}`,
    `X-Host: ${host}`,
    `X-Forwarded-Host: ${host}`,
    'X-Forwarded-Proto: http',
    'Connection: close',
  ];
  return [requestLine, ...given, ...added.map((line) => `${line}\r\n`), '\r\n'].join('').length + bodyBytes;
}

const HEAD: readonly Volatile[] = [
  {
    name: 'date',
    in: 'head',
    find: /(?<=^Date: )[^\r\n]+/gm,
    // The whole response is buffered: the head goes out with the end of the body.
    fill: ({ finishedAt }) => new Date(finishedAt).toUTCString(),
  },
];

const ACCESS: readonly Volatile[] = [
  { name: 'client', in: 'access', find: /^\S+(?= )/g, fill: ({ clientAddress }) => clientAddress },
  { name: 'host', in: 'access', find: /(?<=^\S+ )\S+(?= \S+ \[)/g, fill: ({ host }) => host },
  {
    name: 'access-time',
    in: 'access',
    find: /(?<= \[)[^\]]+(?=\] ")/g,
    fill: ({ finishedAt }) => commonLogTime(finishedAt),
  },
  { name: 'method', in: 'access', find: /(?<=\] ")[A-Z]+(?= )/g, fill: ({ method }) => method },
  { name: 'path', in: 'access', find: /(?<=\] "\S+ )\S+(?= HTTP\/\d)/g, fill: ({ path }) => path },
  { name: 'user-agent', in: 'access', find: /(?<=" ")[^"]+(?="$)/g, fill: ({ userAgent }) => userAgent || '-' },
];

const ERROR: readonly Volatile[] = [
  {
    name: 'error-time',
    in: 'error',
    find: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?=: )/g,
    fill: ({ finishedAt }) => dashedTime(finishedAt),
  },
  {
    name: 'upstream-address',
    in: 'error',
    find: new RegExp(String.raw`(?<= tcp:)${ADDRESS}`, 'g'),
    fill: ({ upstreamAddress }) => upstreamAddress,
  },
  {
    name: 'path-and-query',
    in: 'error',
    find: /(?<= for )\/[^\s?]*\?\S*?(?=,? |,?$)/g,
    fill: ({ path }) => withQuery(path),
  },
  {
    name: 'path-alone',
    in: 'error',
    find: /(?<= for )\/[^\s?]*(?=,? |,?$)/g,
    fill: ({ path }) => path.replace(/\?.*/s, ''),
  },
  {
    name: 'request-bytes',
    in: 'error',
    find: /(?<= request sent: )\d+/g,
    fill: (context) => String(requestBytes(context)),
  },
  { name: 'descriptor', in: 'error', find: /(?<=\(fd: )\d+(?=\))/g, fill: () => '10' },
  { name: 'descriptors', in: 'error', find: /(?<= read\(\) )\d+ \d+(?=: )/g, fill: () => '9 10' },
];

/** The rules of lighttpd. A name means the same value wherever it stands. */
export const LIGHTTPD_VOLATILE: readonly Volatile[] = [...HEAD, ...ACCESS, ...ERROR];
