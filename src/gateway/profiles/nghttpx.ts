import type { Header } from '../exchange.ts';
import { headerValues, type ResponseHead } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import { framingOf } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { NGHTTPX_VOLATILE } from './nghttpx-volatile.ts';

/**
 * nghttpx writes its own reason phrases, and none for a status that it does not know. Measured: nghttpx 1.52.0 was given
 * every status from 200 to 599 by an upstream whose phrase was `Mine`.
 */
const REASONS: Readonly<Record<number, string>> = {
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  305: 'Use Proxy',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Requested Range Not Satisfiable',
  417: 'Expectation Failed',
  421: 'Misdirected Request',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  511: 'Network Authentication Required',
};

/** `ETag` becomes `Etag`: nghttpx keeps names in lower case, and capitalizes them for HTTP/1.1. */
const capitalized = (name: string): string =>
  name.toLowerCase().replaceAll(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** The end of the connection is the end of the message, or the upstream wanted it so. */
function closes(head: ResponseHead): boolean {
  const wanted = headerValues(head.headers, 'connection').some((value) => /\bclose\b/i.test(value));
  const chunked = headerValues(head.headers, 'transfer-encoding').some((value) => /chunked/i.test(value));
  return wanted || !(chunked || framingOf(head) === 'length' || framingOf(head) === 'none');
}

/** nghttpx as a reverse proxy (`proto=http/1.1` to the upstream, connections kept). It adds no Date to what it passes on. */
export const nghttpx: Profile = {
  id: 'nghttpx',
  volatile: NGHTTPX_VOLATILE,
  passOn: (head) => {
    const via = [...headerValues(head.headers, 'via'), '1.1 nghttpx'].join(', ');
    const passed = withoutHopByHop(head.headers)
      .filter(([name]) => !['server', 'via'].includes(name.toLowerCase()))
      .map(([name, value]): Header => [capitalized(name), value]);
    const own: Header[] = [
      ...(closes(head) ? [['Connection', 'close'] as const] : []),
      ['Server', 'nghttpx'],
      ['Via', via],
    ];
    return { ...head, version: 'HTTP/1.1', reason: REASONS[head.status] ?? '', headers: [...passed, ...own] };
  },
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= \d+ ")/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<=" \d{3} )\d+(?= ")/g, fill: ({ bodyBytes }) => String(bodyBytes) },
  ],
  // `… WARN (file.cc:1532) [DCONN:0x…] Backend connect failed; …`; the first line is the one nearest to the cause.
  verdict: ([line = '']) => / [A-Z]+ \([^)]*\) (?:\[[^\]]*\] )?(.+)$/.exec(line)?.[1] ?? null,
};
