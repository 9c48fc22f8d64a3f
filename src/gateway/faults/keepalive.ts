import type { Fault, FaultRequest, HttpServer } from '../fault.ts';
import { POST } from './broken-response.ts';

const GET: FaultRequest = { method: 'GET' };

/** Answers the first request of a connection, and ends the connection when a second one arrives on it. */
const endsOnReuse = (onReuse: 'close' | 'reset'): readonly [HttpServer] => [
  { kind: 'http', onReuse, numbersConnections: true },
];

/** One request goes first, so that the gateway has an idle connection. */
const REUSED = { group: 'keepalive', cause: 'keepalive-race', route: { keepAlive: true }, prime: 1 } as const;

/** The connection that the gateway kept is going away at the moment in which it is used again. */
export const KEEPALIVE_FAULTS: readonly Fault[] = [
  {
    ...REUSED,
    id: 'ka-race-get',
    summary: 'closes an idle connection just as the gateway sends the next GET on it',
    lesson:
      'Two timers race: the upstream’s idle timeout and the next request. Set the gateway’s shorter than the upstream’s; until then some gateways repeat the GET and others answer 502.',
    servers: endsOnReuse('close'),
  },
  {
    ...REUSED,
    id: 'ka-race-post',
    summary: 'closes an idle connection just as the gateway sends a POST on it',
    lesson:
      'The rare 502 that hits only writes: a gateway that quietly repeats a GET must not repeat a POST. It is gone once the upstream keeps connections longer than the gateway does.',
    request: POST,
    servers: endsOnReuse('close'),
  },
  {
    ...REUSED,
    id: 'ka-race-rst-get',
    summary: 'resets an idle connection just as the gateway sends the next GET on it',
    lesson:
      'As the race with a close. A firewall that forgot the connection answers with a reset, or with nothing at all, so TCP keep-alive has to be shorter than its memory.',
    servers: endsOnReuse('reset'),
  },
  {
    ...REUSED,
    id: 'ka-race-rst-post',
    summary: 'resets an idle connection just as the gateway sends a POST on it',
    lesson:
      '“Connection reset by peer” a few times an hour, only on POST, never twice in a row: look at idle timeouts before you look at code.',
    request: POST,
    servers: endsOnReuse('reset'),
  },
  {
    ...REUSED,
    id: 'ka-race-get-sameconn',
    summary: 'closes an idle connection as a second GET arrives over the same client connection',
    lesson:
      'On a second request some gateways close the client’s connection without a byte, so that the client repeats it by itself. Your HTTP library may do so without telling you.',
    request: { ...GET, sameConnection: true },
    servers: endsOnReuse('close'),
  },
  {
    ...REUSED,
    id: 'ka-race-post-sameconn',
    summary: 'closes an idle connection as a POST arrives over the same client connection',
    lesson:
      'An empty reply to a POST: no status, no log line to match it with. Only an idempotency key makes it safe to send again.',
    request: { ...POST, sameConnection: true },
    servers: endsOnReuse('close'),
  },
  {
    id: 'ka-idle-closed',
    group: 'keepalive',
    cause: 'not-a-failure',
    summary: 'closes the idle connection 50 ms after its answer, long before the next request',
    lesson:
      'Closed in good time is no race: the gateway saw the close and opened a new connection. Only the milliseconds in which the close is under way are dangerous.',
    route: { keepAlive: true },
    prime: 1,
    settleMs: 400,
    servers: [{ kind: 'http', closesIdleAfterMs: 50, numbersConnections: true }],
  },
];
