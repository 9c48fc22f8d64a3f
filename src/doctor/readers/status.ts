import type { Details, Mark, Reader } from '../facts.ts';
import { statusName } from './status-name.ts';

/**
 * A status, in the ways in which people paste one: a status line, a common access log, a field of JSON or logfmt, a
 * sentence of a library, the title of an error page. A status alone proves little, so it is a weak fact.
 */

const STATUS_LINE = /\bHTTP\/(?:[123]|1\.[01]|2\.0)"?:? (?<status>[1-9]\d\d)\b/dg;
const FIELD =
  /\b(?:status|statusCode|status_code|response_code|responseCode|http_status|httpStatus|HttpStatus|DownstreamStatus|EdgeResponseStatus|sc-status|StatusCode|http_code|HTTP status code|status code|Status Code)"?(?: ?[:=] ?| (?:was |is |of )?)"?(?<status>[1-5]\d\d)\b/dg;
const TITLE =
  /\b(?<status>400|401|403|404|407|408|413|414|429|431|499|500|502|503|504|52[0-7]|530)(?: -|:| \||\)|<\/h1>)? {0,2}(?:Bad Request|Unauthorized|Forbidden|Not Found|Proxy Authentication Required|Request Time-?out|Request Entity Too Large|Payload Too Large|Content Too Large|Request-URI Too Large|URI Too Long|Too Many Requests|Request Header Fields Too Large|Request Header Or Cookie Too Large|Internal Server Error|Bad Gateway|Proxy Error|Service (?:Temporarily )?Unavailable|Backend fetch failed|Gateway Time-?out|Server Error:|Client Error:)/dgi;
const NAMED =
  /\b(?:Error|ERROR|error code:?|HTTP(?: error)?|response:?|got|status:?) (?<status>50[0234]|429|52[0-7]|530)\b/dg;

/** Squid's and Traffic Server's `TCP_MISS/200`, and the `-> http://… [200]` of http-proxy-middleware. */
const RESULT_CODE =
  /\b(?:TCP|UDP|NONE|ERR)_[A-Z_]{2,40}\/(?<status>[1-9]\d\d)\b|-> https?:\S{1,500} \[(?<code>[1-5]\d\d)\]/dg;
/** A common access log whose request line is broken. */
const AFTER_QUOTE = /\] "[^"]{0,1000}" (?<status>[1-5]\d\d) (?:\d{1,15}|-) /dg;

/** CloudFront's columns: method, host, path, status. */
const COLUMNS = /\b(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) [a-z0-9.-]{1,250} \/\S{0,1000} (?<status>[1-5]\d\d) /dg;

const PATTERNS = [STATUS_LINE, FIELD, TITLE, NAMED, RESULT_CODE, AFTER_QUOTE, COLUMNS];
/** More than a line of a log has; a list of a thousand numbers is not evidence. */
const MOST = 8;

export const STATUS: Reader = {
  id: 'status',
  sign: '',
  read: (line) => {
    const marks: Mark[] = [];
    const codes: number[] = [];
    for (const pattern of PATTERNS) {
      for (const match of line.matchAll(pattern)) {
        const at = match.indices?.groups?.status ?? match.indices?.groups?.code;
        const status = match.groups?.status ?? match.groups?.code;
        if (at === undefined || status === undefined || marks.some(({ start }) => start === at[0])) continue;
        codes.push(Number(status));
        marks.push({ name: statusName(Number(status)), start: at[0], end: at[1] });
        if (marks.length >= MOST) break;
      }
    }
    const status = codes[0];
    if (status === undefined) return null;
    const details: Details = { status };
    return { marks, details };
  },
};
