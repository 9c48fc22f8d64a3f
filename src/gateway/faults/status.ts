import type { Fault, UpstreamResponse } from '../fault.ts';
import type { Header } from '../exchange.ts';

/** An error answer that the application wrote itself. `X-App` marks it, so that readers can tell it from the gateway's. */
export const appAnswers = (status: number, reason: string, headers: readonly Header[] = []): UpstreamResponse => ({
  status,
  reason,
  headers: [['Content-Type', 'text/plain'], ['X-App', 'yes'], ...headers],
  body: `app ${status}\r\n`,
  delayMs: 0,
});

/** The application itself answers with an error status; the gateway only passes it on. */
export const STATUS_FAULTS: readonly Fault[] = [
  {
    id: 'app-500',
    group: 'status',
    cause: 'app-error-500',
    summary: 'is an application that answers 500',
    lesson:
      'The gateway did its work: it found the upstream, asked, and passed the answer on. The stack trace is in the application’s log, not in the gateway’s.',
    servers: [{ kind: 'http', response: appAnswers(500, 'Internal Server Error') }],
  },
  {
    id: 'app-502',
    group: 'status',
    cause: 'app-error-500',
    summary: 'is an application that answers 502 itself',
    lesson:
      'Not every 502 is the gateway’s. Here the body and the headers are the application’s, and the gateway’s error log is empty: look at what the application called.',
    servers: [{ kind: 'http', response: appAnswers(502, 'Bad Gateway') }],
  },
  {
    id: 'app-503',
    group: 'status',
    cause: 'maintenance',
    summary: 'is an application that answers 503 and asks to come back in 120 seconds',
    lesson:
      'The application knows that it cannot answer now and says for how long. Retry-After is an instruction: wait that long, then ask again.',
    servers: [{ kind: 'http', response: appAnswers(503, 'Service Unavailable', [['Retry-After', '120']]) }],
  },
  {
    id: 'app-504',
    group: 'status',
    cause: 'app-error-500',
    summary: 'is an application that answers 504 itself',
    lesson:
      'The application waited for something of its own and gave up. The time in the gateway’s log is the application’s timeout, so changing the gateway’s helps nobody.',
    servers: [{ kind: 'http', response: appAnswers(504, 'Gateway Timeout') }],
  },
  {
    id: 'app-429',
    group: 'status',
    cause: 'rate-limited',
    summary: 'is an application that answers 429 and asks to come back in a second',
    lesson:
      'Nothing is broken: you asked too often. Wait as long as Retry-After says, then go on more slowly; an immediate retry spends your next allowance.',
    servers: [{ kind: 'http', response: appAnswers(429, 'Too Many Requests', [['Retry-After', '1']]) }],
  },
  {
    id: 'app-499',
    group: 'status',
    cause: 'app-error-500',
    summary: 'is an application that answers 499',
    lesson:
      '499 is what nginx writes into its log when a client left; it is never sent. Seen as a response, it is the application’s own choice, or a copied log line.',
    servers: [{ kind: 'http', response: appAnswers(499, 'Client Closed Request') }],
  },
  {
    id: 'app-404',
    group: 'status',
    cause: 'not-found',
    summary: 'is an application that answers 404',
    lesson:
      'Before you search the application, compare the path it got with the path you sent: a gateway that strips or adds a prefix turns a right request into this.',
    servers: [{ kind: 'http', response: appAnswers(404, 'Not Found') }],
  },
];
