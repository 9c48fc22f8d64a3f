import type { Fault } from '../../../src/gateway/fault.ts';
import { firstAccount } from '../account.ts';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { resolverEnvironment } from '../lab-resolver.ts';

/** Requests with a longer body are refused, KiB. */
const BODY_LIMIT_KIB = 20 * 1024;

/** lighttpd as a reverse proxy: mod_proxy, one condition per route. */
export const lighttpd: Adaptor = {
  id: 'lighttpd',
  install: { apt: 'lighttpd', brew: 'lighttpd' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'mod_proxy; connect-timeout 2; read-timeout 2; write-timeout 2; server.max-read-idle 2; everything else at its ' +
    'default (server.stream-response-body 0: the whole response is buffered)',
  noise: [
    { name: 'a server that failed before may be tried again', find: /\) gw-server re-enabled: / },
    { name: "answer to the recorder's signal", find: /\) logfiles cycled / },
  ],
  find: () => {
    const command = findProgram('lighttpd');
    const version = command && /(lighttpd\/([\d.]+))/.exec(versionOutput(command, '-v'));
    return version ? { command, program: version[1] ?? '', version: version[2] ?? '' } : null;
  },
  cannotMeet,
  // Timers of two seconds that are looked at every second: they end after 3 to 4 seconds.
  timerGrainMs: 1000,
  // A server that failed is left out for a moment, and servers take turns.
  remembers: ({ servers }) =>
    servers.length > 1 ||
    servers.some((server) => !('after' in server ? server.after !== 'accept' : server.kind === 'http')),
  routeConfig: proxyServer,
  configure: (lab) => ({
    files: { 'lighttpd.conf': configuration(lab) },
    args: ['-D', '-f', `${lab.folder}/lighttpd.conf`],
    environment: lab.routes.some(({ fault }) => fault.route?.resolveAtStart) ? resolverEnvironment(lab) : {},
    // It keeps up to four seconds of its access log in memory, and writes it when it is told to rotate its logs.
    flushSignal: 'SIGHUP',
    logs: { access: 'access.log', error: 'error.log' },
  }),
  attemptsInLog: (_accessLines, errorLines) => {
    const failed = errorLines.filter((line) => line.includes('establishing connection failed')).length;
    const gaveUp = errorLines.some((line) => line.includes(' are down.'));
    return failed === 0 || gaveUp ? failed : failed + 1;
  },
};

function cannotMeet({ route, servers }: Fault): string | null {
  if (route?.tls) return "lighttpd's mod_proxy speaks no TLS to a server";
  if (route?.protocol) return `the recorder shows ${route.protocol} with nginx`;
  const looksUp = servers.some(({ kind }) => kind === 'unresolvable') && !route?.resolveAtStart;
  return looksUp ? 'lighttpd looks names up when it starts, and not again' : null;
}

const address = ({ host, port, unixPath }: Target): string =>
  unixPath ? `"socket" => "${unixPath}"` : `"host" => "${host}", "port" => ${port}`;

/** Directives of one route. */
function proxyServer({ path, targets }: Route): string {
  const servers = targets.map(
    (target) => `    ( ${address(target)}, "connect-timeout" => 2, "read-timeout" => 2, "write-timeout" => 2 )`,
  );
  const balance = targets.length > 1 ? '\n  proxy.balance = "round-robin"' : '';
  return `$HTTP["url"] =~ "^${path}" {\n  proxy.server = ( "" => (\n${servers.join(',\n')}\n  ) )${balance}\n}`;
}

function configuration({ folder, port, routes, asRoot }: Lab): string {
  const account = firstAccount(['www-data', 'lighttpd', '_www', 'http']);
  return `server.modules = ( "mod_proxy", "mod_accesslog" )
server.port = ${port}
server.bind = "127.0.0.1"
server.document-root = "${folder}"
server.upload-dirs = ( "${folder}" )
server.errorlog = "${folder}/error.log"
accesslog.filename = "${folder}/access.log"
${asRoot ? `server.username = "${account}"\nserver.groupname = "${account}"\n` : ''}server.max-request-size = ${BODY_LIMIT_KIB}
server.max-read-idle = 2
${routes.map((route) => `${proxyServer(route)}\n`).join('')}`;
}
