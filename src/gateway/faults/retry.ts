import type { Fault, HttpServer, TcpServer } from '../fault.ts';
import { afterRequest, close, POST, stall } from './broken-response.ts';
import { appAnswers } from './status.ts';

const HEALTHY: HttpServer = { kind: 'http' };
const CLOSES: TcpServer = afterRequest(() => [close()])[0];
const NEVER_ANSWERS: TcpServer = afterRequest(() => [stall()])[0];
const SAYS_503: HttpServer = { kind: 'http', response: appAnswers(503, 'Service Unavailable') };

const TWO = { group: 'retry', route: { balance: 'first-then-next' } } as const;

/** The first of two servers fails and the second is healthy: does the gateway ask it, and may it? */
export const RETRY_FAULTS: readonly Fault[] = [
  {
    ...TWO,
    id: 'retry-refused',
    cause: 'upstream-refused',
    summary: 'is two servers: the first refuses connections, the second is healthy',
    lesson:
      'A refused connection is the safest thing to retry, because no byte was sent. Most gateways do, so half of your servers can be down without a single 502.',
    servers: [{ kind: 'closed' }, HEALTHY],
  },
  {
    ...TWO,
    id: 'retry-refused-post',
    cause: 'upstream-refused',
    summary: 'is two servers, asked with a POST: the first refuses connections, the second is healthy',
    lesson:
      'A POST that never left the gateway may be sent to the next server. Those that refuse to do so, or lose its body on the way, show a fault where none had to be.',
    request: POST,
    servers: [{ kind: 'closed' }, HEALTHY],
  },
  {
    ...TWO,
    id: 'retry-close-get',
    cause: 'upstream-closed-early',
    summary: 'is two servers: the first closes after the request, the second is healthy',
    lesson:
      'The first server may have done the work. For a GET that does no harm, and still only some gateways ask the second one without being told to.',
    servers: [CLOSES, HEALTHY],
  },
  {
    ...TWO,
    id: 'retry-close-post',
    cause: 'upstream-closed-early',
    summary: 'is two servers, asked with a POST: the first closes after the request, the second is healthy',
    lesson:
      'A gateway that moves this POST to the second server can place the order twice. A 502 is the honest answer; check what yours does before you rely on it.',
    request: POST,
    servers: [CLOSES, HEALTHY],
  },
  {
    ...TWO,
    id: 'retry-timeout-get',
    cause: 'upstream-timeout',
    summary: 'is two servers: the first never answers, the second is healthy',
    lesson:
      'With a retry the client waits for one timeout and gets its answer; without one it gets a 504 from a system that had a healthy server all along. The first server does the work anyway.',
    servers: [NEVER_ANSWERS, HEALTHY],
    timer: 'readMs',
    patienceMs: 13_000,
  },
  {
    ...TWO,
    id: 'retry-503-default',
    cause: 'overload',
    summary: 'is two servers: the first answers 503, the second is healthy; retries at their default',
    lesson:
      'A 503 is a complete answer, so nearly every gateway passes it on by default. Asking another server for it has to be switched on.',
    servers: [SAYS_503, HEALTHY],
  },
  {
    ...TWO,
    id: 'retry-503-on',
    cause: 'overload',
    summary: 'is two servers: the first answers 503, the second is healthy; retry on 503 is on',
    lesson:
      'One overloaded server hides behind the next. When all of them are overloaded, the same setting multiplies the load: give retries a budget.',
    route: { balance: 'first-then-next', retryOn503: true },
    servers: [SAYS_503, HEALTHY],
  },
];
