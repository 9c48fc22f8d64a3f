import { recordingsFor } from '../../src/build/scenarios.ts';
import type { WireEvent } from '../../src/gateway/exchange.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import type { ScenarioText } from '../../src/schema/scenario.ts';
import type { Meeting } from './comparison.ts';

/**
 * What a server can do to a client, byte for byte: more than any gateway passes on. Each case takes the place of a recorded
 * answer of nginx, so that the simulated network and the real server play the same.
 */

interface RawCase {
  readonly wire: readonly WireEvent[];
  /** Only the first requests meet it; the next ones get an answer. All, when left out. */
  readonly first?: number;
}

const bytes = (text: string, at = 0): WireEvent => ({ at, kind: 'bytes', bytes: text });
const close = (at = 1): WireEvent => ({ at, kind: 'close' });
const reset = (at = 1): WireEvent => ({ at, kind: 'reset' });
const stall = (at = 1): WireEvent => ({ at, kind: 'stall' });
const head = (status: string, ...lines: readonly string[]): string =>
  [`HTTP/1.1 ${status}`, ...lines, '', ''].join('\r\n');

const BODY = '{"error":"x"}';
const JSON_TYPE = 'Content-Type: application/json';
const answer = (status: string, ...lines: readonly string[]): RawCase => ({
  wire: [bytes(head(status, JSON_TYPE, `Content-Length: ${BODY.length}`, ...lines) + BODY), stall()],
});
const ends = (text: string, end: WireEvent): RawCase => ({ wire: [bytes(text), end] });
const CHUNKED = head('200 OK', JSON_TYPE, 'Transfer-Encoding: chunked');
const gzip = (body: string): string =>
  head('200 OK', 'Content-Encoding: gzip', `Content-Length: ${body.length}`) + body;
/** Thirty letters, compressed, and the same without its end. cspell:disable-next-line */
const GZIPPED = atob('H4sIAAAAAAACA0tMxAcAwdPBax4AAAA=');

const STATUSES = [
  '200',
  '204',
  '408',
  '418',
  '425',
  '429',
  '500',
  '502',
  '503',
  '504',
  '520',
  '599',
  '600',
  '783',
  '999',
];
const BAD_STATUSES = ['000', '099', '1000', '20'];

export const RAW_CASES: Readonly<Record<string, RawCase>> = {
  ...Object.fromEntries(
    STATUSES.map((status) => [
      `s${status}`,
      status === '204' ? ends(head('204 No Content'), stall()) : answer(`${status} X`),
    ]),
  ),
  ...Object.fromEntries(BAD_STATUSES.map((status) => [`s${status}`, answer(`${status} X`)])),
  s503_ra1: answer('503 X', 'Retry-After: 1'),
  s429_ra1: answer('429 X', 'Retry-After: 1'),
  s502_ra1: answer('502 X', 'Retry-After: 1'),
  s503_ra_junk: answer('503 X', 'Retry-After: soon'),
  no_reason: answer('502 '),
  no_reason_no_space: { wire: [bytes('HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n'), stall()] },
  html200: {
    wire: [
      bytes(head('200 OK', 'Content-Type: text/html', 'Content-Length: 37') + '<html><h1>502 Bad Gateway</h1></html>'),
      stall(),
    ],
  },
  close_after_request: { wire: [close(0)] },
  rst_after_request: { wire: [reset(0)] },
  trunc_body: ends(head('200 OK', JSON_TYPE, 'Content-Length: 100') + '{"a":1,"b":"half', close()),
  rst_mid_body: ends(head('200 OK', JSON_TYPE, 'Content-Length: 100') + '{"a":1,"b":"half', reset(30)),
  trunc_chunked: ends(`${CHUNKED}10\r\n{"a":1,"b":"half\r\n`, close()),
  bad_chunk: ends(`${CHUNKED}ZZZ\r\n{"a":1}\r\n`, close()),
  trunc_close_delimited: ends(`${head('200 OK', JSON_TYPE, 'Connection: close')}{"a":1,"b":"half`, close()),
  garbage: ends('\x00\x01\x02\xff\xfe\n', close()),
  empty_line: ends('\r\n', close()),
  tls_bytes: ends('\x15\x03\x01\x00\x02\x02\x28', close()),
  big_header: { wire: [bytes(head('200 OK', `X-Big: ${'b'.repeat(70_000)}`, 'Content-Length: 2') + '{}'), stall()] },
  two_cl: ends(`${head('200 OK', 'Content-Length: 2', 'Content-Length: 3')}{}x`, close()),
  gzip_well: { wire: [bytes(gzip(GZIPPED)), stall()] },
  bad_gzip: { wire: [bytes(gzip('this is no gzip')), stall()] },
  trunc_gzip: { wire: [bytes(gzip(GZIPPED.slice(0, 12))), stall()] },
  hang: { wire: [stall(0)] },
  hang_after_headers: { wire: [bytes(head('200 OK', JSON_TYPE, 'Content-Length: 100')), stall()] },
  dribble: {
    wire: [
      bytes(head('200 OK', 'Content-Length: 6')),
      ...[1, 2, 3, 4, 5, 6].map((second) => bytes('a', second * 400)),
      stall(2_401),
    ],
  },
  early_hints_502: {
    wire: [
      bytes(
        `${head('103 Early Hints', 'Link: </a.css>; rel=preload')}${head('502 X', `Content-Length: ${BODY.length}`)}${BODY}`,
      ),
      stall(),
    ],
  },
  flaky2: { wire: [reset(0)], first: 2 },
  fail502x2: { ...answer('502 X'), first: 2 },
};

/** The faults of nginx whose recorded answers make room: those of a plain GET to one server. */
const ROOM = FAULTS.filter(
  ({ request, route, servers, prime, cause }) =>
    cause !== null && !request && !route && prime === undefined && servers.length === 1,
).map(({ id }) => id);

/** These cases in front of the clients; each under a path of its own. */
export function rawMeeting(names: readonly string[]): Meeting {
  const recorded = recordingsFor('nginx');
  const known = new Set(recorded.recordings.map(({ fault }) => fault));
  const room = ROOM.filter((fault) => known.has(fault));
  if (room.length < names.length) throw new Error(`There is room for ${room.length} cases, not for ${names.length}.`);
  const placed = names.map((name, index) => ({ name, fault: room[index] ?? '', ...RAW_CASES[name] }));
  const recordings: RecordingSet = {
    ...recorded,
    recordings: recorded.recordings.map((recording) => {
      const wire = placed.find(({ fault }) => fault === recording.fault)?.wire;
      return wire ? { ...recording, wire, others: [] } : recording;
    }),
  };
  const routes = placed.map(({ name, fault, first }): ScenarioText['routes'][number] => ({
    match: `* /${name}`,
    fault,
    response: { body: { ok: true } },
    ...(first === undefined ? {} : { schedule: { first } }),
  }));
  return { gateway: 'nginx', routes, paths: Object.fromEntries(names.map((name) => [name, `/${name}`])), recordings };
}
