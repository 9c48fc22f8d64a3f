import { address, block, LARGE_BODY_LIMIT, ms, SMALL_BODY_LIMIT, type GatewayKit } from './gateway-kit.ts';
import { FIRST_PORT, GATEWAY_PORT, type Lane, type LaneServer, type Place, type Plan } from './plan.ts';

/** Caddy's reverse_proxy as a reader runs it. Its timers are off by default, so they are all written down. */
export const caddy: GatewayKit = {
  name: 'Caddy',
  install: { apt: 'caddy', brew: 'caddy' },
  files: (plan) => [{ name: 'Caddyfile', text: configuration(plan) }],
  start: () => [
    'export HOME="$PWD/run" XDG_DATA_HOME="$PWD/run" XDG_CONFIG_HOME="$PWD/run"',
    'exec caddy run --config run/Caddyfile --adapter caddyfile',
  ],
  logs: ['run/access.log', 'run/error.log'],
  differs: () => null,
};

function configuration(plan: Plan): string {
  const global = [
    'admin off',
    'auto_https off',
    ...block('log default', ['output file run/error.log', 'format json', 'exclude http.log.access.log0']),
    '# How long Caddy waits for a client.',
    ...block('servers', block('timeouts', ['read_header 2s', 'read_body 2s'])),
  ];
  const site = [
    'bind 127.0.0.1',
    ...block('log', ['output file run/access.log', 'format json']),
    ...plan.places.flatMap((place) => ['', ...handle(place, plan)]),
    ...(plan.places.some(({ path, prefix }) => prefix && path === '/')
      ? []
      : ['', ...block('handle', ['respond 404'])]),
  ];
  return [
    `# Caddy in front of the upstream of "${plan.scenario.title}".`,
    ...block('', global).map((line) => line.trimEnd().replace(/^ \{/, '{')),
    '',
    ...block(`:${GATEWAY_PORT}`, site),
    '',
  ].join('\n');
}

function handle({ path, prefix, goes, lanes, bodyLimit }: Place, plan: Plan): string[] {
  const limit =
    bodyLimit === null
      ? []
      : block('request_body', [`max_size ${bodyLimit === 'small' ? SMALL_BODY_LIMIT : LARGE_BODY_LIMIT}MiB`]);
  // One connection per request, so that what one request left open does not meet the next.
  const application = proxy('', [`127.0.0.1:${FIRST_PORT}`], [], [...transport(plan), 'keepalive off']);
  const head = `handle ${path}${prefix ? '*' : ''}`;
  if (goes === 'application') return block(head, [...limit, ...application]);
  if (goes !== 'ask') return block(head, [...limit, ...laneProxy('', goes, plan)]);
  return block(head, [
    ...limit,
    ...block('route', [
      '# Asks the upstream, before Caddy connects, which of its servers this request goes to.',
      ...block(`forward_auth 127.0.0.1:${plan.directorPort ?? 0}`, [
        'uri /which-lane',
        'header_up X-Original-Method {method}',
        'header_up X-Original-Uri {uri}',
        'copy_headers X-Lane',
      ]),
      ...lanes.flatMap((lane) => [
        `@${lane.name} header X-Lane ${lane.name}`,
        ...laneProxy(`@${lane.name}`, lane, plan),
      ]),
      ...application,
    ]),
  ]);
}

const laneProxy = (matcher: string, lane: Lane, plan: Plan): string[] =>
  proxy(
    matcher,
    lane.servers.map((server) => place(server, lane.needs.tls === true)),
    balancing(lane),
    transport(plan, lane),
  );

const proxy = (
  matcher: string,
  addresses: readonly string[],
  lines: readonly string[],
  timers: readonly string[],
): string[] =>
  block(['reverse_proxy', matcher, ...addresses].filter((word) => word !== '').join(' '), [
    ...lines,
    ...block('transport http', timers),
  ]);

const place = (server: LaneServer, tls: boolean): string =>
  server.kind === 'unix' ? `unix/${server.path}` : `${tls ? 'https://' : ''}${address(server)}`;

function transport({ timers, nameServerPort }: Plan, lane?: Lane): string[] {
  const { connectMs, readMs, sendMs } = timers;
  const lines = [
    `dial_timeout ${ms(connectMs)}`,
    `response_header_timeout ${ms(readMs)}`,
    `read_timeout ${ms(readMs)}`,
    `write_timeout ${ms(sendMs)}`,
  ];
  if (lane?.needs.tls) lines.push('tls', 'tls_trusted_ca_certs certificates/ca.pem', 'tls_server_name upstream.test');
  const named = lane?.servers.some(({ kind }) => kind === 'unresolvable') && !lane.needs.resolveAtStart;
  if (named && nameServerPort !== null) lines.push(`resolvers udp/127.0.0.1:${nameServerPort}`);
  return lines;
}

function balancing({ needs, servers }: Lane): string[] {
  if (servers.length < 2) return [];
  if (needs.balance !== 'first-then-next') return ['fail_duration 30s', 'max_fails 1'];
  const lines = ['lb_policy first', 'lb_try_duration 3s', 'lb_try_interval 100ms'];
  // Without it, Caddy forgets at once that a server failed and asks the same one again and again.
  if (servers[0]?.kind === 'closed') lines.push('fail_duration 30s');
  if (needs.retryOn503) lines.push('fail_duration 30s', 'unhealthy_status 503');
  return lines;
}
