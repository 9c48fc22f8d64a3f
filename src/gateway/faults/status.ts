import type { Fault, UpstreamResponse } from '../fault.ts';
import type { Header } from '../exchange.ts';

/** An error answer that the application wrote itself. `X-App` marks it, so that readers can tell it from the gateway's. */
const appAnswers = (status: number, reason: string, headers: readonly Header[] = []): UpstreamResponse => ({
  status,
  reason,
  headers: [['Content-Type', 'text/plain'], ['X-App', 'yes'], ...headers],
  body: `app ${status}\r\n`,
  delayMs: 0,
});

/** The application itself answers with an error status; the gateway only passes it on. */
export const STATUS_FAULTS: readonly Fault[] = [
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
];
