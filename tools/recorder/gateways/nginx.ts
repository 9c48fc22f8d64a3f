import { firstAccount } from '../account.ts';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

/** One line per request with everything that nginx knows about the upstream. The simulator and the checks read this format. */
const LOG_FORMAT =
  `log_format lab '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ` +
  `rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" urt="$upstream_response_time" ` +
  `ua="$upstream_addr" us="$upstream_status" rc=$request_completion';`;

/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** nginx as a reverse proxy. */
export const nginx: Adaptor = {
  id: 'nginx',
  install: { apt: 'nginx', brew: 'nginx' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'proxy_connect_timeout 2s; proxy_read_timeout 2s; proxy_send_timeout 2s; the same for fastcgi and uwsgi; ' +
    'client_header_timeout 2s; client_body_timeout 2s; resolver_timeout 1s; error_log info; ' +
    'everything else at its default (proxy_buffering on, 4k or 8k proxy_buffer_size, client_max_body_size 1m)',
  noise: [
    // Written when the recorder's own client goes away after a whole answer.
    { name: 'client closed its idle connection', find: / client \S+ closed keepalive connection( \(\d+: .*\))?$/ },
    { name: 'client connected and sent nothing', find: / client closed connection while waiting for request,/ },
    { name: 'an upstream closed its idle connection', find: / recv\(\) failed \(104: [^)]*\) while keepalive,/ },
  ],
  find: () => {
    // Some systems name themselves too, `nginx/1.24.0 (Ubuntu)`, and then do so in the Server header and on error pages.
    const command = findProgram('nginx');
    const version = command && /nginx version: (\w+\/([\d.]+)(?: \([^)]*\))?)/.exec(versionOutput(command, '-v'));
    return version ? { command, program: version[1] ?? '', version: version[2] ?? '' } : null;
  },
  cannotMeet: () => null,
  routeConfig: (route, nameServer) => routeConfig(route, nameServer, CERTIFICATES),
  configure: (lab) => ({
    files: { 'nginx.conf': configuration(lab), ...PARAMETER_FILES },
    args: ['-c', `${lab.folder}/nginx.conf`, '-e', `${lab.folder}/error.log`],
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // $upstream_addr lists every server that was tried; a group without a live server stands there by its name.
  attemptsInLog: (lines) =>
    lines
      .join('\n')
      .match(/ ua="([^"]*)"/)?.[1]
      ?.match(/(?::\d+|unix:[^,]+)(?=,|$| :)/g)?.length ?? 0,
};

const address = ({ host, port, unixPath }: Target): string => (unixPath ? `unix:${unixPath}:` : `${host}:${port}`);
const isName = ({ host, unixPath }: Target): boolean => unixPath === undefined && !/^[\d.]+$|:/.test(host);
const groupName = (route: Route): string => route.fault.id.replaceAll('-', '_');
/** Faults that need a group of servers: several of them, or connections that are kept. */
const isGroup = ({ fault, targets }: Route): boolean => targets.length > 1 || fault.route?.keepAlive === true;

/** Directives of one route, the group of servers first where there is one. */
const routeConfig = (route: Route, nameServer: string, certificates: string): string =>
  [upstreamBlock(route), locationBlock(route, nameServer, certificates)].filter((text) => text !== '').join('\n');

function upstreamBlock(route: Route): string {
  if (!isGroup(route)) return '';
  const firstThenNext = route.fault.route?.balance === 'first-then-next';
  const marks = firstThenNext ? [' max_fails=0', ' backup'] : [];
  const servers = route.targets.map((target, index) => `server ${address(target)}${marks[index] ?? ''};`);
  return block(`upstream ${groupName(route)}`, [...servers, ...(route.fault.route?.keepAlive ? ['keepalive 8;'] : [])]);
}

function locationBlock(route: Route, nameServer: string, certificates: string): string {
  const { fault, path, targets } = route;
  const [target] = targets;
  if (!target) throw new Error(`The fault ${fault.id} has no server.`);
  const needs = fault.route ?? {};
  const directives: string[] = [];
  if (needs.bodyLimit === 'large') directives.push('client_max_body_size 64m;');
  if (needs.protocol) {
    const place = target.unixPath ? `unix:${target.unixPath}` : `${target.host}:${target.port}`;
    if (needs.longReadTimeout) directives.push(`${needs.protocol}_read_timeout 6s;`);
    directives.push(`include ${needs.protocol}_params;`);
    if (needs.protocol === 'fastcgi')
      directives.push(`fastcgi_param SCRIPT_FILENAME ${target.scriptPath ?? '/srv/app/ok.php'};`);
    return block(`location ${path}`, [...directives, `${needs.protocol}_pass ${place};`]);
  }
  if (needs.keepAlive) directives.push('proxy_http_version 1.1;', 'proxy_set_header Connection "";');
  if (needs.retryOn503) directives.push('proxy_next_upstream error timeout http_503;');
  if (needs.tls) {
    directives.push('proxy_ssl_verify on;', `proxy_ssl_trusted_certificate ${certificates}/ca.pem;`);
    directives.push('proxy_ssl_name upstream.test;', 'proxy_ssl_server_name on;');
  }
  const scheme = needs.tls ? 'https' : 'http';
  if (isGroup(route)) directives.push(`proxy_pass ${scheme}://${groupName(route)};`);
  else if (isName(target) && !needs.resolveAtStart) {
    // Only a name in a variable is looked up at run time; any other must resolve when nginx starts.
    directives.push(`resolver ${nameServer};`, 'resolver_timeout 1s;');
    directives.push(`set $upstream ${target.host};`, `proxy_pass ${scheme}://$upstream:${target.port};`);
  } else directives.push(`proxy_pass ${scheme}://${address(target)};`);
  return block(`location ${path}`, directives);
}

const block = (head: string, directives: readonly string[]): string =>
  `${head} {\n${directives.map((directive) => `  ${directive}\n`).join('')}}`;

function configuration({ folder, port, nameServer, routes, asRoot, certificates }: Lab): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `${asRoot ? `user ${firstAccount(['www-data', 'nginx', '_www', 'http'])};\n` : ''}worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log info;
events { worker_connections 1024; }
http {
${LOG_FORMAT}
access_log ${folder}/access.log lab;
${temporary.join('\n')}
proxy_connect_timeout 2s;
proxy_read_timeout 2s;
proxy_send_timeout 2s;
fastcgi_connect_timeout 2s;
fastcgi_read_timeout 2s;
uwsgi_connect_timeout 2s;
uwsgi_read_timeout 2s;
client_header_timeout 2s;
client_body_timeout 2s;
${routes.map(upstreamBlock).join('\n')}
server {
listen 127.0.0.1:${port};
server_name gw.test;
${routes.map((route) => locationBlock(route, nameServer, certificates)).join('\n')}
}
}
`;
}

/** What Debian's nginx brings as fastcgi_params and uwsgi_params; other builds come without the files. */
const SHARED_PARAMETERS = `QUERY_STRING $query_string
REQUEST_METHOD $request_method
CONTENT_TYPE $content_type
CONTENT_LENGTH $content_length
REQUEST_URI $request_uri
DOCUMENT_ROOT $document_root
SERVER_PROTOCOL $server_protocol
REQUEST_SCHEME $scheme
HTTPS $https if_not_empty
REMOTE_ADDR $remote_addr
REMOTE_PORT $remote_port
SERVER_PORT $server_port
SERVER_NAME $server_name`;
const parameters = (directive: string, text: string): string =>
  text.replace(/^/gm, `${directive} `).replace(/$/gm, ';');
const PARAMETER_FILES: Readonly<Record<string, string>> = {
  fastcgi_params: parameters(
    'fastcgi_param',
    `${SHARED_PARAMETERS}\nSCRIPT_NAME $fastcgi_script_name\nDOCUMENT_URI $document_uri\nREDIRECT_STATUS 200`,
  ),
  uwsgi_params: parameters('uwsgi_param', `${SHARED_PARAMETERS}\nPATH_INFO $document_uri`),
};
