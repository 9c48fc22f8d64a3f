import { words, type RuleSet } from '../rule.ts';

const line = (message: string) =>
  `2026/03/02 10:00:00 [error] 29#29: *7 ${message}, client: 203.0.113.7, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://10.0.0.5:8080/cart", host: "shop.example.com"`;

/** nginx on its clients, its limits and its configuration. */
export const NGINX_ITSELF: RuleSet = {
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
      'nginx.emerg',
      'gateway-misconfig',
      'certain',
      /nginx: \[emerg\] (?!host not found)[^\n]{1,200}|nginx: configuration file \S{1,200} test failed|\[emerg\] \d{1,9}#\d{1,9}: (?!host not found)[^\n]{1,200}/,
      'nginx rejects its own configuration.',
      'nginx: [emerg] unknown directive "proxy_passs" in /etc/nginx/nginx.conf:31',
      { unless: /host not found/ },
    ),
    words(
      'nginx.cycle',
      'gateway-misconfig',
      'certain',
      /rewrite or internal redirection cycle/,
      'The configuration sends requests round in a circle.',
      line('rewrite or internal redirection cycle while internally redirecting to "/index.html"'),
    ),
    words(
      'nginx.invalid-upstream',
      'gateway-misconfig',
      'certain',
      /invalid (?:URL prefix in|host in upstream|port in upstream)|no (?:port|host) in upstream/,
      'proxy_pass holds something that is no address.',
      line('invalid port in upstream "10.0.0.5:80a80"'),
    ),
    words(
      'nginx.body-limit',
      'gateway-misconfig',
      'certain',
      /client intended to send too large (?:chunked )?body/,
      'The request body is larger than client_max_body_size, so nginx answered 413 itself.',
      line('client intended to send too large body: 25165824 bytes'),
      { faults: ['req-body-too-large'] },
    ),
    words(
      'nginx.request-header',
      'header-too-big',
      'certain',
      /client sent too (?:long (?:header line|URI)|large (?:request|header))/,
      'The request line or a header of the request does not fit into large_client_header_buffers.',
      line('client sent too long header line: "Cookie: a=b..." while reading client request headers'),
      { faults: ['req-header-too-large'] },
    ),
    words(
      'nginx.connections',
      'overload',
      'certain',
      /worker_connections are not enough|(?:accept4?|socket|open)\(\) failed \(24: [^)]{1,60}\)|connect\(\)(?: to \S{1,200})? failed \((?:99|24): [^)]{1,80}\)/,
      'nginx itself ran out of connections, ports or open files.',
      '2026/03/02 10:00:00 [alert] 7#7: *9 1024 worker_connections are not enough while connecting to upstream',
    ),
    words(
      'nginx.client-left',
      'client-aborted',
      'certain',
      /client (?:[0-9a-f.:]{1,60} )?(?:prematurely )?closed (?:keepalive )?connection|recv\(\) failed \(104: [^)]{1,60}\) while (?:waiting for|reading client|sending to client)|(?:writev|send|sendfile)\(\) failed \((?:32|104): [^)]{1,60}\) while sending (?:response )?to client/,
      'The client closed the connection before the answer was there.',
      line(
        'epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too while sending request to upstream',
      ),
      { faults: ['client-closes-early'] },
    ),
    words(
      'nginx.client-slow',
      'client-timeout',
      'certain',
      /client timed out \(\d{1,5}: [^)]{1,80}\)/,
      'The client was too slow with its request, or with taking the answer.',
      line('client timed out (110: Connection timed out) while reading client request headers'),
      { faults: ['req-header-stall'] },
    ),
    words(
      'nginx.client-invalid',
      'not-a-failure',
      'likely',
      /client sent (?:invalid (?:request|method|host|header)|HTTP\/1\.1 request without "Host"|plain HTTP request to HTTPS port|"Content-Length" and)/,
      'The request was no valid HTTP and nginx refused it; the upstream never saw it.',
      line('client sent invalid request while reading client request line'),
      { faults: ['req-malformed'] },
    ),
    words(
      'nginx.rate',
      'rate-limited',
      'certain',
      /limiting requests, excess: [\d.]{1,12}|limiting connections by zone/,
      'A limit in the configuration held the request back.',
      line('limiting requests, excess: 5.120 by zone "login"'),
    ),
    words(
      'nginx.auth',
      'auth',
      'likely',
      /access forbidden by rule|no user\/password was provided for basic authentication|user "[^"]{0,60}"(?: was not found|: password mismatch)|auth request unexpected status/,
      'nginx refused the request by a rule about access.',
      line('access forbidden by rule'),
    ),
    words(
      'nginx.file',
      'not-found',
      'likely',
      /open\(\) "[^"]{1,300}" failed \(2: [^)]{1,80}\)|directory index of "[^"]{1,200}" is forbidden/,
      'nginx looked for a file on disk and did not find it; the request never went to an upstream.',
      line('open() "/var/www/html/api" failed (2: No such file or directory)'),
    ),
  ],
};
