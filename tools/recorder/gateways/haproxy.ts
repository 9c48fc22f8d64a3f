import { firstAccount } from '../account.ts';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { resolverEnvironment } from '../lab-resolver.ts';

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** HAProxy as a reverse proxy: one frontend, one backend per route. */
export const haproxy: Adaptor = {
  id: 'haproxy',
  install: { apt: 'haproxy', brew: 'haproxy' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'timeout connect 2s; timeout client 5s; timeout server 2s; timeout http-request 2s; option httplog; ' +
    'everything else at its default (retries 3, http-reuse safe, 16 KiB buffers)',
  noise: [
    {
      name: 'a health check of another route took a server out',
      find: /\] .*(?: is DOWN, reason: | has no server available!)/,
    },
  ],
  find: () => {
    const command = findProgram('haproxy');
    const version = command && /HAProxy version (([\d.]+)\S*)/.exec(versionOutput(command, '-v'));
    return version ? { command, program: `HAProxy/${version[1] ?? ''}`, version: version[2] ?? '' } : null;
  },
  cannotMeet: () => null,
  remembers: ({ route }) => route?.balance === 'first-then-next',
  routeConfig: (route) => backend(route, CERTIFICATES),
  configure: (lab) => ({
    files: { 'haproxy.cfg': configuration(lab) },
    args: ['-f', `${lab.folder}/haproxy.cfg`, '-db'],
    environment: lab.routes.some(({ fault }) => fault.route?.resolveAtStart) ? resolverEnvironment(lab) : {},
    stdout: 'access.log',
    stderr: 'error.log',
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // `be_ok/s1 … 0/0/0/0/3 0/0 "` ends the connection counts with the number of retries; without a server nothing was tried.
  attemptsInLog: (lines) => {
    const retries = / be_\w+\/s\d .* \d+\/\d+\/\d+\/\d+\/\+?(\d+) \d+\/\d+ "/.exec(lines[0] ?? '')?.[1];
    return retries === undefined ? 0 : Number(retries) + 1;
  },
};

const address = ({ host, port, unixPath }: Target): string => (unixPath ? `unix@${unixPath}` : `${host}:${port}`);
const isName = ({ host, unixPath }: Target): boolean => !unixPath && !/^[\d.]+$|:/.test(host);
const backendName = ({ fault }: Route): string => `be_${fault.id.replaceAll('-', '_')}`;

/** The backend of one route. */
function backend(route: Route, certificates: string): string {
  const { route: needs, servers } = route.fault;
  const directives: string[] = [];
  if (needs?.bodyLimit === 'small') {
    directives.push(`http-request deny deny_status 413 if { req.hdr(content-length),sub(${BODY_LIMIT}) -m int gt 0 }`);
  }
  if (needs?.keepAlive) directives.push('http-reuse always');
  if (needs?.balance === 'first-then-next') directives.push('option redispatch', 'balance roundrobin');
  if (needs?.retryOn503) directives.push('retry-on 503 conn-failure');
  const checked = servers.length > 1 && needs?.balance !== 'first-then-next';
  route.targets.forEach((target, index) => {
    const words = [`server s${index + 1} ${address(target)}`];
    if (needs?.tls) {
      words.push(`ssl verify required ca-file ${certificates}/ca.pem sni str(upstream.test) verifyhost upstream.test`);
    }
    if (isName(target) && !needs?.resolveAtStart) words.push('resolvers lab init-addr none');
    if (checked) words.push('check inter 200ms fall 1');
    directives.push(words.join(' '));
  });
  return `backend ${backendName(route)}\n${directives.map((directive) => `  ${directive}\n`).join('')}`.trimEnd();
}

function configuration({ port, nameServer, routes, asRoot, certificates }: Lab): string {
  const account = firstAccount(['haproxy']);
  return `global
  log stdout format raw local0 debug
  nbthread 1
${asRoot ? `  user ${account}\n` : ''}defaults
  mode http
  option httplog
  timeout connect 2s
  timeout client 5s
  timeout server 2s
  timeout http-request 2s
resolvers lab
  nameserver ns1 ${nameServer}
  resolve_retries 1
  timeout resolve 500ms
  timeout retry 500ms
frontend fe
  # Only the frontend logs: a server that a health check takes out would write between the requests.
  log global
  bind 127.0.0.1:${port}
${routes.map((route) => `  use_backend ${backendName(route)} if { path_beg ${route.path} }\n`).join('')}${routes
    .map((route) => `${backend(route, certificates)}\n`)
    .join('')}`;
}
