import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Fault } from '../../src/gateway/fault.ts';
import { maskVolatile } from '../../src/gateway/profile.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { Recording, Volatile } from '../../src/gateway/recording.ts';
import type { Adaptor, GatewaySetup, InstalledProgram, Route, Target } from './adaptor.ts';
import { CannotPlay } from './full-queue.ts';
import { startGateway, type GatewayProcess } from './gateway-process.ts';
import { LogWindow } from './log-window.ts';
import { startNameServer } from './name-server.ts';
import { freePort } from './ports.ts';
import { exchangeRaw } from './raw-client.ts';
import { startUpstream, type UpstreamServer } from './upstream-server.ts';
import { maskWire, steadyWire } from './wire-text.ts';

/** What became of one fault. */
export type Outcome =
  | { readonly kind: 'recorded'; readonly recording: Recording }
  /** This gateway cannot meet the fault, or this system cannot play it. */
  | { readonly kind: 'impossible'; readonly fault: string; readonly reason: string };

/** Longest wait of a client for anything, ms: several times the gateways' timers of 2 s. */
const PATIENCE_MS = 13_000;
const LOG_PATIENCE_MS = 3000;
/** A recording counts when two attempts in a row agree. */
const MOST_ATTEMPTS = 4;

/**
 * Starts a gateway with one route per fault, sends one request to each, and writes down what came back and what the
 * gateway logged. Everything it starts is stopped, and its folder removed, when it ends.
 */
export async function recordGateway(
  adaptor: Adaptor,
  program: InstalledProgram,
  faults: readonly Fault[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `lab-${adaptor.id}-`));
  // The gateway's worker processes may run as another user.
  fs.chmodSync(folder, 0o755);
  const removeFolder = (): void => fs.rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const nameServer = await startNameServer();
  const servers = new Map<string, UpstreamServer[]>();
  let gateway: GatewayProcess | null = null;
  try {
    const routes: Route[] = [];
    for (const fault of faults) {
      const started = await serversOf(adaptor, fault);
      if (typeof started === 'string') {
        outcomes.push({ kind: 'impossible', fault: fault.id, reason: started });
        continue;
      }
      servers.set(fault.id, started);
      routes.push({ fault, path: pathOf(fault), targets: started.map(({ target }) => target) });
    }
    const port = await freePort();
    const asRoot = process.getuid?.() === 0;
    const setup = adaptor.configure({ program, folder, port, nameServer: nameServer.address, routes, asRoot });
    for (const [name, text] of Object.entries(setup.files)) fs.writeFileSync(path.join(folder, name), text);
    gateway = await startGateway(program.command, setup.args, folder, port);
    for (const route of routes) {
      const session = { adaptor, setup, folder, port, route, servers: servers.get(route.fault.id) ?? [] };
      outcomes.push({ kind: 'recorded', recording: await recordSteady(session) });
      if (!gateway.alive()) throw new Error(`${program.program} ended while it met ${route.fault.id}.`);
    }
    return outcomes;
  } finally {
    await gateway?.stop();
    for (const server of [...servers.values()].flat()) server.close();
    nameServer.close();
    process.off('exit', removeFolder);
    removeFolder();
  }
}

const pathOf = (fault: Fault): string => `/f/${fault.id}/`;

async function serversOf(adaptor: Adaptor, fault: Fault): Promise<UpstreamServer[] | string> {
  const reason = adaptor.cannotMeet(fault);
  if (reason !== null) return reason;
  const started: UpstreamServer[] = [];
  try {
    for (const script of fault.servers) started.push(await startUpstream(script));
    return started;
  } catch (error) {
    for (const server of started) server.close();
    if (error instanceof CannotPlay) return error.message;
    throw error;
  }
}

interface Session {
  readonly adaptor: Adaptor;
  readonly setup: GatewaySetup;
  readonly folder: string;
  readonly port: number;
  readonly route: Route;
  readonly servers: readonly UpstreamServer[];
}

/** Records until two attempts in a row agree, so that a busy machine leaves no trace in the recording. */
async function recordSteady(session: Session): Promise<Recording> {
  let previous = '';
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const recording = await recordOnce(session);
    const text = JSON.stringify(recording);
    if (text === previous) return recording;
    previous = text;
  }
  const { adaptor, route } = session;
  throw new Error(
    `${adaptor.id} answered ${route.fault.id} differently in each of ${MOST_ATTEMPTS} attempts. ` +
      `If the machine was busy, record again; if it was not, a text changes that no rule of the gateway's profile names. ` +
      `The last attempt was: ${previous.slice(0, 2000)}`,
  );
}

async function recordOnce({ adaptor, setup, folder, port, route, servers }: Session): Promise<Recording> {
  const { fault } = route;
  const request = { method: 'GET', patienceMs: PATIENCE_MS, ...fault.request };
  const accessPath = path.join(folder, setup.logs.access);
  const errorPath = path.join(folder, setup.logs.error);

  for (let primed = 0; primed < (fault.prime ?? 0); primed++) {
    const target = `${route.path}${adaptor.id}/prime`;
    const log = new LogWindow(accessPath);
    await exchangeRaw(port, { method: 'GET', target, patienceMs: PATIENCE_MS });
    await log.waitFor(target, LOG_PATIENCE_MS);
  }

  const target = `${route.path}${adaptor.id}/raw`;
  const access = new LogWindow(accessPath);
  const error = new LogWindow(errorPath);
  const before = contacts(servers);
  const wire = await exchangeRaw(port, { ...request, target });
  await access.waitFor(target, LOG_PATIENCE_MS);
  const accessLines = access.lines();
  const errorLines = error.lines().filter((line) => !adaptor.noise.some((rule) => rule.find.test(line)));

  const rules = profileOf(adaptor.id).volatile;
  return {
    fault: fault.id,
    method: request.method,
    config: adaptor.routeConfig({ ...route, targets: route.targets.map(standIn) }, '127.0.0.1:53'),
    wire: maskWire(steadyWire(wire), rules),
    attempts: Math.max(contacts(servers) - before, adaptor.attemptsInLog(accessLines)),
    log: { access: masked(accessLines, 'access', rules), error: masked(errorLines, 'error', rules) },
  };
}

const contacts = (servers: readonly UpstreamServer[]): number =>
  servers.reduce((sum, server) => sum + server.contacts(), 0);

const masked = (lines: readonly string[], place: Volatile['in'], rules: readonly Volatile[]): string[] =>
  lines.map((line) => maskVolatile(line, place, rules));

/** Ports change with every session; the stored configuration shows these instead. */
const standIn = ({ host }: Target, index: number): Target => ({ host, port: 8081 + index });
