import { words, type FurtherSignal, type RuleSet } from '../rule.ts';
import { NGINX } from './nginx-line.ts';

const line = (status: number, connect: string, header: string, total: string) =>
  `203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" ${status} 157 upstream_addr=10.0.0.5:8080 upstream_status=${status} upstream_connect_time=${connect} upstream_header_time=${header} upstream_response_time=${total}`;

const inLine = (pattern: RegExp, weight: number, rest: Partial<FurtherSignal> = {}): FurtherSignal => ({
  ...{ pattern, weight, within: 'line' },
  ...rest,
});

/** nginx writes `-` for what never came about. */
const NOT_CONNECTED = inLine(/\b(?:upstream_connect_time|uct)"?[=:] ?"?-(?![\d.])/, 1, { required: true });
const CONNECTED = inLine(/\b(?:upstream_connect_time|uct)"?[=:] ?"?\d{1,5}\.\d{3}/, 1, { required: true });
const NO_HEADER = inLine(/\b(?:upstream_header_time|uht)"?[=:] ?"?-(?![\d.])/, 1, { required: true });
const AT_ONCE = inLine(/\b(?:upstream_response_time|urt)"?[=:] ?"?0\.[0-4]\d{2}\b/, 1);
const ONLY_ONE_TRY = inLine(/\b(?:upstream_status|us)"?[=:] ?"?\d{3}, \d/, 0, { required: true, negated: true });

/**
 * nginx's access log, where its format has the times of the upstream: no single field decides, two of them do. A format
 * without them has nothing to say about the reason. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#variables
 */
export const NGINX_ACCESS: RuleSet = {
  ...NGINX,
  rules: [
    words(
      'nginx.access-not-connected',
      ['upstream-refused', 'tls-handshake', 'upstream-unreachable'],
      'likely',
      /\b(?:upstream_status|us)"?[=:] ?"?502\b/,
      'The time of the connection is missing, so nginx got none, and no TLS session over it either: at once mostly means refused.',
      line(502, '-', '-', '0.000'),
      { signals: [NOT_CONNECTED, AT_ONCE, ONLY_ONE_TRY] },
    ),
    words(
      'nginx.access-connect-timeout',
      ['upstream-unreachable', 'tls-handshake'],
      'likely',
      /\b(?:upstream_status|us)"?[=:] ?"?504\b/,
      'The time of the connection is missing: nginx was still connecting when its time limit ran out.',
      line(504, '-', '-', '60.001'),
      { signals: [NOT_CONNECTED, ONLY_ONE_TRY] },
    ),
    words(
      'nginx.access-no-header',
      ['upstream-closed-early', 'invalid-response', 'header-too-big', 'keepalive-race'],
      'likely',
      /\b(?:upstream_status|us)"?[=:] ?"?502\b/,
      'The connection stood, and no header came that nginx could use.',
      line(502, '0.001', '-', '0.204'),
      { signals: [CONNECTED, NO_HEADER, ONLY_ONE_TRY] },
    ),
    words(
      'nginx.access-slow',
      'upstream-timeout',
      'certain',
      /\b(?:upstream_status|us)"?[=:] ?"?504\b/,
      'The connection stood, and no header came until nginx’s time limit ran out.',
      line(504, '0.001', '-', '60.001'),
      { signals: [CONNECTED, NO_HEADER, ONLY_ONE_TRY] },
    ),
  ],
};
