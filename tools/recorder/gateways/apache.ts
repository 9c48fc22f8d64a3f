import fs from 'node:fs';
import path from 'node:path';
import type { Fault } from '../../../src/gateway/fault.ts';
import { firstAccount } from '../account.ts';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Timers of one server, seconds. */
const TIMERS = 'connectiontimeout=2 timeout=2';
/** Everything that a reverse proxy takes; what is built in on a system has no file and is left out. */
const MODULES =
  'mpm_event authz_core unixd log_config reqtimeout proxy proxy_http proxy_balancer slotmem_shm lbmethod_byrequests ssl socache_shmcb';
/** Where Apache's modules lie, system by system. */
export const MODULE_FOLDERS = [
  '/usr/lib/apache2/modules',
  '/usr/lib64/httpd/modules',
  '/usr/lib/httpd/modules',
  '/opt/homebrew/lib/httpd/modules',
  '/usr/local/lib/httpd/modules',
  '/usr/libexec/apache2',
];
/** Combined log format, then microseconds (%D) and how the client's connection ended (%X). The checks read this format. */
const LOG_FORMAT = String.raw`LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" D=%D X=%X" lab`;

/** Apache httpd as a reverse proxy: mod_proxy_http, one ProxyPass per route. */
export const apache: Adaptor = {
  id: 'apache',
  install: { apt: 'apache2', brew: 'httpd' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'mpm_event, one child; ProxyPass connectiontimeout=2 timeout=2; LogLevel info; RequestReadTimeout header=2 body=2; ' +
    'SSLProxyVerify require; everything else at its default (connections kept, retry 60 s)',
  noise: [
    { name: 'written at the start', find: /AH(?:0009[46]|0048[89]|0049[01]|018[78]\d|02568|03084):/ },
    { name: 'a TLS connection was opened or closed, which other requests may use too', find: /AH(?:01964|01998): / },
    { name: 'found in the connection of an earlier request', find: /AH03408: / },
  ],
  find: () => {
    const command = findProgram('apache2') ?? findProgram('httpd');
    const version = command && /Server version: (Apache\/([\d.]+)(?: \([^)]*\))?)/.exec(versionOutput(command, '-v'));
    return version ? { command, program: version[1] ?? '', version: version[2] ?? '' } : null;
  },
  cannotMeet: (fault) => (looksUp(fault) ? cannotRedirectResolver() : null),
  // A member that failed is left out for a minute, and members take turns.
  remembers: ({ servers }) => servers.length > 1,
  routeConfig: proxyPass,
  configure: (lab) => ({
    files: { 'httpd.conf': configuration(lab) },
    args: ['-f', `${lab.folder}/httpd.conf`, '-DFOREGROUND'],
    environment: lab.routes.some(({ fault }) => looksUp(fault)) ? resolverEnvironment(lab) : {},
    logs: { access: 'access.log', error: 'error.log' },
  }),
  attemptsInLog: (accessLines, errorLines) => {
    // AH00957 and AH02454: an attempt to connect that failed. AH01114: there was no other server to try.
    const failed = errorLines.filter((line) => /AH00957|AH02454/.test(line)).length;
    const gaveUp =
      accessLines.some((line) => line.includes('" 503 ')) && errorLines.at(-1)?.includes('AH01114') === true;
    return failed === 0 || gaveUp ? failed : failed + 1;
  },
};

/** The server is named, so that httpd asks the system's resolver: it takes no name server of its own. */
const looksUp = ({ route, servers }: Fault): boolean =>
  route?.tls === true || servers.some(({ kind }) => kind === 'unresolvable');

/** A certificate is for a name, and httpd verifies the one in the URL. */
const address = ({ fault }: Route, { host, port }: Target): string =>
  fault.route?.tls ? `https://upstream.test:${port}` : `http://${host}:${port}`;

/** Directives of one route. */
function proxyPass(route: Route): string {
  const { fault, path: prefix, targets } = route;
  const [target] = targets;
  if (!target) throw new Error(`The fault ${fault.id} has no server.`);
  const lines =
    targets.length > 1
      ? balancer(route)
      : [
          target.unixPath
            ? `ProxyPass "${prefix}" "unix:${target.unixPath}|http://localhost${prefix}" ${TIMERS}`
            : `ProxyPass "${prefix}" "${address(route, target)}${prefix}" ${TIMERS}`,
        ];
  if (fault.route?.bodyLimit === 'small') {
    lines.push(`<Location "${prefix}">`, `  LimitRequestBody ${BODY_LIMIT}`, '</Location>');
  }
  return lines.join('\n');
}

function balancer(route: Route): string[] {
  const { fault, path: prefix, targets } = route;
  const name = `balancer://${fault.id.replaceAll('-', '_')}`;
  return [
    `<Proxy "${name}">`,
    ...targets.map((target) => `  BalancerMember "${address(route, target)}" ${TIMERS}`),
    ...(fault.route?.retryOn503 ? ['  ProxySet failonstatus=503'] : []),
    '</Proxy>',
    `ProxyPass "${prefix}" "${name}${prefix}"`,
  ];
}

function configuration({ folder, port, routes, asRoot, certificates }: Lab): string {
  const account = firstAccount(['www-data', 'apache', '_www', 'http']);
  return `ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${folder}/httpd.pid
${loadModules()}
ServerName gw.test
Listen 127.0.0.1:${port}
${asRoot ? `User ${account}\nGroup ${account}\n` : ''}ServerLimit 1
StartServers 1
ThreadsPerChild 32
ThreadLimit 32
MaxRequestWorkers 32
MinSpareThreads 1
MaxSpareThreads 32
LogLevel info
ErrorLog ${folder}/error.log
${LOG_FORMAT}
CustomLog ${folder}/access.log lab
RequestReadTimeout header=2 body=2
<Directory />
  Require all granted
</Directory>
${
  certificates
    ? `SSLProxyEngine on
SSLProxyVerify require
SSLProxyCACertificateFile ${certificates}/ca.pem
SSLProxyCheckPeerName on
SSLProxyCheckPeerExpire on
`
    : ''
}${routes.map((route) => `${proxyPass(route)}\n`).join('')}`;
}

function loadModules(): string {
  const folder = MODULE_FOLDERS.find((candidate) => fs.existsSync(path.join(candidate, 'mod_proxy_http.so')));
  if (!folder) throw new Error(`The modules of Apache httpd are in none of ${MODULE_FOLDERS.join(', ')}.`);
  return MODULES.split(' ')
    .filter((name) => fs.existsSync(path.join(folder, `mod_${name}.so`)))
    .map((name) => `LoadModule ${name}_module ${path.join(folder, `mod_${name}.so`)}`)
    .join('\n');
}
