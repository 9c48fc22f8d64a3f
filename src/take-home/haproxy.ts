import { address, firstServer, ms, SMALL_BODY_LIMIT, type GatewayKit, type TakeHomeFile } from './gateway-kit.ts';
import { FIRST_PORT, GATEWAY_PORT, type Lane, type LaneServer, type Place, type Plan } from './plan.ts';

/** HAProxy as a reader runs it: one frontend, a backend for the application and one for each lane. */
export const haproxy: GatewayKit = {
  name: 'HAProxy',
  install: { apt: 'haproxy', brew: 'haproxy' },
  files: (plan) => {
    const config = { name: 'haproxy.cfg', text: configuration(plan) };
    return plan.directorPort === null ? [config] : [config, question(plan.directorPort)];
  },
  start: () => ['exec haproxy -db -f run/haproxy.cfg > run/access.log'],
  logs: ['run/access.log'],
  differs: ({ route }) =>
    route?.resolveAtStart
      ? 'HAProxy does not start when the name of a server does not resolve, so no route answers.'
      : null,
};

function configuration(plan: Plan): string {
  const { connectMs, readMs, sendMs } = plan.timers;
  const asks = plan.directorPort !== null;
  const names = plan.nameServerPort === null ? [] : resolvers(plan.nameServerPort);
  return [
    `# HAProxy in front of the upstream of "${plan.scenario.title}".`,
    'global',
    '  log stdout format raw local0 debug',
    '  nbthread 1',
    ...(asks ? ['  lua-load run/which-lane.lua'] : []),
    'defaults',
    '  mode http',
    '  option httplog',
    `  timeout connect ${ms(connectMs)}`,
    `  timeout server ${ms(readMs)}`,
    '  timeout http-request 2s',
    `  timeout client ${ms(Math.max(5000, 2.5 * Math.max(readMs, sendMs)))}`,
    ...names,
    'frontend fe',
    '  log global',
    `  bind 127.0.0.1:${GATEWAY_PORT}`,
    ...plan.places.flatMap((place, index) => route(place, index)),
    '  http-request return status 404 unless { var(txn.lane) -m found }',
    '  use_backend %[var(txn.lane)]',
    'backend application',
    '  # One connection per request, so that what one request left open does not meet the next.',
    '  option http-server-close',
    `  server s1 127.0.0.1:${FIRST_PORT}`,
    ...plan.lanes.flatMap((lane) => backend(lane)),
    '',
  ].join('\n');
}

const resolvers = (port: number): string[] => [
  'resolvers lab',
  `  nameserver ns1 127.0.0.1:${port}`,
  '  resolve_retries 1',
  '  timeout resolve 500ms',
  '  timeout retry 500ms',
];

function route({ path, prefix, goes, bodyLimit }: Place, index: number): string[] {
  const here = `place_${index + 1}`;
  const lines = [`  acl ${here} ${prefix ? 'path_beg' : 'path'} ${path}`];
  if (bodyLimit === 'small') {
    const limit = SMALL_BODY_LIMIT * 1024 * 1024;
    lines.push(`  http-request deny deny_status 413 if ${here} { req.hdr(content-length),sub(${limit}) -m int gt 0 }`);
  }
  const name = goes === 'application' || goes === 'ask' ? 'application' : goes.name;
  const action = goes === 'ask' ? 'lua.which_lane' : `set-var(txn.lane) str(${name})`;
  lines.push(`  http-request ${action} if ${here} !{ var(txn.lane) -m found }`);
  return lines;
}

function backend(lane: Lane): string[] {
  const { needs, servers, name } = lane;
  const lines = [`backend ${name}`];
  if (needs.keepAlive) lines.push('  http-reuse always');
  if (needs.balance === 'first-then-next') lines.push('  option redispatch', '  balance roundrobin');
  if (needs.retryOn503) lines.push('  retry-on 503 conn-failure');
  const checked = servers.length > 1 && needs.balance !== 'first-then-next';
  servers.forEach((server, index) => {
    const words = [`  server s${index + 1} ${place(server)}`];
    if (needs.tls)
      words.push('ssl verify required ca-file certificates/ca.pem sni str(upstream.test) verifyhost upstream.test');
    if (server.kind === 'unresolvable' && !needs.resolveAtStart) words.push('resolvers lab init-addr none');
    if (checked) words.push('check inter 200ms fall 1');
    lines.push(words.join(' '));
  });
  firstServer(lane);
  return lines;
}

const place = (server: LaneServer): string => (server.kind === 'unix' ? `unix@${server.path}` : address(server));

/** HAProxy asks through a few lines of Lua. */
const question = (directorPort: number): TakeHomeFile => ({
  name: 'which-lane.lua',
  text: `-- Asks the upstream, before HAProxy connects, which of its servers a request goes to.
core.register_action("which_lane", { "http-req" }, function(txn)
  local lane = "application"
  local director = core.tcp()
  -- The address of the upstream, 127.0.0.1:${directorPort}, where it decides.
  local address = "127.0.0.1:${directorPort}"
  local host, port = address:match("(.*):(.*)")
  if director:connect(host, tonumber(port)) then
    local priming = txn.f:req_hdr("x-lab-priming") and "X-Lab-Priming: 1\\r\\n" or ""
    director:send("GET / HTTP/1.0\\r\\nX-Original-Method: " .. txn.f:method() .. "\\r\\n"
      .. "X-Original-Uri: " .. txn.f:path() .. "\\r\\n" .. priming .. "\\r\\n")
    local answer = director:receive("*a") or ""
    lane = answer:match("X%-Lane: ([%w_]+)") or lane
    director:close()
  end
  txn:set_var("txn.lane", lane)
end)
`,
});
