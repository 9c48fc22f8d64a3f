import { address, firstServer, ms, SMALL_BODY_LIMIT, type GatewayKit } from './gateway-kit.ts';
import { FIRST_PORT, GATEWAY_PORT, type Lane, type LaneServer, type Place, type Plan } from './plan.ts';

const MODULE_FOLDERS =
  '/usr/lib/apache2/modules /usr/lib64/httpd/modules /usr/lib/httpd/modules /opt/homebrew/lib/httpd/modules ' +
  '/usr/local/lib/httpd/modules /usr/local/apache2/modules /usr/libexec/apache2';
const MODULES =
  'mpm_event authz_core unixd log_config reqtimeout rewrite proxy proxy_http proxy_balancer slotmem_shm lbmethod_byrequests ssl socache_shmcb';

/** Apache httpd as a reader runs it: mod_proxy_http, one ProxyPass per path. */
export const apache: GatewayKit = {
  name: 'Apache httpd',
  install: { apt: 'apache2', brew: 'httpd' },
  files: (plan) => [{ name: 'httpd.conf', text: configuration(plan) }],
  start: (plan) => [
    '# Where the modules are differs from system to system; what is built in has no file.',
    `for folder in ${MODULE_FOLDERS}; do`,
    '  if [ -e "$folder/mod_proxy_http.so" ]; then modules=$folder; fi',
    'done',
    ': "${modules:?The modules of Apache httpd are not where this script looks for them. Add their folder to gateway.sh.}"',
    `for name in ${MODULES}; do`,
    '  if [ -e "$modules/mod_$name.so" ]; then echo "LoadModule ${name}_module \\"$modules/mod_$name.so\\""; fi',
    'done > run/modules.conf',
    'if [ "$(id -u)" = 0 ]; then printf \'User nobody\\nGroup "%s"\\n\' "$(id -gn nobody)" >> run/modules.conf; fi',
    ...(plan.directorPort === null ? [] : ['NODE=$(command -v node); export NODE']),
    'httpd=$(command -v apache2 || command -v httpd)',
    'export PWD',
    'exec "$httpd" -d "$PWD" -f run/httpd.conf -DFOREGROUND',
  ],
  logs: ['run/access.log', 'run/error.log'],
  differs: ({ servers }) =>
    servers.some((server) => server.kind === 'unresolvable' && server.rcode !== 'nxdomain')
      ? 'Apache httpd asks the system’s own resolver, which cannot be made to fail in this way from here: it is given a name that does not exist.'
      : null,
  rewriteMap: true,
};

function configuration(plan: Plan): string {
  const { connectMs, readMs } = plan.timers;
  const asks = plan.directorPort !== null;
  const tls = plan.lanes.some(({ needs }) => needs.tls);
  return [
    `# Apache httpd in front of the upstream of "${plan.scenario.title}".`,
    'Include run/modules.conf',
    'DefaultRuntimeDir run',
    'PidFile run/httpd.pid',
    'ServerName gateway.test',
    `Listen 127.0.0.1:${GATEWAY_PORT}`,
    'ServerLimit 1',
    'StartServers 1',
    'ThreadsPerChild 32',
    'ThreadLimit 32',
    'MaxRequestWorkers 32',
    'MinSpareThreads 1',
    'MaxSpareThreads 32',
    'LogLevel info',
    'ErrorLog run/error.log',
    String.raw`LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" D=%D X=%X" lab`,
    'CustomLog run/access.log lab',
    '<Directory />',
    '  Require all granted',
    '</Directory>',
    '',
    '# How long httpd waits for a client.',
    'RequestReadTimeout header=2 body=2',
    '',
    '# How long httpd waits for the upstream. retry=0: without it, httpd answers 503 for a minute after one failed connect.',
    `Define TIMERS "connectiontimeout=${ms(connectMs)} timeout=${ms(readMs)} retry=0"`,
    `ProxyTimeout ${ms(readMs)}`,
    '# One connection per request, so that what one request left open does not meet the next.',
    'Define APPLICATION "${TIMERS} disablereuse=on"',
    ...(tls
      ? [
          'SSLProxyEngine on',
          'SSLProxyVerify require',
          'SSLProxyCACertificateFile certificates/ca.pem',
          'SSLProxyCheckPeerName on',
          'SSLProxyCheckPeerExpire on',
        ]
      : []),
    ...(asks
      ? [
          '',
          'RewriteEngine on',
          '# Asks the upstream, before httpd connects, which of its servers a request goes to.',
          `RewriteMap which-lane "prg:\${NODE} \${PWD}/upstream.mjs --which-lane 127.0.0.1:${plan.directorPort}"`,
        ]
      : []),
    ...(asks ? ['', `<Proxy "${APPLICATION}">`, '  ProxySet ${APPLICATION}', '</Proxy>'] : []),
    ...plan.lanes.flatMap(workers),
    ...plan.places.flatMap((place) => ['', ...proxied(place, asks)]),
    '',
  ].join('\n');
}

const APPLICATION = `http://127.0.0.1:${FIRST_PORT}`;

/** The timers of one server. */
const worker = (to: string): string[] => ['', `<Proxy "${to}">`, '  ProxySet ${TIMERS}', '</Proxy>'];

/** The servers of a lane, with their timers: a group where there are several. */
function workers(lane: Lane): string[] {
  if (lane.servers.length < 2) return lane.servers.some(isSocket) ? [] : worker(url(lane));
  return [
    '',
    `<Proxy "${url(lane)}">`,
    // A member that failed stays out, as httpd does by itself.
    ...lane.servers.map((server) => `  BalancerMember "http://${address(server)}" \${TIMERS} retry=60`),
    ...(lane.needs.retryOn503 ? ['  ProxySet failonstatus=503'] : []),
    '</Proxy>',
  ];
}

/** Beginning of a lane's URLs. httpd verifies the name in the URL, and its resolver is the system's: hence localhost. */
function url(lane: Lane): string {
  const server = firstServer(lane);
  if (lane.servers.length > 1) return `balancer://${lane.name}`;
  if (server.kind === 'unix') return `unix:\${PWD}/${server.path}|http://localhost`;
  if (server.kind === 'unresolvable') return `http://no-such-host.invalid:${server.port}`;
  return lane.needs.tls ? `https://localhost:${server.port}` : `http://${address(server)}`;
}

const isSocket = (server: LaneServer): boolean => server.kind === 'unix';

/** @param rewriting every path goes by RewriteRule, because ProxyPass would take the request first */
function proxied({ path, prefix, goes, lanes, bodyLimit }: Place, rewriting: boolean): string[] {
  const to = goes === 'ask' || goes === 'application' ? APPLICATION : url(goes);
  const timers =
    goes === 'application'
      ? ' ${APPLICATION}'
      : typeof goes === 'object' && goes.servers.some(isSocket)
        ? ' ${TIMERS}'
        : '';
  const lines = rewriting
    ? rewritten(path, prefix, goes === 'ask' ? lanes : [], to)
    : [`ProxyPass "${path}" "${to}${path}"${timers}`];
  if (bodyLimit === 'small')
    lines.push(`<Location "${path}">`, `  LimitRequestBody ${SMALL_BODY_LIMIT * 1024 * 1024}`, '</Location>');
  return lines;
}

function rewritten(path: string, prefix: boolean, asked: readonly Lane[], to: string): string[] {
  const pattern = `^${path.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}${prefix ? '' : '$'}`;
  const question = `"[E=LANE:\${which-lane:%{REQUEST_METHOD} %{REQUEST_URI} %{HTTP:X-Lab-Priming}}]"`;
  return [
    ...(asked.length > 0 ? [`RewriteRule "${pattern}" "-" ${question}`] : []),
    ...asked.flatMap((lane) => [
      `RewriteCond "%{ENV:LANE}" "=${lane.name}"`,
      `RewriteRule "${pattern}" "${url(lane)}%{REQUEST_URI}" [P]`,
    ]),
    `RewriteRule "${pattern}" "${to}%{REQUEST_URI}" [P]`,
  ];
}
