import path from 'node:path';
import type { Fault } from '../../../src/gateway/fault.ts';
import type { Adaptor, GatewaySetup, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';
import { resolverEnvironment } from '../lab-resolver.ts';

/** One line per request: the combined format, then what Varnish did with it. The checks read this format. */
const LOG_FORMAT = '%h %l %u %t "%r" %s %b "%{Referer}i" "%{User-agent}i" handling=%{Varnish:handling}x';
/** The records of varnishlog that say why a request failed; all others tell about healthy requests too. */
const LOG_TAGS = ['FetchError', 'VCL_Error', 'Error', 'BogoHeader', 'LostHeader', 'HttpGarbage'];

const PARAMETERS = [
  'thread_pools=1',
  'thread_pool_min=20',
  'timeout_idle=2',
  // A backend that refused would otherwise not be tried again for a moment, and the log would say `errno 0 (Success)`.
  'backend_local_error_holddown=0',
  'backend_remote_error_holddown=0',
];

/** Varnish as a reverse proxy, with its log programs. */
export const varnish: Adaptor = {
  id: 'varnish',
  install: { apt: 'varnish', brew: 'varnish' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
  settings:
    '.connect_timeout 2s; .first_byte_timeout 2s; .between_bytes_timeout 2s; built-in VCL otherwise, with caching on ' +
    '(every request has a hash of its own, so that none is answered from the cache); ' +
    'backend_local_error_holddown and backend_remote_error_holddown 0 (so that one fault does not color the next)',
  noise: [
    { name: 'line between two transactions', find: /^$/ },
    { name: 'name of a transaction', find: /^\*+ +<</ },
  ],
  find: () => {
    const command = findProgram('varnishd');
    const version = command && /varnish-(([\d.]+)\S*)/.exec(versionOutput(command, '-V'));
    if (!version || !findProgram('varnishncsa') || !findProgram('varnishlog')) return null;
    return { command, program: `varnish-${version[1] ?? ''}`, version: version[2] ?? '' };
  },
  cannotMeet,
  remembers: ({ route }) => route?.balance === 'first-then-next',
  routeConfig: (route) => vclOf([route]),
  configure,
  // A connection that failed never arrived. With a director, others may follow it.
  attemptsInLog: (_accessLines, logLines) => logLines.filter((line) => / fail errno \d+/.test(line)).length,
};

function cannotMeet({ route, servers }: Fault): string | null {
  if (route?.tls) return 'Varnish speaks no TLS to a server';
  const looksUp = servers.some(({ kind }) => kind === 'unresolvable') && !route?.resolveAtStart;
  return looksUp ? 'Varnish looks names up when it loads its configuration, and not again' : null;
}

function configure(lab: Lab): GatewaySetup {
  const { folder, port, routes } = lab;
  const work = path.join(folder, 'work');
  const listen = ['-F', '-a', `127.0.0.1:${port}`, '-f', path.join(folder, 'default.vcl'), '-n', work, '-T', 'none'];
  return {
    files: { 'default.vcl': `vcl 4.1;\nimport directors;\n${vclOf(routes)}\n` },
    args: [...listen, '-s', 'malloc,64m', ...PARAMETERS.flatMap((parameter) => ['-p', parameter])],
    environment: routes.some(({ fault }) => fault.route?.resolveAtStart) ? resolverEnvironment(lab) : {},
    companions: [
      {
        command: findProgram('varnishncsa') ?? 'varnishncsa',
        args: ['-n', work, '-w', path.join(folder, 'access.log'), '-F', LOG_FORMAT],
      },
      {
        command: findProgram('varnishlog') ?? 'varnishlog',
        args: ['-n', work, '-g', 'request', ...LOG_TAGS.flatMap((tag) => ['-i', tag])],
        stdout: 'vsl.log',
      },
    ],
    // The configuration is translated to C and compiled.
    startsWithinMs: 60_000,
    logs: { access: 'access.log', error: 'vsl.log' },
  };
}

const nameOf = ({ fault }: Route): string => fault.id.replaceAll('-', '_');
const retries = ({ fault }: Route): boolean => fault.route?.balance === 'first-then-next';

/** The backends and subroutines of these routes. */
function vclOf(routes: readonly Route[]): string {
  const several = routes.filter(({ targets }) => targets.length > 1);
  const retried = routes.filter(({ fault }) => fault.route?.retryOn503);
  return [
    ...routes.flatMap((route) => route.targets.map((target, index) => backend(route, target, index))),
    ...(several.length > 0 ? [subroutine('vcl_init', several.flatMap(director))] : []),
    subroutine(
      'vcl_recv',
      routes.map((route) => `if (req.url ~ "^${route.path}") { set req.backend_hint = ${hint(route)}; }`),
    ),
    subroutine('vcl_hash', ['hash_data(req.xid);']),
    ...(retried.length > 0 ? [subroutine('vcl_backend_response', retried.map(retryOn503))] : []),
  ].join('\n');
}

const subroutine = (name: string, lines: readonly string[]): string =>
  `sub ${name} {\n${lines.map((line) => `  ${line}\n`).join('')}}`;

function backend(route: Route, { host, port, unixPath }: Target, index: number): string {
  const where = unixPath ? `.path = "${unixPath}";` : `.host = "${host}"; .port = "${port}";`;
  const checked = route.targets.length > 1 && !retries(route);
  return `backend ${nameOf(route)}_${index} {
  ${where}
  .connect_timeout = 2s;
  .first_byte_timeout = 2s;
  .between_bytes_timeout = 2s;${checked ? '\n  .probe = { .url = "/"; .interval = 200ms; .timeout = 200ms; .initial = 0; }' : ''}
}`;
}

const hint = (route: Route): string =>
  route.targets.length > 1 ? `d_${nameOf(route)}.backend()` : `${nameOf(route)}_0`;

const director = (route: Route): string[] => [
  `new d_${nameOf(route)} = directors.${retries(route) ? 'round_robin' : 'fallback'}();`,
  ...route.targets.map((_target, index) => `d_${nameOf(route)}.add_backend(${nameOf(route)}_${index});`),
];

const retryOn503 = ({ path: prefix }: Route): string =>
  `if (bereq.url ~ "^${prefix}" && beresp.status == 503 && bereq.retries < 2) { return (retry); }`;
