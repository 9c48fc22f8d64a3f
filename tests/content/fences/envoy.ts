import { parse, stringify } from 'yaml';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { certificate, complaint, runProgram, sample, titleOf, workFile, type Validator } from './validator.ts';

type Settings = Readonly<Record<string, unknown>>;

const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasAny = (value: Settings, ...keys: string[]): boolean => keys.some((key) => key in value);

/** Envoy: a whole bootstrap, or a part of one, told by its fields: clusters, a cluster, a route, a connection manager. */
export const envoyValidator: Validator = {
  accepts: 'envoy --mode validate accepts it',
  covers: ({ lang, ...fence }) => ['yaml', 'yml'].includes(lang) && /^envoy/i.test(titleOf({ lang, ...fence })),
  missing: () => (findProgram('envoy') === null ? 'Envoy is not there: npm run setup:tests fetches it.' : null),
  problem: async ({ code }) => {
    const pem = await certificate();
    let part: unknown;
    try {
      part = parse(code);
    } catch (error) {
      return String(error);
    }
    const whole = isSettings(part) || Array.isArray(part) ? bootstrapAround(part) : null;
    if (whole === null) return 'A configuration of Envoy is a mapping or a list.';
    const text = stringify(whole)
      .replace(/(filename: )\S+\.key\b/g, `$1${pem?.key ?? ''}`)
      .replace(/(filename: )\/(?:etc|run|certs)\/\S+/g, `$1${pem?.certificate ?? ''}`);
    const file = workFile('envoy.yaml', text);
    const args = ['--mode', 'validate', '--log-level', 'error', '--config-path', file];
    return complaint(await runProgram(findProgram('envoy') ?? 'envoy', args));
  },
  good: [
    sample(
      'yaml',
      'static_resources:\n  clusters:\n    - name: app\n      connect_timeout: 2s\n      type: STRICT_DNS\n',
      'envoy.yaml',
    ),
    sample('yaml', 'clusters:\n  - name: app\n    connect_timeout: 2s\n', 'envoy.yaml'),
    sample(
      'yaml',
      'name: app\nconnect_timeout: 2s\ncircuit_breakers:\n  thresholds:\n    - max_connections: 100\n',
      'envoy.yaml',
    ),
    sample('yaml', 'match: { prefix: / }\nroute: { cluster: app, timeout: 30s }\n', 'envoy.yaml'),
    sample('yaml', 'retry_policy:\n  retry_on: connect-failure\n  num_retries: 2\n', 'envoy.yaml'),
    sample('yaml', 'stream_idle_timeout: 300s\nrequest_timeout: 60s\n', 'envoy.yaml'),
  ],
  mistakes: [
    { ...sample('yaml', 'clusters:\n  - name: app\n    conect_timeout: 2s\n', 'envoy.yaml'), says: /conect_timeout/ },
    { ...sample('yaml', 'retry_policy:\n  retries: 2\n', 'envoy.yaml'), says: /retries/ },
    {
      ...sample('yaml', 'route: { cluster: app, timeout: soon }\nmatch: { prefix: / }', 'envoy.yaml'),
      says: /soon|Duration|timeout/,
    },
  ],
};

/** A bootstrap in which the part stands in its place. */
function bootstrapAround(part: Settings | readonly unknown[]): Settings {
  if (!isSettings(part))
    return bootstrapAround(
      part.some((item) => isSettings(item) && 'match' in item) ? { routes: part } : { clusters: part },
    );
  if (hasAny(part, 'static_resources', 'dynamic_resources', 'admin', 'node', 'layered_runtime', 'overload_manager'))
    return part;
  if (hasAny(part, 'clusters', 'listeners')) return { static_resources: part };
  if (hasAny(part, 'virtual_hosts')) return listening({ route_config: part });
  if (
    hasAny(
      part,
      'route_config',
      'http_filters',
      'access_log',
      'stream_idle_timeout',
      'request_timeout',
      'codec_type',
      'local_reply_config',
      'common_http_protocol_options',
      'request_headers_timeout',
    )
  )
    return listening(part);
  if (hasAny(part, 'routes', 'domains')) return withVirtualHost(part);
  if (hasAny(part, 'match')) return withVirtualHost({ routes: [part] });
  if (hasAny(part, 'route')) return withVirtualHost({ routes: [{ match: { prefix: '/' }, ...part }] });
  if (
    hasAny(
      part,
      'retry_policy',
      'timeout',
      'idle_timeout',
      'max_stream_duration',
      'hedge_policy',
      'host_rewrite_literal',
    )
  )
    return withVirtualHost({ routes: [{ match: { prefix: '/' }, route: { cluster: 'app', ...part } }] });
  return { static_resources: { clusters: [{ name: 'app', ...part }] } };
}

const withVirtualHost = (host: Settings): Settings =>
  listening({ route_config: { virtual_hosts: [{ name: 'app', domains: ['*'], ...host }] } });

/** A listener whose connection manager has these settings, and every cluster that its routes name. */
function listening(manager: Settings): Settings {
  const named = new Set([...JSON.stringify(manager).matchAll(/"cluster":"([^"]+)"/g)].map(([, name = '']) => name));
  const type = 'type.googleapis.com/envoy.extensions.filters';
  const filters = [{ name: 'router', typed_config: { '@type': `${type}.http.router.v3.Router` } }];
  const defaults = { stat_prefix: 'web', http_filters: filters };
  const routes = 'route_config' in manager || 'rds' in manager ? {} : { route_config: { virtual_hosts: [] } };
  const config = {
    '@type': `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
    ...defaults,
    ...routes,
    ...manager,
  };
  const address = { socket_address: { address: '127.0.0.1', port_value: 8080 } };
  const listener = { name: 'web', address, filter_chains: [{ filters: [{ name: 'http', typed_config: config }] }] };
  return {
    static_resources: { listeners: [listener], clusters: [...named].map((name) => ({ name, connect_timeout: '1s' })) },
  };
}
