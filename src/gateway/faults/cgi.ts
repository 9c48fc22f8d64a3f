import type { CgiServer, Fault, RouteNeeds } from '../fault.ts';
import type { WireEvent } from '../exchange.ts';
import { bytes, close, reset, stall } from './broken-response.ts';
import { NGINX_HTTP_PORT } from './nginx-400.ts';
import { UWSGI_FAULTS } from './uwsgi.ts';

/** PHP-FPM behind nginx: the faults that only a FastCGI application can have. */

const FASTCGI: RouteNeeds = { protocol: 'fastcgi' };

const php = (script: string, wire: readonly WireEvent[], pool: CgiServer['pool'] = 'main'): readonly [CgiServer] => [
  { kind: 'cgi', program: 'php-fpm', pool, script, wire },
];
/** What PHP sends is a CGI response (RFC 3875 §6): Status is a header. */
const cgiHead = (status: string): WireEvent =>
  bytes(`Status: ${status}\r\nContent-type: text/html; charset=UTF-8\r\n\r\n`);

export const CGI_FAULTS: readonly Fault[] = [
  {
    id: 'fcgi-ok',
    group: 'cgi',
    cause: null,
    summary: 'is a PHP script that works',
    lesson:
      'The healthy picture for PHP: nginx speaks FastCGI over a unix socket and turns the script’s headers into HTTP.',
    route: FASTCGI,
    servers: php('ok.php', [bytes('Content-type: text/plain;charset=UTF-8\r\n\r\nhello from php\n'), close()]),
  },
  {
    id: 'fcgi-socket-missing',
    group: 'cgi',
    cause: 'socket-missing-or-denied',
    summary: 'is PHP-FPM at a socket path where there is no file',
    lesson:
      'PHP-FPM does not run, or listens elsewhere: the path often carries the PHP version, and an upgrade changed it. Compare fastcgi_pass with listen in the pool’s file.',
    route: FASTCGI,
    servers: [{ kind: 'unix', access: 'missing' }],
  },
  {
    id: 'fcgi-refused',
    group: 'cgi',
    cause: 'upstream-refused',
    summary: 'is PHP-FPM at a TCP port where nothing listens',
    lesson:
      'As with any upstream: the machine is up and the program is not. Look whether the pool listens on a socket instead of a port.',
    route: FASTCGI,
    servers: [{ kind: 'closed' }],
  },
  {
    id: 'fcgi-socket-denied',
    group: 'cgi',
    cause: 'socket-missing-or-denied',
    summary: 'is PHP-FPM with a socket that nginx’s account may not open',
    lesson:
      'Set listen.owner, listen.group and listen.mode in the pool so that nginx’s account is in; the default mode is 0660.',
    route: FASTCGI,
    servers: [{ kind: 'unix', access: 'denied' }],
  },
  {
    id: 'fcgi-primary-script-unknown',
    group: 'cgi',
    cause: 'gateway-misconfig',
    summary: 'is PHP-FPM that does not find the script it is asked for',
    lesson:
      'PHP-FPM answers 404 itself. SCRIPT_FILENAME is a path as PHP-FPM sees it: in another container or chroot the same path leads nowhere.',
    route: FASTCGI,
    servers: php('missing.php', [cgiHead('404 Not Found'), close()]),
  },
  {
    id: 'fcgi-access-denied',
    group: 'cgi',
    cause: 'gateway-misconfig',
    summary: 'is PHP-FPM that is asked for a file which is not PHP',
    lesson:
      'security.limit_extensions refused it, which is its purpose: without it an uploaded picture could run as code. nginx should serve that file itself.',
    route: FASTCGI,
    servers: php('page.html', [cgiHead('403 Forbidden'), close()]),
  },
  {
    id: 'fcgi-fatal',
    group: 'cgi',
    cause: 'app-error-500',
    summary: 'is a PHP script that throws and catches nothing',
    lesson:
      'The 500 is PHP’s, and so is the text in nginx’s error log: “FastCGI sent in stderr” is the application speaking.',
    route: FASTCGI,
    servers: php('fatal.php', [cgiHead('500 Internal Server Error'), close()]),
  },
  {
    id: 'fcgi-worker-killed',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a PHP worker that is killed in the middle of a request',
    lesson:
      'Reset before the first byte: ask the kernel’s log for the out-of-memory killer, and PHP-FPM’s log for “exited on signal 9”.',
    route: FASTCGI,
    servers: php('kill.php', [reset()]),
  },
  {
    id: 'fcgi-worker-killed-body',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a PHP worker that is killed after it sent part of its body',
    lesson:
      'The access log says 200, the error log says reset, and the client has half a page. Only the three together tell the story.',
    route: FASTCGI,
    servers: php('kill-body.php', [bytes('Content-type: text/plain;charset=UTF-8\r\n\r\n'), reset(200)]),
  },
  {
    id: 'fcgi-worker-segv',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a PHP worker that crashes with a segmentation fault',
    lesson:
      'From nginx it looks like any killed worker. PHP-FPM’s log names signal 11; suspect an extension before your code.',
    route: FASTCGI,
    servers: php('segv.php', [reset()]),
  },
  {
    id: 'fcgi-read-timeout',
    group: 'cgi',
    cause: 'upstream-timeout',
    summary: 'is a PHP script that runs longer than nginx waits',
    lesson:
      'fastcgi_read_timeout ran out, the script goes on. Raise it only together with the client’s patience and PHP’s own limits.',
    route: FASTCGI,
    servers: php('sleep.php', [stall()]),
    timer: 'readMs',
    patienceMs: 6000,
  },
  {
    id: 'fcgi-terminate-timeout',
    group: 'cgi',
    cause: 'worker-crashed',
    summary: 'is a PHP script that PHP-FPM kills after a second (request_terminate_timeout)',
    lesson:
      'Not a crash but a setting, and nginx cannot tell: it sees a reset and says 502, where a timeout would have been 504.',
    route: { protocol: 'fastcgi', longReadTimeout: true },
    servers: php('sleep.php', [reset(1000)], 'terminate'),
  },
  {
    id: 'fcgi-max-execution-time',
    group: 'cgi',
    cause: 'app-error-500',
    summary: 'is a PHP script that computes beyond max_execution_time',
    lesson:
      'PHP stops itself and answers 500. The limit counts computing, not waiting: a script that sleeps on the database never reaches it.',
    route: { protocol: 'fastcgi', longReadTimeout: true },
    servers: php('loop.php', [cgiHead('500 Internal Server Error'), close()]),
    // The limit counts the processor's time, which on a busy machine takes longer to pass.
    patienceMs: 9000,
  },
  {
    id: 'fcgi-memory-limit',
    group: 'cgi',
    cause: 'app-error-500',
    summary: 'is a PHP script that wants more memory than memory_limit',
    lesson:
      'PHP’s own limit ends the script with a 500 and a line in the log. When the machine’s memory ends first, it is a killed worker and a 502.',
    route: FASTCGI,
    servers: php('memory.php', [cgiHead('500 Internal Server Error'), close()]),
  },
  {
    id: 'fcgi-header-too-big',
    group: 'cgi',
    cause: 'header-too-big',
    summary: 'is a PHP script that sends a header of 64 KiB',
    lesson:
      'fastcgi_buffer_size holds the head, one memory page by default. Debug headers and large cookies of frameworks overflow it.',
    route: FASTCGI,
    servers: php('big-header.php', [bytes('X-Big: bbbbbbbb'), close()]),
  },
  {
    id: 'fcgi-pool-busy',
    group: 'cgi',
    cause: 'overload',
    summary: 'is PHP-FPM whose only worker is busy with another request',
    lesson:
      'The kernel accepted the connection and nobody read it: 504 for a script that never started. Look for “reached pm.max_children”.',
    route: FASTCGI,
    servers: php('ok.php', [stall()], 'busy'),
    timer: 'readMs',
    patienceMs: 6000,
  },
  {
    id: 'fcgi-http-to-fpm',
    group: 'cgi',
    cause: 'protocol-mismatch',
    summary: 'is PHP-FPM that a gateway asks in HTTP',
    lesson:
      'proxy_pass where fastcgi_pass belongs. PHP-FPM cannot read the request, closes, and the log looks like a crash.',
    servers: php('ok.php', [reset()], 'tcp'),
  },
  {
    id: 'fcgi-to-http',
    group: 'cgi',
    cause: 'protocol-mismatch',
    summary: 'is an HTTP server that nginx asks in FastCGI',
    lesson:
      '“Unsupported FastCGI protocol version: 72”: 72 is the letter H, the beginning of HTTP/1.1. Change fastcgi_pass to proxy_pass.',
    route: FASTCGI,
    servers: NGINX_HTTP_PORT,
  },
  ...UWSGI_FAULTS,
];
