/**
 * The names that programs give one request. Two lines that bear the same one belong together, however far apart they
 * stand; two lines that bear different ones of the same kind are about different requests.
 */

export interface RequestId {
  /** Its label in the line, such as `x-request-id`; `any` where the line does not say what the id names. */
  readonly kind: string;
  readonly value: string;
}

const LABELED =
  /\b(x-(?:amzn-)?request-?id|(?:http_)?(?:x_)?request_?id|x-correlation-id|correlation[_-]?id|req[_-]?id|trace[_-]?id|cfRay|cf-ray|cf_ray)"?\)? ?[:=] ?\[?"?([A-Za-z0-9][A-Za-z0-9_.-]{5,127})/gi;
/** The page of Cloudflare: the id stands in an element of its own. */
const RAY_PAGE = /\bRay ID: ?(?:<[^<>]{1,80}>)? ?([0-9a-f]{16})\b/gi;
/** AWS writes the trace into headers and into the access logs of its balancers; W3C trace context is the other usual one. */
const TRACE = /\bRoot=(1-[0-9a-f]{8}-[0-9a-f]{24})\b|\b00-([0-9a-f]{32})-[0-9a-f]{16}-0[01]\b/gi;
/** nginx numbers connections; all lines of a request bear the number of its connection. */
const NGINX_CONNECTION = /\b\d{1,10}#\d{1,10}: (\*\d{1,12}) /g;
const UNLABELED = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b/gi;

/** More than a line bears. */
const MOST = 8;
const LONGEST = 4000;
const RAY = 'ray';

/** Cloudflare puts the name of its data center behind the id. */
const withoutPlace = (value: string): string => value.replace(/-[a-z]{3}$/i, '');

function labeled(label: string, written: string): RequestId {
  const value = written.toLowerCase();
  if (/^cf/i.test(label)) return { kind: RAY, value: withoutPlace(value) };
  // `requestId`, `request_id` and `Request-ID` are one label.
  return { kind: label.replace(/(?<=[a-z])(?=I[dD]\b)|_/g, '-').toLowerCase(), value };
}

/** Every id in one line, or in the lines of one message. */
export function requestIdsOf(line: string): readonly RequestId[] {
  const text = line.length > LONGEST ? line.slice(0, LONGEST) : line;
  const ids: RequestId[] = [];
  const add = (id: RequestId) => {
    if (ids.length < MOST && !ids.some(({ value }) => value === id.value)) ids.push(id);
  };
  for (const [, label = '', value = ''] of text.matchAll(LABELED)) add(labeled(label, value));
  for (const [, value = ''] of text.matchAll(RAY_PAGE)) add({ kind: RAY, value: value.toLowerCase() });
  for (const [, root, trace] of text.matchAll(TRACE))
    add({ kind: 'trace', value: (root ?? trace ?? '').toLowerCase() });
  for (const [, serial = ''] of text.matchAll(NGINX_CONNECTION)) add({ kind: NGINX_KIND, value: serial });
  for (const [value] of text.matchAll(UNLABELED)) add({ kind: 'any', value: value.toLowerCase() });
  return ids;
}

/** A number of a connection, which several requests may share. */
export const NGINX_KIND = 'nginx';

/** Do they name the same request, or certainly different ones? */
export function compareIds(a: readonly RequestId[], b: readonly RequestId[]): 'same' | 'other' | 'unknown' {
  if (a.some(({ value }) => b.some((id) => id.value === value))) return 'same';
  return a.some(({ kind }) => kind !== 'any' && b.some((id) => id.kind === kind)) ? 'other' : 'unknown';
}
