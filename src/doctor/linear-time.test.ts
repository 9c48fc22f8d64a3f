import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.ts';
import { elapsedOf, measuredIn } from './elapsed.ts';
import { failedEntries } from './har.ts';
import { detailsOf } from './line-details.ts';
import { timeOf } from './line-time.ts';
import { READERS } from './readers/index.ts';
import { requestIdsOf } from './request-ids.ts';

/**
 * Lines that were made to drive a regular expression mad: almost what a format looks like, over and over. What reads
 * them must take twice the time for twice the length, never four times.
 */
const HOSTILE: Readonly<Record<string, string>> = {
  'a blank': ' ',
  'one letter': 'a',
  digits: '1',
  'quotation marks': '"',
  backslashes: '\\',
  'escaped quotation marks': '\\"',
  'color codes that never end': '\u001b[1;',
  slashes: '/',
  dots: '10.0.0.',
  'dates without a time': '2026/03/02 ',
  'hours without a date': '10:00:0',
  'months without a day': ' Mar 02/Mar/2026:',
  'request lines': '"GET /a HTTP/1.1" ',
  'common log fields': '] "GET / HTTP/1.1" 50 ',
  'timers of HAProxy': '/s1 0/0/1/-1/',
  'states of HAProxy': '0/0/0/0/0 503 0 - - SC',
  'flags of Envoy': 'HTTP/1.1" 503 UF,UF,UF,',
  'fields of an Envoy line': '503 UF 0 91 3 - "-" "curl" "',
  'the balancer of AWS': 'http 2026-03-02T10:00:00.000000Z app/a/b 10.0.0.1:1 10.0.0.2:2 0.1 ',
  'addresses of the web': 'https://a.example.com/',
  'fields of JSON': '"status": "50", "path": "/a", ',
  'ids of requests': 'x-request-id: abcdefgh-',
  'halves of UUIDs': '0123abcd-0123-0123-',
  'serial numbers of nginx': '29#29: *1 ',
  'times of curl': 'first byte 1.0 total ',
  'times of nginx': 'request_time=1.',
  'upstreams of nginx': 'upstream_addr=10.0.0.5:80, 10.0.0.6:80, ',
  'results of Squid': 'TCP_MISS_MISS_MISS/',
  'a HAR file': '{"log":{"entries":[{"request":',
  'words of a status': '502 Bad Gate status 50 HTTP error ',
};

const READ: Readonly<Record<string, (line: string) => unknown>> = {
  ...Object.fromEntries(READERS.map(({ id, read }) => [`the reader ${id}`, read])),
  timeOf,
  detailsOf,
  elapsedOf,
  measuredIn,
  requestIdsOf,
  cleanText: (line) => cleanText(line, { quoted: true }).text,
  failedEntries: (line) => failedEntries(`{"log":{"entries":[${line}`),
};

/** Processor time of one call, ms; of the quickest of several, because others use the machine as well. */
function cost(read: (line: string) => unknown, line: string): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    read(line);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

const SHORT = 10_000;
const FACTOR = 8;
/** Between the factor of a linear reader and its square, which is 64. */
const MOST = 3 * FACTOR;
/** Below this a clock measures itself. */
const NOISE = 2;

describe.each(Object.entries(READ))('%s', (_, read) => {
  it.each(Object.entries(HOSTILE))('takes no more than linear time for %s', (_name, piece) => {
    const short = piece.repeat(Math.ceil(SHORT / piece.length));
    const long = piece.repeat(Math.ceil((SHORT * FACTOR) / piece.length));
    read(short);
    expect(cost(read, long)).toBeLessThan(MOST * Math.max(NOISE, cost(read, short)));
  });
});

it('the measure knows a reader that takes the square of the length', () => {
  const square = (line: string) => {
    let sum = 0;
    for (let at = 0; at < line.length; at += 1) for (let to = at; to < line.length; to += 40) sum += to;
    return sum;
  };
  expect(cost(square, 'a'.repeat(SHORT * FACTOR))).toBeGreaterThan(
    MOST * Math.max(NOISE, cost(square, 'a'.repeat(SHORT))),
  );
});
