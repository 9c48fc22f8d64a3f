import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

const MODULE = fileURLToPath(new URL('../programs/go-reverseproxy/', import.meta.url));

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;

/** A program around httputil.ReverseProxy of Go's standard library, compiled with the Go that is installed. */
export const goReverseproxy: Adaptor = {
  id: 'go-reverseproxy',
  install: { apt: 'golang-go', brew: 'go' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 5000 },
  settings:
    'http.Transport with net.Dialer Timeout 2s, ResponseHeaderTimeout 2s, TLSHandshakeTimeout 2s (there is no timeout for a body); ' +
    'http.Server ReadHeaderTimeout 2s, ReadTimeout 5s; http.MaxBytesReader 20 MiB where a body limit is to show',
  noise: [],
  find: () => {
    const command = findProgram('go');
    const version = command && /go version go([\d.]+)/.exec(versionOutput(command, 'version'))?.[1];
    return version ? { command, program: `go${version} net/http/httputil`, version } : null;
  },
  cannotMeet: () => null,
  balancesByName: true,
  routeConfig: handler,
  configure: (lab) => ({
    files: { 'routes.json': JSON.stringify(configuration(lab), null, 2) },
    command: build(lab),
    args: [`${lab.folder}/routes.json`],
    unprivileged: true,
    stderr: 'error.log',
    logs: { access: 'access.log', error: 'error.log' },
  }),
  attemptsInLog: (_, errorLines) =>
    errorLines.filter((line) => / proxy error: dial (?:tcp \S*\d:|unix )/.test(line)).length,
};

const urlOf = ({ fault }: Route, { host, port, unixPath }: Target): string =>
  unixPath ? 'http://localhost' : `${fault.route?.tls ? 'https' : 'http'}://${host}:${port}`;

function targetOf({ fault, targets }: Route): Target {
  const [target] = targets;
  if (!target) throw new Error(`The fault ${fault.id} has no server.`);
  return target;
}

/** One route as Go code: what the program does with its configuration. */
function handler(route: Route): string {
  const target = targetOf(route);
  const lines = [
    `upstream, _ := url.Parse("${urlOf(route, target)}")`,
    'proxy := httputil.NewSingleHostReverseProxy(upstream)',
    'dialer := &net.Dialer{Timeout: 2 * time.Second}',
    'proxy.Transport = &http.Transport{',
  ];
  lines.push(
    target.unixPath
      ? `\tDialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dialer.DialContext(ctx, "unix", "${target.unixPath}") },`
      : '\tDialContext: dialer.DialContext,',
  );
  lines.push('\tResponseHeaderTimeout: 2 * time.Second,');
  if (route.fault.route?.tls) {
    lines.push('\tTLSHandshakeTimeout: 2 * time.Second,');
    lines.push('\tTLSClientConfig: &tls.Config{RootCAs: roots, ServerName: "upstream.test"},');
  }
  lines.push('}');
  const limited = route.fault.route?.bodyLimit === 'small' ? `http.MaxBytesHandler(proxy, ${BODY_LIMIT})` : 'proxy';
  return [...lines, `http.Handle("${route.path}", ${limited})`].join('\n');
}

/** See `configuration` in main.go. */
function configuration({ folder, port, nameServer, routes, certificates }: Lab): object {
  return {
    Listen: `127.0.0.1:${port}`,
    AccessLog: path.join(folder, 'access.log'),
    CA: path.join(certificates, 'ca.pem'),
    Resolver: nameServer,
    Routes: routes.map((route) => {
      const target = targetOf(route);
      return {
        Prefix: route.path,
        Upstream: urlOf(route, target),
        Unix: target.unixPath ?? '',
        MaxBody: route.fault.route?.bodyLimit === 'small' ? BODY_LIMIT : 0,
      };
    }),
  };
}

/** Compiles the program into the lab's folder, offline and with this Go alone. Throws with the compiler's words when that fails. */
function build({ program, folder }: Lab): string {
  const executable = path.join(folder, 'go-reverseproxy');
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off' };
  const { status, stderr } = spawnSync(program.command, ['build', '-o', executable, '.'], {
    cwd: MODULE,
    env,
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${program.command} cannot compile ${path.relative(process.cwd(), MODULE)}: ${stderr.trim()}`);
  return executable;
}
