import fs from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Adaptor, InstalledProgram, Lab, Route, Target } from '../adaptor.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';
import type { NodeRoute, NodeRoutes } from '../programs/node-routes.ts';

/** The name that a TLS server must have a certificate for. */
const TLS_NAME = 'upstream.test';

/** What differs between the gateways that are npm packages. */
export interface NodeGateway extends Pick<Adaptor, 'id' | 'settings'> {
  /** The packages whose versions name the program, the proxy itself first. */
  readonly packages: readonly string[];
  /** Name of the file in `programs/`. */
  readonly program: string;
  readonly routeConfig: (route: NodeRoute) => string;
}

/** A gateway of a few lines of JavaScript around an npm package, on the Node that runs the recorder. */
export function nodeGateway({ packages, program, routeConfig, ...gateway }: NodeGateway): Adaptor {
  return {
    ...gateway,
    install: { apt: 'npm', brew: 'node' },
    timeouts: { connectMs: 2000, readMs: 2000, sendMs: 2000 },
    noise: [
      {
        name: 'what Node thinks of the package',
        find: /^\(node:\d+\) (?:\[DEP\d+\]|MaxListenersExceededWarning)|^\(Use `node --trace-/,
      },
      // hpm tells of every proxy that it creates.
      { name: 'start', find: /^\[HPM\] Proxy (?:created|rewrite)/ },
    ],
    find: () => installed(packages),
    cannotMeet: ({ route, servers }) => {
      const looksUp = route?.tls || route?.balance || servers.some(({ kind }) => kind === 'unresolvable');
      return looksUp ? cannotRedirectResolver() : null;
    },
    // They know one target. A name with two addresses is as near as they come to a balancer.
    balancesByName: true,
    routeConfig: (route) => routeConfig(nodeRoute(route)),
    configure: (lab) => ({
      files: { 'routes.json': JSON.stringify(nodeRoutes(lab), null, 2) },
      args: [fileURLToPath(new URL(`../programs/${program}`, import.meta.url)), path.join(lab.folder, 'routes.json')],
      environment: { ...resolverEnvironment(lab), NODE_EXTRA_CA_CERTS: path.join(lab.certificates, 'ca.pem') },
      unprivileged: true,
      stderr: 'error.log',
      logs: { access: 'access.log', error: 'error.log' },
    }),
    // Without an error and without an answer, it was still trying when the client went away.
    attemptsInLog: (accessLines, errorLines) =>
      errorLines.some((line) => /\bconnect E[A-Z]+ |\b(?:ECONNREFUSED|ENOENT|EACCES)\b/.test(line)) ||
      accessLines.some((line) => line.includes(' finished=false headersSent=false '))
        ? 1
        : 0,
  };
}

const nodeRoutes = ({ folder, port, routes }: Lab): NodeRoutes => ({
  port,
  accessLog: path.join(folder, 'access.log'),
  routes: routes.map(nodeRoute),
});

function nodeRoute({ fault, path: prefix, targets }: Route): NodeRoute {
  const [target] = targets;
  if (!target) throw new Error(`The fault ${fault.id} has no server.`);
  return { prefix, target: urlOf(target, fault.route?.tls === true), keepAlive: fault.route?.keepAlive === true };
}

/** Node asks a TLS server for the name in the URL, and looks it up like any other. */
function urlOf({ host, port, unixPath }: Target, tls: boolean): string {
  if (unixPath) return `unix:${unixPath}`;
  return tls ? `https://${TLS_NAME}:${port}` : `http://${host}:${port}`;
}

/** The options as a programmer would write them. */
export function optionsText({ target, keepAlive }: NodeRoute): string {
  const tls = target.startsWith('https:');
  const socket = target.startsWith('unix:') ? target.slice('unix:'.length) : null;
  const options = [
    socket === null
      ? `target: '${target}'`
      : `target: { host: 'localhost', port: 80, protocol: 'http:', socketPath: '${socket}' }`,
    'proxyTimeout: 2000',
    'secure: true',
    ...(tls ? ['changeOrigin: true'] : []),
    ...(keepAlive ? ['agent: new http.Agent({ keepAlive: true })'] : []),
  ];
  return `{\n${options.map((option) => `  ${option},\n`).join('')}}`;
}

function installed(packages: readonly string[]): InstalledProgram | null {
  const versions = packages.map(versionOf);
  const [version] = versions;
  if (!version || versions.includes(null)) return null;
  const names = packages.map((name, index) => `${name}/${versions[index] ?? ''}`);
  return { command: process.execPath, version, program: [...names, `node/${process.versions.node}`].join(' ') };
}

/** Version of a package of this project; null when it is not installed. */
function versionOf(name: string): string | null {
  try {
    const file = findPackageJSON(name, import.meta.url);
    return file === undefined ? null : (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
  } catch {
    return null;
  }
}
