import { elapsedOf } from './elapsed.ts';
import type { Details } from './facts.ts';

/**
 * Details that many formats give in their own words: upstream, host, method, path, elapsed time. They are read from the
 * line of a finding only, to fill in the next command and to tell one incident from another.
 */

const REQUEST =
  /\b(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE) (https?:\/\/[^\s"'/]{1,200})?(\/[^\s"']{0,1000})/;
const METHOD_FIELD = /"?(?:method|verb|requestMethod|cs-method)"?[:=] ?"?(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS)\b/i;
const CURL_METHOD = /\bcurl\b[^\n]{0,200} -(?:X|-request) ?(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS)\b/;
const PATH_FIELD = /"?(?:path|uri|request_uri|RequestPath|target)"?[:=] ?"?(\/[^\s",]{0,1000})/i;
const HOST_FIELD =
  /"?(?:\bhost|authority|request_host|vhost)"?[:=] ?"?([a-z0-9][a-z0-9.-]{0,250})(?::\d{1,5})?(?=["\s,]|$)/i;
const URL = /https?:\/\/([a-z0-9][a-z0-9.-]{0,250})(?::\d{1,5})?(\/[^\s"'<>)\]]{0,1000})?/i;
const UPSTREAM_FIELDS = [
  /\bupstream: "(?:[a-z]{1,10}:\/\/)?([^"/\s]{1,200})/i,
  /"?(?:upstream_host|upstream_addr|upstreamAddr|UPSTREAM_HOST|originService|ServiceURL)"?[:=] ?"?(?:https?:\/\/)?([^",\s/]{1,200})/i,
  /\bupstream=([^\s",]{1,200})/,
  /\b(?:dial tcp|connect to|to host|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|remote server|attempt to connect to) \(?(\[?[a-z0-9][a-z0-9:.-]{1,200}\]?:\d{1,5})\b/i,
];
/** nginx writes one value for each try: `10.0.0.5:8080, 10.0.0.6:8080`. */
const RETRIED = /\bupstream_(?:addr|status|response_time)"?[:=] ?"?[^\s",]{1,100}, [^\s",]{1,100}/;
const UNIX_SOCKET = /unix:(\/[^\s:",]{1,200})/;

function first(text: string, patterns: readonly RegExp[]): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined && found !== '-') return found;
  }
  return undefined;
}

/** What the line says about the request, in whatever format. */
export function detailsOf(line: string): Details {
  const text = line.length > 4000 ? line.slice(0, 4000) : line;
  const request = REQUEST.exec(text);
  const url = URL.exec(text);
  const method = request?.[1] ?? METHOD_FIELD.exec(text)?.[1]?.toUpperCase() ?? CURL_METHOD.exec(text)?.[1];
  const host = HOST_FIELD.exec(text)?.[1] ?? (request?.[2] ?? url?.[0])?.replace(/^https?:\/\//, '').split(/[:/]/)[0];
  const path = request?.[3] ?? PATH_FIELD.exec(text)?.[1] ?? url?.[2];
  const socket = UNIX_SOCKET.exec(text)?.[1];
  const upstream = socket === undefined ? first(text, UPSTREAM_FIELDS) : `unix:${socket}`;
  const elapsedMs = elapsedOf(text);
  return {
    ...(method === undefined ? {} : { method }),
    ...(host === undefined || host === '_' ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(upstream === undefined ? {} : { upstream }),
    ...(RETRIED.test(text) ? { retried: true } : {}),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
  };
}
