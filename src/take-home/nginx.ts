import { address, block, firstServer, LARGE_BODY_LIMIT, ms, type GatewayKit } from './gateway-kit.ts';
import { FIRST_PORT, GATEWAY_PORT, type Lane, type Place, type Plan } from './plan.ts';

/** nginx as a reader runs it: the same directives as the recordings, with the scenario's paths and timers. */
export const nginx: GatewayKit = {
  name: 'nginx',
  install: { apt: 'nginx', brew: 'nginx' },
  files: (plan) => [{ name: 'nginx.conf', text: configuration(plan) }],
  start: () => ['exec nginx -p "$PWD" -e run/error.log -c "$PWD/run/nginx.conf"'],
  logs: ['run/access.log', 'run/error.log'],
  differs: ({ route }) =>
    route?.resolveAtStart
      ? 'nginx does not start when the name of a server does not resolve, so no route answers.'
      : null,
};

function configuration(plan: Plan): string {
  const { connectMs, readMs, sendMs } = plan.timers;
  const asks = plan.directorPort !== null;
  const http = [
    `log_format lab '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" '`,
    `               'rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" urt="$upstream_response_time" '`,
    `               'ua="$upstream_addr" us="$upstream_status" rc=$request_completion';`,
    'access_log run/access.log lab;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path run/${kind};`),
    '',
    '# How long nginx waits for a client.',
    'client_header_timeout 2s;',
    'client_body_timeout 2s;',
    '',
    '# How long nginx waits for the upstream.',
    `proxy_connect_timeout ${ms(connectMs)};`,
    `proxy_read_timeout ${ms(readMs)};`,
    `proxy_send_timeout ${ms(sendMs)};`,
    '',
    ...plan.lanes.flatMap(upstreamBlock),
    ...(asks ? laneMap(plan.lanes) : []),
    ...block('server', [
      `listen 127.0.0.1:${GATEWAY_PORT};`,
      ...plan.places.flatMap((place) => ['', ...location(place, plan)]),
      ...(plan.places.some(({ path, prefix }) => prefix && path === '/')
        ? []
        : ['', ...block('location /', ['return 404;'])]),
      ...(asks ? ['', ...question(plan.directorPort)] : []),
    ]),
  ];
  return [
    `# nginx in front of the upstream of "${plan.scenario.title}".`,
    'worker_processes 1;',
    'daemon off;',
    'pid run/nginx.pid;',
    'error_log run/error.log info;',
    ...block('events', ['worker_connections 256;']),
    ...block('http', http),
    '',
  ].join('\n');
}

const isGroup = ({ servers, needs }: Lane): boolean => servers.length > 1 || needs.keepAlive === true;

function upstreamBlock(lane: Lane): string[] {
  if (!isGroup(lane)) return [];
  const marks = lane.needs.balance === 'first-then-next' ? [' max_fails=0', ' backup'] : [];
  const servers = lane.servers.map((server, index) => `server ${address(server)}${marks[index] ?? ''};`);
  return [...block(`upstream ${lane.name}`, [...servers, ...(lane.needs.keepAlive ? ['keepalive 8;'] : [])]), ''];
}

/** Where a lane is, as proxy_pass takes it. */
function url(lane: Lane): string {
  const server = firstServer(lane);
  const scheme = lane.needs.tls ? 'https' : 'http';
  if (isGroup(lane)) return `${scheme}://${lane.name}`;
  return `${scheme}://${server.kind === 'unix' ? `unix:${server.path}:` : address(server)}`;
}

/** From the upstream's answer to the question which way to go, to a URL. */
const laneMap = (lanes: readonly Lane[]): string[] => [
  ...block('map $lane $server', [
    `application http://127.0.0.1:${FIRST_PORT};`,
    ...lanes.map((lane) => `${lane.name} ${url(lane)};`),
  ]),
  '',
];

function location({ path, prefix, goes, lanes, bodyLimit }: Place, plan: Plan): string[] {
  const directives = lanes.flatMap((lane) => laneDirectives(lane, plan));
  if (bodyLimit === 'large') directives.push(`client_max_body_size ${LARGE_BODY_LIMIT}m;`);
  if (goes === 'application') directives.push(`proxy_pass http://127.0.0.1:${FIRST_PORT};`);
  else if (goes === 'ask') {
    directives.push(
      'auth_request /which-lane;',
      'auth_request_set $lane $upstream_http_x_lane;',
      'proxy_pass $server;',
    );
  } else {
    const server = firstServer(goes);
    if (server.kind === 'unresolvable' && !goes.needs.resolveAtStart) {
      // Only a name in a variable is looked up at run time; any other must resolve when nginx starts.
      directives.push(`set $server ${server.host};`, `proxy_pass http://$server:${server.port};`);
    } else directives.push(`proxy_pass ${url(goes)};`);
  }
  return block(`location ${prefix ? path : `= ${path}`}`, [...new Set(directives)]);
}

function laneDirectives({ needs, servers }: Lane, { nameServerPort }: Plan): string[] {
  const directives: string[] = [];
  if (needs.keepAlive) directives.push('proxy_http_version 1.1;', 'proxy_set_header Connection "";');
  if (needs.retryOn503) directives.push('proxy_next_upstream error timeout http_503;');
  if (needs.tls) {
    directives.push('proxy_ssl_verify on;', 'proxy_ssl_trusted_certificate ../certificates/ca.pem; # seen from run/');
    directives.push('proxy_ssl_name upstream.test;', 'proxy_ssl_server_name on;');
  }
  if (servers.some(({ kind }) => kind === 'unresolvable') && !needs.resolveAtStart && nameServerPort !== null) {
    directives.push(`resolver 127.0.0.1:${nameServerPort};`, 'resolver_timeout 1s;');
  }
  return directives;
}

/** A subrequest asks the upstream, before nginx connects, which of its servers this request goes to. */
const question = (directorPort: number | null): string[] =>
  block('location = /which-lane', [
    'internal;',
    `proxy_pass http://127.0.0.1:${directorPort ?? 0};`,
    'proxy_pass_request_body off;',
    'proxy_set_header Content-Length "";',
    'proxy_set_header X-Original-Method $request_method;',
    'proxy_set_header X-Original-Uri $request_uri;',
  ]);
