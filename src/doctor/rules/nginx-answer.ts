import { words, type RuleSet } from '../rule.ts';

const line = (message: string) =>
  `2026/03/02 10:00:00 [error] 29#29: *7 ${message}, client: 203.0.113.7, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://10.0.0.5:8080/cart", host: "shop.example.com"`;

/** nginx on what the upstream answered, or did not answer. */
export const NGINX_ANSWER: RuleSet = {
  program: 'nginx',
  gateway: 'nginx',
  side: 'gateway',
  sources: [
    {
      name: 'nginx: ngx_http_upstream.c',
      url: 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c',
    },
    { name: 'nginx: ngx_http_proxy_module', url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html' },
  ],
  rules: [
    words(
      'nginx.read-timeout',
      'upstream-timeout',
      'certain',
      /upstream timed out \((?:110|60|10060): [^)]{1,300}\) while (?:reading response header from|sending (?:request )?to|reading an?|reading) upstream/,
      'The connection stood, and the upstream stayed silent longer than the time limit allows.',
      line('upstream timed out (110: Connection timed out) while reading response header from upstream'),
      { faults: ['read-timeout'] },
    ),
    words(
      'nginx.premature-body',
      'upstream-reset-midbody',
      'certain',
      /(?:upstream prematurely closed connection|(?:recv|readv)\(\) failed \((?:104|54|10054): [^)]{1,120}\)) while reading upstream/,
      'The header had come, and the connection ended in the middle of the body: the client got a cut response.',
      line('upstream prematurely closed connection while reading upstream'),
      { faults: ['close-mid-body-cl'] },
    ),
    words(
      'nginx.premature',
      ['upstream-closed-early', 'keepalive-race', 'worker-crashed'],
      'likely',
      /upstream prematurely closed (?:FastCGI |uwsgi )?(?:connection|stdout|request)(?! while reading upstream)/,
      'The upstream took the connection and closed it before it had sent a complete header.',
      line('upstream prematurely closed connection while reading response header from upstream'),
      { faults: ['close-after-request'] },
    ),
    words(
      'nginx.reset',
      ['upstream-closed-early', 'keepalive-race', 'worker-crashed'],
      'likely',
      /(?:recv|readv|send|writev|sendfile)\(\) failed \((?:104|54|10054|32): [^)]{1,120}\)(?: while (?:reading response header from|sending (?:request )?to) upstream)/,
      'The upstream reset the connection before it had sent a complete header.',
      line('recv() failed (104: Connection reset by peer) while reading response header from upstream'),
      { faults: ['rst-after-request'] },
    ),
    words(
      'nginx.big-header',
      'header-too-big',
      'certain',
      /upstream sent too big header/,
      'The response header does not fit into proxy_buffer_size, or fastcgi_buffer_size; mostly it is a long Set-Cookie.',
      line('upstream sent too big header while reading response header from upstream'),
      { faults: ['header-too-large'] },
    ),
    words(
      'nginx.no-valid-header',
      ['invalid-response', 'protocol-mismatch'],
      'likely',
      /upstream sent no valid HTTP\/\d\.\d header/,
      'What came back does not begin like an HTTP response: garbage, another protocol, or TLS.',
      line('upstream sent no valid HTTP/1.0 header while reading response header from upstream'),
      { faults: ['bad-status-text'] },
    ),
    words(
      'nginx.invalid-header',
      'invalid-response',
      'certain',
      /upstream sent (?:invalid(?: "[A-Za-z-]{1,40}")? header|invalid chunked response|duplicate header line|invalid status|unknown "Transfer-Encoding"|"Content-Length" and "Transfer-Encoding"|more data than specified in "Content-Length"|unexpected)/,
      'The response breaks the rules of HTTP, and nginx refuses to pass it on.',
      line(
        'upstream sent duplicate header line: "Content-Length: 6", previous value: "Content-Length: 5" while reading response header from upstream',
      ),
      { faults: ['dup-cl-differ'] },
    ),
    words(
      'nginx.wrong-protocol',
      'protocol-mismatch',
      'certain',
      /upstream sent (?:unsupported FastCGI protocol version|unexpected FastCGI record|invalid http2 frame|frame for unknown stream|too large http2 frame)/,
      'The two sides speak different protocols: nginx expected FastCGI or HTTP/2 and got something else.',
      line('upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream'),
      { faults: ['fcgi-to-http'] },
    ),
    words(
      'nginx.primary-script',
      ['gateway-misconfig', 'not-found'],
      'certain',
      /(?:FastCGI sent in stderr: ?"?)?(?:Primary script unknown|Access to the script '[^']{1,200}' has been denied|Unable to open primary script)/,
      'PHP-FPM does not find the script: SCRIPT_FILENAME and the folder of the pool do not fit together.',
      line('FastCGI sent in stderr: "Primary script unknown" while reading response header from upstream'),
      { faults: ['fcgi-primary-script-unknown'] },
    ),
    words(
      'nginx.php-fatal',
      'app-error-500',
      'certain',
      /(?:PHP message: )?PHP Fatal error: /,
      'The PHP program itself failed; nginx only passed on what it said.',
      line(
        'FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught RuntimeException: boom in /srv/app/index.php:2"',
      ),
      { faults: ['fcgi-fatal'] },
    ),
  ],
};
