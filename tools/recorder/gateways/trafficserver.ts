import fs from 'node:fs';
import type { Adaptor, Lab, Route } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

/** The name that a TLS server must have a certificate for. */
const TLS_NAME = 'upstream.test';
/** Where package managers put the texts of the error pages. */
const BODY_FACTORIES = [
  '/etc/trafficserver/body_factory',
  '/usr/local/etc/trafficserver/body_factory',
  '/opt/homebrew/etc/trafficserver/body_factory',
];

/**
 * One line per request. ATS's `squid` format with the times, then the status that the server gave (sssc), the one that
 * the client got (pssc), how the server's (pfsc) and the client's (cfsc) side ended, and how the answer came about (crat).
 */
const LOG_FORMAT =
  '%<cqtq> %<ttms> %<chi> %<crc>/%<pssc> %<psql> %<cqhm> %<cquc> %<caun> %<phr>/%<shn> %<psct> sssc=%<sssc> pfsc=%<pfsc> cfsc=%<cfsc> crat=%<crat>';

/** Apache Traffic Server as a reverse proxy: one line of remap.config per route. */
export const trafficserver: Adaptor = {
  id: 'trafficserver',
  install: { apt: 'trafficserver', brew: 'trafficserver' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'cache off; connect_attempts_timeout 2; transaction_no_activity_timeout_out 2, _in 2; connect_attempts_max_retries at its ' +
    'default (3); down_server.cache_time 0 (so that one failure does not color the next answer); pristine_host_hdr 1; ' +
    'ssl.client.verify.server.policy ENFORCED; dns.lookup_timeout 1, dns.retries 1, hostdb.lookup_timeout 2',
  noise: [],
  find: () => {
    const command = findProgram('traffic_server');
    const version = command && /Traffic Server ([\d.]+)/.exec(versionOutput(command, '--version'))?.[1];
    return version ? { command, program: `ATS/${version}`, version } : null;
  },
  cannotMeet: ({ route, servers }) => {
    if (route?.protocol) return `Traffic Server does not speak ${route.protocol} to a server; nginx does`;
    return servers.some(({ kind }) => kind === 'unix') ? 'a rule of remap.config takes no unix socket' : null;
  },
  // 2000 headers keep its only thread busy for many seconds, and with it everybody who asks next.
  remembers: ({ group }) => group === 'bytes',
  // remap.config names one server. A name with two addresses is as near as it comes.
  balancesByName: true,
  // It takes either address; and when bytes and the end of the connection come together, it may or may not have passed the
  // bytes on before it notices the end.
  isChance: ({ id, route }) =>
    route?.balance === 'first-then-next' ||
    /^(?:rst-on-accept|never-reads-body|close-(?:mid-body|mid-chunk|no-last-chunk))/.test(id),
  routeConfig: remapRule,
  configure: (lab) => ({
    files: {
      'runroot.yaml': layout(lab),
      'etc/records.config': settings(lab),
      'etc/remap.config': `${lab.routes.map(remapRule).join('\n')}\n`,
      'etc/logging.yaml': logging(),
      'etc/ip_allow.yaml': 'ip_allow:\n  - apply: in\n    ip_addrs: 127.0.0.1\n    action: allow\n    methods: ALL\n',
      'etc/storage.config': 'cache 32M\n',
      ...Object.fromEntries(EMPTY_FILES.map((name) => [`etc/${name}`, ''])),
    },
    args: [`--run-root=${lab.folder}/runroot.yaml`],
    startsWithinMs: 25_000,
    // It writes its logs once a second.
    logsWithinMs: 3500,
    unprivileged: true,
    // What it has to say about TLS is in the diagnostic log.
    logs: { access: 'access.log', error: 'error.log', diagnostic: 'diags.log' },
  }),
  // Every failed attempt to connect has its line.
  attemptsInLog: (_, errorLines) => errorLines.filter((line) => line.includes(' CONNECT: attempt fail ')).length,
};

/** Files that it misses loudly, although they have nothing to say. */
const EMPTY_FILES = [
  ...['parent.config', 'plugin.config', 'ssl_multicert.config', 'cache.config', 'hosting.config', 'volume.config'],
  ...['splitdns.config', 'socks.config', 'sni.yaml', 'strategies.yaml'],
];

/** It asks a TLS server for the name in the rule, and looks it up like any other. */
function remapRule({ fault, path, targets }: Route): string {
  const [target] = targets;
  if (!target) throw new Error(`The fault ${fault.id} has no server.`);
  const origin = fault.route?.tls ? `https://${TLS_NAME}:${target.port}` : `http://${target.host}:${target.port}`;
  return `map ${path} ${origin}${path}`;
}

function settings({ port, nameServer, certificates }: Lab): string {
  const bodyFactory = BODY_FACTORIES.find((folder) => fs.existsSync(folder));
  const values: readonly (readonly [name: string, type: 'INT' | 'STRING', value: string | number])[] = [
    ['exec_thread.autoconfig', 'INT', 0],
    ['exec_thread.limit', 'INT', 1],
    ['http.server_ports', 'STRING', `${port}:ip-in=127.0.0.1`],
    ...(bodyFactory ? [['body_factory.template_sets_dir', 'STRING', bodyFactory] as const] : []),
    ['http.cache.http', 'INT', 0],
    ['http.connect_attempts_timeout', 'INT', 2],
    ['http.down_server.cache_time', 'INT', 0],
    ['http.transaction_no_activity_timeout_out', 'INT', 2],
    ['http.transaction_no_activity_timeout_in', 'INT', 2],
    ['url_remap.remap_required', 'INT', 1],
    ['url_remap.pristine_host_hdr', 'INT', 1],
    ['reverse_proxy.enabled', 'INT', 1],
    ['log.logging_enabled', 'INT', 3],
    ['log.max_secs_per_buffer', 'INT', 1],
    ['log.periodic_tasks_interval', 'INT', 1],
    // Without this it asks the system's name servers too.
    ['dns.resolv_conf', 'STRING', 'NULL'],
    ['dns.nameservers', 'STRING', nameServer],
    ['dns.lookup_timeout', 'INT', 1],
    ['dns.retries', 'INT', 1],
    ['hostdb.lookup_timeout', 'INT', 2],
    ['ssl.client.verify.server.policy', 'STRING', 'ENFORCED'],
    ['ssl.client.verify.server.properties', 'STRING', 'ALL'],
    ['ssl.client.CA.cert.path', 'STRING', certificates],
    ['ssl.client.CA.cert.filename', 'STRING', 'ca.pem'],
    ['ssl.client.sni_policy', 'STRING', 'remap'],
    ['http.insert_response_via_str', 'INT', 3],
  ];
  return values.map(([name, type, value]) => `CONFIG proxy.config.${name} ${type} ${value}\n`).join('');
}

const logging = (): string => `logging:
  formats:
    - name: lab
      format: '${LOG_FORMAT}'
  logs:
    - filename: access
      format: lab
      mode: ascii
`;

/** Where everything is (runroot). The programs' own folders do not matter to one that is started by its path. */
const layout = ({ folder }: Lab): string => `prefix: ${folder}
exec_prefix: ${folder}
bindir: /usr/bin
sbindir: /usr/bin
sysconfdir: ${folder}/etc
datadir: ${folder}
includedir: /usr/include
libdir: /usr/lib
libexecdir: /usr/lib/trafficserver/modules
localstatedir: ${folder}
runtimedir: ${folder}
logdir: ${folder}
mandir: /usr/share/man
cachedir: ${folder}
`;
