import type { Fault } from '../../../src/gateway/fault.ts';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';

/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** Squid's native format with its own code for what went wrong. The checks read this format. */
const LOG_FORMAT = '%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt err=%err_code/%err_detail';

/** Squid as an accelerator, which is its word for a reverse proxy: one or more `cache_peer … originserver` per route. */
export const squid: Adaptor = {
  id: 'squid',
  install: { apt: 'squid-openssl', brew: 'squid' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'http_port accel (reverse proxy), cache_peer originserver; connect_timeout 2 s; read_timeout 2 s; write_timeout 2 s; ' +
    'request_timeout 2 s; dns_timeout 1 s; cache deny all; request_body_max_size 20 MB',
  noise: [
    { name: 'Squid looks at its peers by itself', find: /\| (?:Configuring Parent |WARNING: DNS lookup for )/ },
    { name: 'housekeeping', find: /\| storeLateRelease: / },
    { name: 'number of the request before', find: /^ +current master transaction: / },
  ],
  find: () => {
    const command = findProgram('squid');
    const version = command && /Squid Cache: Version (([\d.]+)\S*)/.exec(versionOutput(command, '-v'));
    return version ? { command, program: `squid/${version[1] ?? ''}`, version: version[2] ?? '' } : null;
  },
  cannotMeet: (fault) => {
    if (fault.servers.some(({ kind }) => kind === 'unix')) return 'a cache_peer takes no unix socket';
    return looksUp(fault) ? cannotRedirectResolver() : null;
  },
  // Timers of two seconds that are looked at every second, and began at a whole one: they end after 1.8 to 3 seconds.
  timerGrainMs: 2000,
  // A peer that was dead when Squid started gets no request at all.
  probesAtStart: true,
  routeConfig: (route) => cachePeers(route, CERTIFICATES),
  configure: (lab) => ({
    files: { 'squid.conf': configuration(lab) },
    args: ['-N', '-f', `${lab.folder}/squid.conf`],
    environment: lab.routes.some(({ fault }) => looksUp(fault)) ? resolverEnvironment(lab) : {},
    startsWithinMs: 60_000,
    // It logs the recorder's look at its port, and probes its peers.
    settlesMs: 500,
    logs: { access: 'access.log', error: 'cache.log' },
  }),
  attemptsInLog: (accessLines, errorLines) => {
    if (accessLines.some((line) => / err=ERR_(?:CONNECT_FAIL|SECURE_CONNECT_FAIL)\//.test(line))) return 1;
    // The answer came from the peer after the one that failed.
    return errorLines.some((line) => line.includes('| TCP connection to ')) ? 2 : 0;
  },
};

const looksUp = ({ servers }: Fault): boolean => servers.some(({ kind }) => kind === 'unresolvable');

/** The peers of one route. */
function cachePeers(route: Route, certificates: string): string {
  const name = route.fault.id.replaceAll('-', '_');
  const peers = route.targets.flatMap((target, index) => [
    `cache_peer ${peer(route, target, certificates)} name=${name}_${index}`,
    `cache_peer_access ${name}_${index} allow p_${name}`,
    `cache_peer_access ${name}_${index} deny all`,
  ]);
  return [`acl p_${name} urlpath_regex ^${route.path}`, ...peers].join('\n');
}

function peer({ fault, targets }: Route, { host, port }: Target, certificates: string): string {
  const words = [`${host} parent ${port} 0 no-query no-digest no-netdb-exchange originserver connect-timeout=2`];
  if (targets.length > 1 && fault.route?.balance !== 'first-then-next') words.push('connect-fail-limit=1');
  if (fault.route?.tls) {
    words.push(`tls tls-cafile=${certificates}/ca.pem tls-default-ca=off ssldomain=upstream.test`);
  }
  return words.join(' ');
}

function configuration({ folder, port, routes, certificates }: Lab): string {
  return `http_port 127.0.0.1:${port} accel vhost defaultsite=gw.test
visible_hostname gw.squid
pid_filename ${folder}/squid.pid
logformat lab ${LOG_FORMAT}
access_log stdio:${folder}/access.log lab
logfile_rotate 0
cache_log ${folder}/cache.log
cache_store_log none
coredump_dir ${folder}
cache deny all
pinger_enable off
shutdown_lifetime 0 seconds
dns_nameservers 127.0.0.1
dns_timeout 1 seconds
connect_timeout 2 seconds
read_timeout 2 seconds
write_timeout 2 seconds
request_timeout 2 seconds
request_body_max_size 20 MB
http_access allow all
buffered_logs off
${routes.map((route) => `${cachePeers(route, certificates)}\n`).join('')}never_direct allow all
`;
}
