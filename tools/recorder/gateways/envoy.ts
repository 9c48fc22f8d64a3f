import { stringify } from 'yaml';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import {
  accessLog,
  bufferFilter,
  bufferOf,
  forwardProxyCluster,
  forwardProxyFilter,
  hostOf,
  typed,
  upstreamTls,
  type Settings,
} from './envoy-extensions.ts';

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** Envoy with a static configuration: one listener, one route and one cluster per fault. */
export const envoy: Adaptor = {
  id: 'envoy',
  install: { apt: 'envoy', brew: 'envoy' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 5000 },
  settings:
    'route timeout 2s (5s where it would hide connect_timeout); connect_timeout 2s; request_headers_timeout 2s; stream_idle_timeout 5s; no retry_policy (the default); ' +
    'healthy_panic_threshold 0 where servers are health-checked; --concurrency 1 --log-level info; ' +
    'access log in the default format, followed by details=%RESPONSE_CODE_DETAILS% termination=%CONNECTION_TERMINATION_DETAILS% ' +
    'transport="%UPSTREAM_TRANSPORT_FAILURE_REASON%" tries=%UPSTREAM_REQUEST_ATTEMPT_COUNT%; everything else at its default',
  noise: [],
  find: () => {
    const command = findProgram('envoy');
    const version = command && /version: \w+\/([\d.]+)\//.exec(versionOutput(command, '--version'))?.[1];
    return version ? { command, program: `envoy/${version}`, version } : null;
  },
  cannotMeet: () => null,
  // A name that did not resolve stays so for a while.
  remembers: ({ servers }) => servers.some(({ kind }) => kind === 'unresolvable'),
  routeConfig: (route, nameServer) =>
    stringify(
      { routes: [routeOf(route)], clusters: [clusterOf(route, nameServer, CERTIFICATES)] },
      { lineWidth: 0 },
    ).trimEnd(),
  configure: (lab) => ({
    files: { 'envoy.yaml': stringify(configuration(lab), { lineWidth: 0, aliasDuplicateObjects: false }) },
    // Without its flush interval, Envoy keeps lines of the access log to itself for up to ten seconds.
    args: [
      ...['-c', `${lab.folder}/envoy.yaml`, '--concurrency', '1', '--disable-hot-restart'],
      ...['--log-level', 'info', '--log-path', `${lab.folder}/error.log`, '--file-flush-interval-msec', '20'],
    ],
    unprivileged: true,
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // A try that found no server to send to counts for Envoy; no server was contacted then.
  attemptsInLog: (lines) => Number(/ "(?!-")[^"]+" details=.* tries=(\d+)$/.exec(lines[0] ?? '')?.[1] ?? 0),
};

const isName = ({ host, unixPath }: Target): boolean => !unixPath && !/^[\d.]+$|:/.test(host);
/** Envoy looks a name up per request where it acts as a forward proxy; in any other cluster it does so in the background. */
const looksUpPerRequest = ({ fault, targets }: Route): boolean =>
  fault.route?.resolveAtStart !== true && targets.some(isName);

function routeOf(route: Route): Settings {
  const { fault, path, targets } = route;
  const [first] = targets;
  const filters: Settings = {
    ...(fault.route?.bodyLimit === 'small' && bufferOf(BODY_LIMIT)),
    ...(looksUpPerRequest(route) && first && hostOf(`${first.host}:${first.port}`)),
  };
  return {
    match: { prefix: path },
    route: {
      cluster: fault.id,
      // It covers the connect too, whose own timeout could not show otherwise.
      timeout: fault.group === 'connect' || fault.group === 'tls' ? '5s' : '2s',
      ...(fault.route?.retryOn503 && { retry_policy: RETRY_ON_503 }),
    },
    ...(Object.keys(filters).length > 0 && { typed_per_filter_config: filters }),
  };
}

/** One more try on a 503, at the next server. */
const RETRY_ON_503: Settings = {
  retry_on: 'retriable-status-codes',
  retriable_status_codes: [503],
  num_retries: 1,
  retry_priority: {
    name: 'envoy.retry_priorities.previous_priorities',
    typed_config: typed('retry.priority.previous_priorities.v3.PreviousPrioritiesConfig', { update_frequency: 1 }),
  },
};

function clusterOf(route: Route, nameServer: string, certificates: string): Settings {
  const { fault, targets } = route;
  const common = { name: fault.id, connect_timeout: '2s' };
  if (looksUpPerRequest(route)) return { ...common, ...forwardProxyCluster(nameServer) };
  const endpoints = targets.map((target, index) => ({
    // A second server is only for when the first one is down: a round robin would begin where it likes.
    ...(index > 0 && { priority: index }),
    lb_endpoints: [{ endpoint: { address: addressOf(target) } }],
  }));
  return {
    ...common,
    type: targets.some(isName) ? 'STRICT_DNS' : 'STATIC',
    load_assignment: { cluster_name: fault.id, endpoints },
    ...(targets.length > 1 && fault.route?.balance !== 'first-then-next' && MARKED_DOWN),
    ...(fault.route?.tls && { transport_socket: upstreamTls(certificates) }),
  };
}

/** Servers are out after one failed check. Without the threshold, Envoy "panics" when more than half are, and asks them all the same. */
const MARKED_DOWN: Settings = {
  health_checks: [
    { timeout: '0.2s', interval: '0.2s', unhealthy_threshold: 1, healthy_threshold: 1, tcp_health_check: {} },
  ],
  common_lb_config: { healthy_panic_threshold: { value: 0 } },
};

const addressOf = ({ host, port, unixPath }: Target): Settings =>
  unixPath ? { pipe: { path: unixPath } } : { socket_address: { address: host, port_value: port } };

function configuration({ folder, port, nameServer, routes, certificates }: Lab): Settings {
  const manager = typed('filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'lab',
    request_headers_timeout: '2s',
    stream_idle_timeout: '5s',
    access_log: [accessLog(`${folder}/access.log`)],
    route_config: { virtual_hosts: [{ name: 'lab', domains: ['*'], routes: routes.map(routeOf) }] },
    http_filters: [
      bufferFilter(BODY_LIMIT),
      forwardProxyFilter(nameServer),
      { name: 'envoy.filters.http.router', typed_config: typed('filters.http.router.v3.Router', {}) },
    ],
  });
  return {
    static_resources: {
      listeners: [
        {
          name: 'lab',
          address: { socket_address: { address: '127.0.0.1', port_value: port } },
          filter_chains: [
            { filters: [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }] },
          ],
        },
      ],
      clusters: routes.map((route) => clusterOf(route, nameServer, certificates)),
    },
  };
}
