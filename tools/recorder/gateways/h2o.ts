import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { firstAccount } from '../account.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';

/** Requests with a longer body are refused, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';
/** The name that a TLS server must have a certificate for. */
const TLS_NAME = 'upstream.test';

/** One line per request: the combined format, then h2o's own words on what went wrong. */
const LOG_FORMAT = '%h %l %u %t "%r" %s %b "%{Referer}i" "%{User-agent}i" err="%{error}x"';

/** H2O as a reverse proxy: one path of one host per route. */
export const h2o: Adaptor = {
  id: 'h2o',
  install: { apt: 'h2o', brew: 'h2o' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'num-threads 1; proxy.timeout.io 2000; proxy.timeout.keepalive at its default (2000); http1-request-timeout 2; ' +
    'limit-request-body 20 MiB; error-log at its default; %{error}x in the access log',
  noise: [
    // About a kept connection, whenever the upstream closes it: mostly after the exchange.
    {
      name: 'the upstream closed a kept connection',
      find: /^\[WARN\] detected close by upstream before the expected timeout/,
    },
  ],
  find: () => {
    const command = findProgram('h2o');
    const version = command && /h2o version ([\d.]+)/.exec(versionOutput(command, '-v'))?.[1];
    return version ? { command, program: `h2o/${version}`, version } : null;
  },
  cannotMeet: ({ route, servers }) => {
    if (route?.protocol)
      return `H2O speaks FastCGI only to a program that it starts or is given whole; nginx shows ${route.protocol}`;
    const looksUp = route?.tls || route?.balance || servers.some(({ kind }) => kind === 'unresolvable');
    return looksUp ? cannotRedirectResolver() : null;
  },
  // It has no group of servers. A name with two addresses is as near as it comes.
  balancesByName: true,
  // It draws one of the addresses of a name.
  isChance: ({ route }) => route?.balance === 'first-then-next',
  routeConfig: (route) => pathBlock(route, CERTIFICATES),
  configure: (lab) => ({
    files: { 'h2o.conf': configuration(lab) },
    args: ['-m', 'worker', '-c', `${lab.folder}/h2o.conf`],
    environment: resolverEnvironment(lab),
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // It asks once and never again; of a connection that never stood, only this line knows.
  attemptsInLog: (lines) =>
    / err="[^"]*(?:connection (?:failed|timeout)|failed to connect to host)"$/.test(lines[0] ?? '') ? 1 : 0,
};

/** Where a route leads. H2O asks a TLS server for the name in the URL, and looks it up like any other. */
function urlOf({ fault, path }: Route, { host, port, unixPath }: Target): string {
  if (unixPath) return `http://[unix:${unixPath}]${path}`;
  return fault.route?.tls ? `https://${TLS_NAME}:${port}${path}` : `http://${host}:${port}${path}`;
}

function pathBlock(route: Route, certificates: string): string {
  const [target] = route.targets;
  if (!target) throw new Error(`The fault ${route.fault.id} has no server.`);
  const directives = [`proxy.reverse.url: "${urlOf(route, target)}"`];
  if (route.fault.route?.tls)
    directives.push(`proxy.ssl.cafile: "${certificates}/ca.pem"`, 'proxy.ssl.verify-peer: ON');
  return `"${route.path}":\n${directives.map((directive) => `  ${directive}\n`).join('')}`.trimEnd();
}

const indented = (text: string, spaces: number): string => text.replaceAll(/^/gm, ' '.repeat(spaces));

function configuration({ folder, port, routes, asRoot, certificates }: Lab): string {
  return `${asRoot ? `user: ${firstAccount(['nobody'])}\n` : ''}num-threads: 1
listen:
  host: 127.0.0.1
  port: ${port}
access-log:
  path: ${folder}/access.log
  format: '${LOG_FORMAT}'
error-log: ${folder}/error.log
proxy.timeout.io: 2000
http1-request-timeout: 2
limit-request-body: ${BODY_LIMIT}
hosts:
  default:
    paths:
${routes.map((route) => indented(pathBlock(route, certificates), 6)).join('\n')}
`;
}
