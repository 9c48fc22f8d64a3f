import type { CgiServer, Fault, RouteNeeds } from '../fault.ts';
import type { WireEvent } from '../exchange.ts';
import { bytes, close, stall } from './broken-response.ts';
import { NGINX_HTTP_PORT } from './nginx-400.ts';

const UWSGI: RouteNeeds = { protocol: 'uwsgi' };

const app = (wire: readonly WireEvent[], pool: CgiServer['pool'] = 'main'): readonly [CgiServer] => [
  { kind: 'cgi', program: 'uwsgi', pool, wire },
];

/** uWSGI behind nginx, with a Python application. */
export const UWSGI_FAULTS: readonly Fault[] = [
  {
    id: 'uwsgi-ok',
    group: 'cgi',
    cause: null,
    summary: 'is a Python application that works',
    lesson: 'The healthy picture for uWSGI: its own binary protocol in, an HTTP response out.',
    route: UWSGI,
    servers: app([bytes('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello from uwsgi\n'), close()]),
  },
  {
    id: 'uwsgi-socket-missing',
    group: 'cgi',
    cause: 'socket-missing-or-denied',
    summary: 'is uWSGI at a socket path where there is no file',
    lesson:
      'uWSGI is not running, or its working directory changed and a relative socket path with it. Look for the file first.',
    route: UWSGI,
    servers: [{ kind: 'unix', access: 'missing' }],
  },
  {
    id: 'uwsgi-no-app',
    group: 'cgi',
    cause: 'app-error-500',
    summary: 'is uWSGI that runs without an application',
    lesson:
      'uWSGI starts even when the import of the application failed, and then answers 500 to everything. Its log has the traceback from the start; need-app = true makes it exit instead.',
    route: UWSGI,
    servers: app(
      [bytes('HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/plain\r\n\r\nInternal Server Error'), close()],
      'no-app',
    ),
  },
  {
    id: 'uwsgi-exception',
    group: 'cgi',
    cause: 'app-error-500',
    summary: 'is a Python application that raises and catches nothing',
    lesson:
      'A bare WSGI exception is a 502, not a 500: uWSGI closes without a byte, so nginx has nothing to pass on. The traceback is in uWSGI’s log.',
    route: UWSGI,
    servers: app([close()]),
  },
  {
    id: 'uwsgi-harakiri',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a Python application whose worker uWSGI kills after a second (harakiri)',
    lesson:
      'A timeout in disguise: nginx sees an early close and says 502. uWSGI’s log says HARAKIRI and which request it was.',
    route: { protocol: 'uwsgi', longReadTimeout: true },
    servers: app([close(1000)], 'harakiri'),
  },
  {
    id: 'uwsgi-read-timeout',
    group: 'cgi',
    cause: 'upstream-timeout',
    summary: 'is a Python application that works longer than nginx waits',
    lesson:
      'uwsgi_read_timeout ran out and the worker goes on with a request that nobody waits for. Harakiri a little below it frees the worker.',
    route: UWSGI,
    servers: app([stall()]),
    timer: 'readMs',
    patienceMs: 6000,
  },
  {
    id: 'uwsgi-worker-killed',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a uWSGI worker that is killed in the middle of a request',
    lesson:
      'The master starts a new worker at once, so the next request works. Only the log knows that one died, and the kernel’s log why.',
    route: UWSGI,
    servers: app([close()]),
  },
  {
    id: 'uwsgi-http-to-uwsgi',
    group: 'cgi',
    cause: 'protocol-mismatch',
    summary: 'is a uWSGI socket that a gateway asks in HTTP',
    lesson:
      'socket speaks uWSGI’s own protocol, http-socket speaks HTTP. With the wrong pair the connection closes without a byte.',
    servers: app([close()]),
  },
  {
    id: 'uwsgi-to-http',
    group: 'cgi',
    cause: 'protocol-mismatch',
    summary: 'is an HTTP server that nginx asks in uWSGI’s protocol',
    lesson:
      'The server calls the request bad, and nginx passes that 400 on: the client is blamed for a mistake between two servers.',
    route: UWSGI,
    servers: NGINX_HTTP_PORT,
  },
];
