import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';

/** nghttpx as a reverse proxy to HTTP/1.1 servers: one `backend` line for every server of a route. */
export const nghttpx: Adaptor = {
  id: 'nghttpx',
  install: { apt: 'nghttp2-proxy', brew: 'nghttp2' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'single-process=yes; workers=1; backend-connect-timeout=2s; backend-read-timeout=2s; backend-write-timeout=2s; log-level=INFO; ' +
    'cacert=the lab’s CA (certificates are verified by default); everything else at its default',
  noise: [
    { name: 'a message as it was sent, in many lines', find: /^(?!\d{4}-\d\d-\d\dT)/ },
    {
      name: 'the course of every request',
      find: / INFO \((?!.*\).*(?:fail|error|time ?out|EOF|reset|refused|invalid|Could not|resolving|not found))/i,
    },
    {
      name: 'how it finds a route, with the path of the request',
      find: /Perform mapping selection|Found pattern|Host-path pattern/,
    },
    { name: 'the upstream closed a kept connection, after the exchange', find: /\] Idle connection / },
    { name: 'it checks whether a server is back', find: /Liveness check|Unblock/ },
    { name: 'its start', find: / NOTICE / },
  ],
  find: () => {
    const command = findProgram('nghttpx');
    const version = command && /nghttp2\/([\d.]+)/.exec(versionOutput(command, '-v'))?.[1];
    return version ? { command, program: `nghttpx nghttp2/${version}`, version } : null;
  },
  cannotMeet: ({ route, servers }) => {
    if (route?.protocol) return `nghttpx does not speak ${route.protocol} to a server; nginx does`;
    return servers.some(({ kind }) => kind === 'unresolvable') ? cannotRedirectResolver() : null;
  },
  // It takes a server that failed out for a while, and goes round the others.
  remembers: () => true,
  // It begins with any of several servers. And when bytes and the end of the connection come together, it may or may not
  // have passed the bytes on before it notices the end.
  isChance: ({ id, route }) =>
    route?.balance === 'first-then-next' || /^(?:rst-on-accept|close-(?:mid-body|mid-chunk|no-last-chunk))/.test(id),
  routeConfig: (route) => backends(route),
  configure: (lab) => ({
    files: { 'nghttpx.conf': configuration(lab) },
    args: [`--conf=${lab.folder}/nghttpx.conf`],
    environment: resolverEnvironment(lab),
    unprivileged: true,
    // Its error log goes to stderr by default, as do the last words of a start that fails.
    stderr: 'error.log',
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // Failed connections are in the error log; the one that worked is not.
  attemptsInLog: ([access = ''], errorLines) => {
    const failed = errorLines.filter((line) =>
      /Backend connect failed|connect\(\) failed|Connect time out/.test(line),
    ).length;
    const answered = / HTTP\/1\.1" [1-4]\d\d /.test(access);
    return failed === 0 ? 0 : failed + (answered ? 1 : 0);
  },
};

const isName = ({ host, unixPath }: Target): boolean => !unixPath && !/^[\d.]+$|:/.test(host);

/** The lines of one route. Without `dns` a name is looked up once, at the start. */
function backends({ fault: { route: needs }, path, targets }: Route): string {
  return targets
    .map((target) => {
      const words = [
        target.unixPath ? `unix:${target.unixPath}` : `${target.host},${target.port}`,
        path,
        'proto=http/1.1',
      ];
      if (needs?.tls) words.push('tls', 'sni=upstream.test');
      if (isName(target) && !needs?.resolveAtStart) words.push('dns');
      if (needs?.balance === 'marked-down') words.push('fall=1', 'rise=1');
      return `backend=${words.join(';')}`;
    })
    .join('\n');
}

/** The last backend is the one for all other paths, which nghttpx insists on. */
function configuration({ folder, port, routes, certificates }: Lab): string {
  return `single-process=yes
frontend=127.0.0.1,${port};no-tls
${routes.map(backends).join('\n')}
backend=127.0.0.1,1
backend-connect-timeout=2s
backend-read-timeout=2s
backend-write-timeout=2s
workers=1
cacert=${certificates}/ca.pem
accesslog-file=${folder}/access.log
log-level=INFO
`;
}
