import { stringify } from 'yaml';
import type { Adaptor, Lab, Route, Target } from '../adaptor.ts';
import { findProgram, versionOutput } from '../find-program.ts';

/** Requests with a longer body are refused where a route asks for a limit, bytes. */
const BODY_LIMIT = 20 * 1024 * 1024;
/** Where the stored configuration says that the certificates are. */
const CERTIFICATES = '/etc/lab';

/** A piece of configuration, as YAML takes it. */
interface Settings {
  readonly [field: string]: unknown;
}

/** Traefik with the file provider: one router and one service per fault. */
export const traefik: Adaptor = {
  id: 'traefik',
  install: { apt: 'traefik', brew: 'traefik' },
  timeouts: { connectMs: 2000, readMs: 2000, sendMs: 5000 },
  settings:
    'file provider; forwardingTimeouts dialTimeout 2s, responseHeaderTimeout 2s (there is no timeout for a body); ' +
    'respondingTimeouts.readTimeout 5s; access log in the default common format, log at DEBUG; no retry (the default)',
  // At DEBUG, the balancer tells of every choice and health checks of every look.
  noise: [
    { name: 'choice of a server', find: / DBG \S+\/loadbalancer\/\S+ > / },
    { name: 'health check', find: / \S+\/healthcheck\/\S+ > / },
  ],
  find: () => {
    const command = findProgram('traefik');
    const version = command && /^Version:\s+([\d.]+)/m.exec(versionOutput(command, 'version'))?.[1];
    return version ? { command, program: `Traefik/${version}`, version } : null;
  },
  cannotMeet: ({ servers }) => {
    if (servers.some(({ kind }) => kind === 'unix')) return 'Traefik takes no unix socket as a server';
    return servers.some((server) => server.kind === 'unresolvable' && server.rcode !== 'nxdomain')
      ? 'Traefik asks the name server of this system, which the lab cannot make fail'
      : null;
  },
  remembers: ({ route }) => route?.balance === 'first-then-next',
  routeConfig: (route) => stringify({ http: parts([route], CERTIFICATES) }, { lineWidth: 0 }).trimEnd(),
  configure: (lab) => ({
    files: {
      'traefik.yml': stringify(installation(lab), { lineWidth: 0 }),
      'routes.yml': stringify({ http: parts(lab.routes, lab.certificates) }, { lineWidth: 0 }),
    },
    args: [`--configFile=${lab.folder}/traefik.yml`],
    unprivileged: true,
    settlesMs: 1500,
    logs: { access: 'access.log', error: 'error.log' },
  }),
  // The error names the step that failed; a connection that never stood failed at `dial`.
  attemptsInLog: (_, errorLines) => errorLines.filter((line) => / error="dial tcp \S*\d:/.test(line)).length,
};

/** Everything about routes that the file provider takes. */
function parts(routes: readonly Route[], certificates: string): Settings {
  const named = (entry: (route: Route) => Settings): Settings =>
    Object.fromEntries(routes.map((route) => [route.fault.id, entry(route)]));
  const middlewares: Settings = Object.fromEntries(routes.flatMap((route) => Object.entries(middlewaresOf(route))));
  return {
    routers: named((route) => ({
      rule: `PathPrefix(\`${route.path}\`)`,
      service: route.fault.id,
      ...(Object.keys(middlewaresOf(route)).length > 0 && { middlewares: Object.keys(middlewaresOf(route)) }),
    })),
    services: named((route) => ({ loadBalancer: loadBalancer(route) })),
    ...(Object.keys(middlewares).length > 0 && { middlewares }),
    serversTransports: Object.assign({}, ...routes.map((route) => transport(route, certificates))) as Settings,
  };
}

function middlewaresOf({ fault }: Route): Settings {
  return {
    ...(fault.route?.bodyLimit === 'small' && { 'body-limit': { buffering: { maxRequestBodyBytes: BODY_LIMIT } } }),
    ...(fault.route?.retryOn503 && {
      'retry-503': { retry: { attempts: 2, status: ['503'], disableRetryOnNetworkError: true } },
    }),
  };
}

function loadBalancer({ fault, targets }: Route): Settings {
  const inTurn = fault.route?.balance === 'first-then-next';
  return {
    serversTransport: transportName(fault.route?.tls),
    // Health checks decide who is down. Without them Traefik asks every server in turn, whatever happened before.
    ...(targets.length > 1 && !inTurn && { healthCheck: { path: '/', interval: '200ms', timeout: '200ms' } }),
    servers: targets.map((target, index) => ({
      url: urlOf(target, fault.route?.tls === true),
      // Traefik shuffles servers of equal weight; with these, the first is asked first, and then the second.
      ...(inTurn && { weight: index === 0 ? 3 : 2 }),
    })),
  };
}

const urlOf = ({ host, port }: Target, tls: boolean): string => `${tls ? 'https' : 'http'}://${host}:${port}`;
const transportName = (tls: boolean | undefined): string => (tls ? 'lab-tls' : 'lab');

function transport({ fault }: Route, certificates: string): Settings {
  const forwardingTimeouts = { dialTimeout: '2s', responseHeaderTimeout: '2s' };
  return fault.route?.tls
    ? { 'lab-tls': { serverName: 'upstream.test', rootCAs: [`${certificates}/ca.pem`], forwardingTimeouts } }
    : { lab: { forwardingTimeouts } };
}

/** What Traefik calls its install configuration: where it listens, logs, and finds the rest. */
const installation = ({ folder, port }: Lab): Settings => ({
  global: { checkNewVersion: false, sendAnonymousUsage: false },
  entryPoints: {
    web: { address: `127.0.0.1:${port}`, transport: { respondingTimeouts: { readTimeout: '5s' } } },
  },
  providers: { file: { filename: `${folder}/routes.yml`, watch: false } },
  log: { level: 'DEBUG', filePath: `${folder}/error.log` },
  accessLog: { filePath: `${folder}/access.log` },
});
