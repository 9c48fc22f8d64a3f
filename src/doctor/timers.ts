import type { CauseId, GatewayId } from '../gateway/ids.ts';

/**
 * Time limits that a program has when nobody sets them, or that nobody can set. A failure after exactly such a time has
 * a fingerprint. The values are those of the gateways' pages of this site, whose sources are named again with each.
 */

export interface Timer {
  readonly ms: number;
  /** Whose it is, such as `nginx`. */
  readonly program: string;
  readonly gateway: GatewayId | null;
  /** What it limits, as one says it after “the limit of nginx for”. */
  readonly limits: string;
  /** What a failure is when this limit was reached. */
  readonly causes: readonly CauseId[];
  readonly source: string;
}

type Limit = readonly [seconds: number, limits: string, ...causes: readonly CauseId[]];

const of = (
  program: string,
  gateway: GatewayId | null,
  source: string,
  ...limits: readonly Limit[]
): readonly Timer[] =>
  limits.map(([seconds, what, ...causes]) => ({ ms: seconds * 1000, program, gateway, limits: what, causes, source }));

const SLOW = 'upstream-timeout';
const SILENT = 'upstream-unreachable';

const TIMERS: readonly Timer[] = [
  ...of(
    'nginx',
    'nginx',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html',
    [60, 'reading from the upstream (proxy_read_timeout)', SLOW],
    [60, 'connecting to the upstream (proxy_connect_timeout)', SILENT],
    [30, 'asking the name server (resolver_timeout)', 'upstream-dns'],
  ),
  ...of(
    'ingress-nginx',
    'k8s-ingress-nginx',
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
    [60, 'reading from a pod (proxy-read-timeout)', SLOW],
    [5, 'connecting to a pod (proxy-connect-timeout)', SILENT],
    [15, 'connecting to three pods, one after the other', SILENT],
  ),
  ...of(
    'Kong',
    'kong',
    'https://developer.konghq.com/gateway/entities/service/',
    [60, 'reading from the service (read_timeout)', SLOW],
    [60, 'connecting to the service (connect_timeout)', SILENT],
  ),
  ...of('Apache', 'apache', 'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html', [
    60,
    'the backend (ProxyTimeout, from Timeout)',
    SLOW,
    SILENT,
  ]),
  ...of(
    'Envoy',
    'envoy',
    'https://www.envoyproxy.io/docs/envoy/latest/faq/configuration/timeouts',
    [15, 'the whole answer (the route’s timeout)', SLOW],
    [5, 'connecting to the upstream (connect_timeout)', SILENT, 'tls-handshake'],
    [300, 'a stream on which nothing moves (stream_idle_timeout)', SLOW],
  ),
  ...of('Caddy', 'caddy', 'https://caddyserver.com/docs/caddyfile/directives/reverse_proxy', [
    3,
    'connecting to the upstream (dial_timeout)',
    SILENT,
  ]),
  ...of(
    'Traefik',
    'traefik',
    'https://doc.traefik.io/traefik/routing/services/',
    [30, 'connecting to the server (dialTimeout)', SILENT],
    [10, 'the TLS handshake with the server', 'tls-handshake'],
  ),
  ...of(
    'Go’s DefaultTransport',
    'go-reverseproxy',
    'https://pkg.go.dev/net/http#Transport',
    [30, 'connecting (Dialer.Timeout)', SILENT, 'client-connect'],
    [10, 'the TLS handshake (TLSHandshakeTimeout)', 'tls-handshake', 'client-tls'],
  ),
  ...of(
    'Varnish',
    'varnish',
    'https://varnish-cache.org/docs/7.1/reference/varnishd.html',
    [60, 'the first byte of the backend (first_byte_timeout)', SLOW],
    [60, 'two bytes of the backend (between_bytes_timeout)', 'upstream-reset-midbody'],
    [3.5, 'connecting to the backend (connect_timeout)', SILENT],
  ),
  ...of(
    'Squid',
    'squid',
    'https://www.squid-cache.org/Doc/config/',
    [60, 'connecting to a peer (connect_timeout)', SILENT],
    [900, 'reading from the server (read_timeout)', SLOW],
    [30, 'asking the name server (dns_timeout)', 'upstream-dns'],
  ),
  ...of(
    'Traffic Server',
    'trafficserver',
    'https://docs.trafficserver.apache.org/en/9.2.x/admin-guide/files/records.config.en.html',
    [30, 'an origin that is silent (transaction_no_activity_timeout_out)', SLOW],
    [30, 'connecting to the origin (connect_attempts_timeout)', SILENT],
  ),
  ...of('H2O', 'h2o', 'https://h2o.examp1e.net/configure/proxy_directives.html', [
    30,
    'the upstream (proxy.timeout.io)',
    SLOW,
    SILENT,
  ]),
  ...of(
    'nghttpx',
    'nghttpx',
    'https://nghttp2.org/documentation/nghttpx.1.html',
    [60, 'reading from the backend (backend-read-timeout)', SLOW],
    [30, 'connecting to the backend (backend-connect-timeout)', SILENT],
  ),
  ...of('lighttpd', 'lighttpd', 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModProxy', [
    8,
    'connecting to a server (connect-timeout)',
    SILENT,
  ]),
  ...of(
    'the AWS Application Load Balancer',
    'aws-alb',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
    [60, 'an idle connection (idle_timeout)', SLOW],
    [10, 'connecting to a target', SILENT, 'tls-handshake'],
  ),
  ...of(
    'API Gateway',
    'aws-api-gateway',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html',
    [29, 'the integration of a REST API', 'serverless-timeout', SLOW],
    [30, 'the integration of an HTTP API', 'serverless-timeout', SLOW],
  ),
  ...of(
    'CloudFront',
    'cloudfront',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
    [30, 'the origin’s answer (OriginReadTimeout)', SLOW, 'cdn-origin-error'],
    [90, 'the origin’s answer, asked three times', SLOW, 'cdn-origin-error'],
    [10, 'connecting to the origin (ConnectionTimeout)', SILENT, 'cdn-origin-error'],
    [30, 'connecting to the origin, tried three times', SILENT, 'cdn-origin-error'],
  ),
  ...of(
    'Cloudflare',
    'cloudflare',
    'https://developers.cloudflare.com/fundamentals/reference/connection-limits/',
    [120, 'the origin’s answer', SLOW, 'cdn-origin-error'],
    // The pages about error 524 said 100 seconds for years; both are met.
    [100, 'the origin’s answer, in older documents', SLOW, 'cdn-origin-error'],
    [19, 'connecting to the origin', SILENT, 'cdn-origin-error'],
    [90, 'the origin’s acknowledgment of the request', SILENT, 'cdn-origin-error'],
  ),
  ...of('Google’s load balancer', 'gcp-lb', 'https://cloud.google.com/load-balancing/docs/backend-service', [
    30,
    'the whole answer (timeout of the backend service)',
    SLOW,
  ]),
  ...of(
    'Azure Application Gateway',
    'azure-appgw',
    'https://learn.microsoft.com/en-us/azure/application-gateway/configuration-http-settings',
    [20, 'the backend’s answer (request timeout)', SLOW],
  ),
  ...of(
    'Heroku’s router',
    'heroku',
    'https://devcenter.heroku.com/articles/http-routing',
    [30, 'the first byte of the answer (H12)', SLOW],
    [55, 'two bytes of the answer (H15)', SLOW],
    [5, 'connecting to a dyno (H19)', SILENT],
    [75, 'a dyno that starts (H20)', 'no-healthy-upstream'],
  ),
  ...of('gunicorn', null, 'https://docs.gunicorn.org/en/stable/settings.html#timeout', [
    30,
    'a silent worker, which it kills (timeout)',
    'worker-crashed',
    'upstream-closed-early',
  ]),
  ...of('Linux', null, 'https://man7.org/linux/man-pages/man7/tcp.7.html', [
    127,
    'opening a connection (tcp_syn_retries)',
    SILENT,
    'client-connect',
  ]),
  ...of('AWS Lambda', null, 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html', [
    3,
    'a function, unless it is told otherwise',
    'serverless-timeout',
  ]),
];

/** Clocks are read a little late, and never by more than this. */
const TOLERANCE = 0.03;
/** Names in one sentence. */
const MOST_NAMED = 3;

const missBy = (timer: Timer, elapsedMs: number) => Math.abs(elapsedMs - timer.ms) / timer.ms;

/**
 * The known limits that an elapsed time equals, nearest first. With a gateway: its own ones and those of programs that
 * are no gateways; of another gateway that nobody has seen here no limit is named.
 */
export function timersAt(elapsedMs: number, gateway: GatewayId | null, causes: readonly CauseId[]): readonly Timer[] {
  return TIMERS.filter(
    (timer) =>
      missBy(timer, elapsedMs) <= TOLERANCE &&
      (gateway === null || timer.gateway === null || timer.gateway === gateway) &&
      timer.causes.some((cause) => causes.includes(cause)),
  ).sort(
    (a, b) => missBy(a, elapsedMs) - missBy(b, elapsedMs) || Number(a.gateway !== null) - Number(b.gateway !== null),
  );
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

/** A sentence that names whose limit an elapsed time is; empty where it is nobody's. */
export function timerWords(elapsedMs: number, gateway: GatewayId | null, causes: readonly CauseId[]): string {
  const timers = timersAt(elapsedMs, gateway, causes);
  if (timers.length === 0) return '';
  const named = timers
    .slice(0, MOST_NAMED)
    .map(({ program, limits, ms }) => `${program} waits ${ms / 1000} s for ${limits}`);
  const rest = timers.length > MOST_NAMED ? `; ${timers.length - MOST_NAMED} more have such a limit` : '';
  return `It took ${seconds(elapsedMs)}, which is a known time limit: ${named.join('; ')}${rest}.`;
}
