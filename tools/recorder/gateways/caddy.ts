import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** Caddy's reverse_proxy. All of its timeouts towards an upstream are off by default, but for dial_timeout (3 s). */
export const caddy: Adaptor = {
  id: 'caddy',
  install: { apt: 'caddy', brew: 'caddy' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'transport http { dial_timeout 2s; response_header_timeout 2s; read_timeout 2s; write_timeout 2s }; ' +
    'servers { timeouts { read_header 2s; read_body 2s } }; admin off; auto_https off; everything else at its default',
  // Caddy looks after its certificates even where it serves none.
  noise: [{ name: 'care of certificates', find: /"logger":"tls/ }],
  find: () => {
    const command = findProgram('caddy');
    const version = command && /^v?([\d.]+)/.exec(versionOutput(command, 'version'))?.[1];
    return version ? { command, program: `Caddy/${version}`, version } : null;
  },
  cannotMeet: () => null,
  // Servers that failed are out for 30 s.
  remembers: ({ route }) => route?.balance === 'first-then-next',
  routeConfig: (route, nameServer) => handleBlock(route, nameServer, CERTIFICATES),
  configure: (lab) => ({
    files: { Caddyfile: configuration(lab) },
    args: ['run', '--config', `${lab.folder}/Caddyfile`, '--adapter', 'caddyfile'],
    environment: { HOME: lab.folder, XDG_DATA_HOME: lab.folder, XDG_CONFIG_HOME: lab.folder },
    unprivileged: true,
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // Caddy writes the error of each try; one that never arrived begins with `dial`.
  attemptsInLog: (_, errorLines) =>
    errorLines.filter((line) => /"(?:msg|error)":"dial (?:tcp \d|unix )/.test(line)).length,
};

const isName = ({ host, unixPath }: Target): boolean => !unixPath && !/^[\d.]+$|:/.test(host);
const address = ({ host, port, unixPath }: Target, tls: boolean): string =>
  unixPath ? `unix/${unixPath}` : `${tls ? 'https://' : ''}${host}:${port}`;

const block = (head: string, lines: readonly string[]): string[] => [
  `${head} {`,
  ...lines.map((line) => `  ${line}`),
  '}',
];

/** The directives of one route. */
function handleBlock(route: Route, nameServer: string, certificates: string): string {
  const { route: needs } = route.fault;
  const limit = needs?.bodyLimit === 'small' ? block('request_body', [`max_size ${BODY_LIMIT}`]) : [];
  const transport = ['dial_timeout 2s', 'response_header_timeout 2s', 'read_timeout 2s', 'write_timeout 2s'];
  if (needs?.tls) transport.push('tls', `tls_trusted_ca_certs ${certificates}/ca.pem`, 'tls_server_name upstream.test');
  if (route.targets.some(isName)) transport.push(`resolvers udp/${nameServer}`);
  const targets = route.targets.map((target) => address(target, needs?.tls === true)).join(' ');
  const proxy = block(`reverse_proxy ${targets}`, [...balancing(route), ...block('transport http', transport)]);
  return block(`handle ${route.path}*`, [...limit, ...proxy]).join('\n');
}

function balancing({ fault, targets }: Route): string[] {
  if (targets.length < 2) return [];
  if (fault.route?.balance !== 'first-then-next') return ['fail_duration 30s', 'max_fails 1'];
  const lines = ['lb_policy first', 'lb_try_duration 3s', 'lb_try_interval 100ms'];
  // Without it, Caddy forgets at once that a server failed and asks the same one again and again.
  if (fault.servers[0]?.kind === 'closed') lines.push('fail_duration 30s');
  if (fault.route.retryOn503) lines.push('fail_duration 30s', 'unhealthy_status 503');
  return lines;
}

function configuration({ folder, port, nameServer, routes, certificates }: Lab): string {
  return `{
  admin off
  auto_https off
  log default {
    output file ${folder}/error.log
    format json
    exclude http.log.access.log0
  }
  servers {
    timeouts {
      read_header 2s
      read_body 2s
    }
  }
}
:${port} {
  bind 127.0.0.1
  log {
    output file ${folder}/access.log
    format json
  }
${routes.map((route) => `${handleBlock(route, nameServer, certificates)}\n`).join('')}}
`;
}
