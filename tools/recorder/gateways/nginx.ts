import fs from 'node:fs';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

/** One line per request with everything that nginx knows about the upstream. The simulator and the checks read this format. */
const LOG_FORMAT =
  `log_format lab '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" ` +
  `rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" urt="$upstream_response_time" ` +
  `ua="$upstream_addr" us="$upstream_status" rc=$request_completion';`;

/** nginx as a reverse proxy. */
export const nginx: Adaptor = {
  id: 'nginx',
  install: { apt: 'nginx', brew: 'nginx' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    'proxy_connect_timeout 2s; proxy_read_timeout 2s; proxy_send_timeout 2s; resolver_timeout 1s; error_log info; ' +
    'everything else at its default (HTTP/1.0 to the upstream, proxy_buffering on, 4k or 8k proxy_buffer_size)',
  noise: [
    // Written when the recorder's own client goes away after a whole answer.
    { name: 'client closed its idle connection', find: / client \S+ closed keepalive connection( \(\d+: .*\))?$/ },
    { name: 'client connected and sent nothing', find: / client closed connection while waiting for request,/ },
  ],
  find: () => {
    // Some systems name themselves too, `nginx/1.24.0 (Ubuntu)`, and then do so in the Server header and on error pages.
    const command = findProgram('nginx');
    const version = command && /nginx version: (\w+\/([\d.]+)(?: \([^)]*\))?)/.exec(versionOutput(command, '-v'));
    return version ? { command, program: version[1] ?? '', version: version[2] ?? '' } : null;
  },
  cannotMeet: () => null,
  routeConfig,
  configure: (lab) => ({
    files: { 'nginx.conf': configuration(lab) },
    args: ['-c', `${lab.folder}/nginx.conf`, '-e', `${lab.folder}/error.log`],
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // $upstream_addr lists every server that was tried; a group without a live server stands there by its name.
  attemptsInLog: (lines) =>
    lines
      .join('\n')
      .match(/ ua="([^"]*)"/)?.[1]
      ?.match(/:\d+(?=,|$| :)/g)?.length ?? 0,
};

const address = ({ host, port }: Target): string => `${host}:${port}`;
const isAddress = (host: string): boolean => /^[\d.]+$|:/.test(host);
const groupName = (route: Route): string => route.fault.id.replaceAll('-', '_');

/** Directives of one route, the group of servers first where there are several. */
function routeConfig(route: Route, nameServer: string): string {
  return [upstreamBlock(route), locationBlock(route, nameServer)].filter((block) => block !== '').join('\n');
}

function upstreamBlock(route: Route): string {
  if (route.targets.length < 2) return '';
  return block(
    `upstream ${groupName(route)}`,
    route.targets.map((target) => `server ${address(target)};`),
  );
}

function locationBlock(route: Route, nameServer: string): string {
  const [target] = route.targets;
  if (!target) throw new Error(`The fault ${route.fault.id} has no server.`);
  if (route.targets.length > 1) return block(`location ${route.path}`, [`proxy_pass http://${groupName(route)};`]);
  if (isAddress(target.host)) return block(`location ${route.path}`, [`proxy_pass http://${address(target)};`]);
  // Only a name in a variable is looked up at run time; any other must resolve when nginx starts.
  return block(`location ${route.path}`, [
    `resolver ${nameServer};`,
    `resolver_timeout 1s;`,
    `set $upstream ${target.host};`,
    `proxy_pass http://$upstream:${target.port};`,
  ]);
}

const block = (head: string, directives: readonly string[]): string =>
  `${head} {\n${directives.map((directive) => `  ${directive}\n`).join('')}}`;

function configuration({ folder, port, nameServer, routes, asRoot }: Lab): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `${asRoot ? `user ${workerUser()};\n` : ''}worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log info;
events { worker_connections 256; }
http {
${LOG_FORMAT}
access_log ${folder}/access.log lab;
${temporary.join('\n')}
proxy_connect_timeout 2s;
proxy_read_timeout 2s;
proxy_send_timeout 2s;
client_header_timeout 2s;
client_body_timeout 2s;
${routes.map(upstreamBlock).join('\n')}
server {
listen 127.0.0.1:${port};
server_name gw.test;
${routes.map((route) => locationBlock(route, nameServer)).join('\n')}
}
}
`;
}

/** The account that the system's own nginx would run its workers as. */
function workerUser(): string {
  const accounts = fs.readFileSync('/etc/passwd', 'utf8');
  return ['www-data', 'nginx', '_www', 'http'].find((name) => accounts.includes(`\n${name}:`)) ?? 'nobody';
}
