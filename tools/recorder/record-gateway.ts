import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Fault } from '../../src/gateway/fault.ts';
import { maskPlaces } from '../../src/gateway/places.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { Recording } from '../../src/gateway/recording.ts';
import type { Adaptor, InstalledProgram, Route, Target } from './adaptor.ts';
import { makeCertificates } from './certificates.ts';
import { startCgiPrograms, type CgiPrograms } from './cgi-programs.ts';
import { CannotPlay } from './full-queue.ts';
import { DidNotStart, startGateway, type GatewayProcess } from './gateway-process.ts';
import { ROUND_ROBIN_HOST, startNameServer } from './name-server.ts';
import { freePort } from './ports.ts';
import { recordFault, storedConfig } from './record-fault.ts';
import { ownPlace, startUpstream, type Surroundings, type UpstreamServer } from './upstream-server.ts';
import { maskLog } from './wire-text.ts';

/** What became of one fault. */
export type Outcome =
  | { readonly kind: 'recorded'; readonly recording: Recording }
  /** This gateway cannot meet the fault, or this system cannot play it. */
  | { readonly kind: 'impossible'; readonly fault: string; readonly reason: string }
  /** The recording went wrong. */
  | { readonly kind: 'failed'; readonly fault: string; readonly reason: string };

export interface RecordOptions {
  /** Takes one attempt per fault instead of making sure that two agree. */
  readonly once?: boolean;
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Why no gateway like this one is asked to meet a fault; null when it is. */
export function cannotMeet(adaptor: Adaptor, fault: Fault): string | null {
  if (fault.group === 'cgi' && adaptor.id !== 'nginx') return 'FastCGI and uWSGI are recorded behind nginx';
  return adaptor.cannotMeet(fault);
}

/**
 * Starts a gateway with one route per fault, sends one request to each, and writes down what came back and what the
 * gateway logged. A fault that may keep the gateway from starting gets a process of its own. Everything that is started
 * is stopped, and its folder removed, at the end.
 */
export async function recordGateway(
  adaptor: Adaptor,
  program: InstalledProgram,
  faults: readonly Fault[],
  { once = false, onOutcome }: RecordOptions = {},
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const report = (outcome: Outcome): void => {
    outcomes.push(outcome);
    onOutcome?.(outcome);
  };
  const together = faults.filter((fault) => !fault.route?.resolveAtStart);
  const alone = faults.filter((fault) => fault.route?.resolveAtStart);
  for (const group of [together, ...alone.map((fault) => [fault])]) {
    const possible = group.filter((fault) => {
      const reason = cannotMeet(adaptor, fault);
      if (reason !== null) report({ kind: 'impossible', fault: fault.id, reason });
      return reason === null;
    });
    if (possible.length > 0) await recordTogether(adaptor, program, possible, once, report);
  }
  return outcomes;
}

/** Records faults with one gateway process. */
async function recordTogether(
  adaptor: Adaptor,
  program: InstalledProgram,
  faults: readonly Fault[],
  once: boolean,
  report: (outcome: Outcome) => void,
): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `lab-${adaptor.id}-`));
  // The gateway, or its worker processes, may run as another user.
  fs.chmodSync(folder, 0o777);
  const removeFolder = (): void => fs.rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  const nameServer = await startNameServer();
  const { surroundings, stopPrograms } = surroundingsIn(folder, adaptor);
  const servers = new Map<string, UpstreamServer[]>();
  let gateway: GatewayProcess | null = null;
  try {
    const routes: Route[] = [];
    for (const fault of faults) {
      try {
        const byName = adaptor.balancesByName === true && fault.servers.length > 1;
        const started = await startServers(fault, surroundings, byName);
        servers.set(fault.id, started);
        const targets = started.map(({ target }) => target);
        routes.push({ fault, path: `/f/${fault.id}/`, targets: byName ? oneName(targets) : targets });
      } catch (error) {
        if (!(error instanceof CannotPlay)) throw error;
        report({ kind: 'impossible', fault: fault.id, reason: error.message });
      }
    }
    const port = await freePort();
    const lab = { program, folder, port, nameServer: nameServer.address, routes, asRoot: surroundings.asRoot };
    const setup = adaptor.configure({ ...lab, certificates: surroundings.certificates() });
    for (const [name, text] of Object.entries(setup.files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const start = async (): Promise<GatewayProcess> => {
      await gateway?.stop();
      gateway = null;
      gateway = await startGateway(setup.command ?? program.command, setup, folder, port);
      return gateway;
    };
    const [first] = routes;
    try {
      await start();
    } catch (error) {
      if (!(error instanceof DidNotStart) || routes.length > 1 || !first?.fault.route?.resolveAtStart) throw error;
      report({ kind: 'recorded', recording: refusal(adaptor, first, error, folder) });
      return;
    }
    for (const server of [...servers.values()].flat()) await server.goDown?.();
    for (const route of routes) {
      const running = (): GatewayProcess => {
        if (gateway) return gateway;
        throw new Error(`${program.program} does not run.`);
      };
      const restart = async (): Promise<void> => {
        await start();
      };
      const session = {
        adaptor,
        setup,
        folder,
        port,
        route,
        servers: servers.get(route.fault.id) ?? [],
        gateway: running,
        restart,
      };
      try {
        report({ kind: 'recorded', recording: await recordFault(session, once) });
      } catch (error) {
        report({
          kind: 'failed',
          fault: route.fault.id,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
  } finally {
    await (gateway as GatewayProcess | null)?.stop();
    for (const server of [...servers.values()].flat()) server.close();
    await stopPrograms();
    nameServer.close();
    process.off('exit', removeFolder);
    removeFolder();
  }
}

/** What the servers share; certificates and programs are there only when a server needs them. */
function surroundingsIn(
  folder: string,
  { probesAtStart }: Adaptor,
): { readonly surroundings: Surroundings; readonly stopPrograms: () => Promise<void> } {
  const certificates = path.join(folder, 'certificates');
  const asRoot = process.getuid?.() === 0;
  let programs: Promise<CgiPrograms> | null = null;
  return {
    surroundings: {
      folder,
      certificates: () => {
        if (!fs.existsSync(certificates)) makeCertificates(certificates);
        return certificates;
      },
      cgi: () => (programs ??= startCgiPrograms(folder, asRoot)),
      asRoot,
      upAtStart: probesAtStart === true,
    },
    stopPrograms: async () => {
      // What did not start needs no stopping, and has been reported.
      const started = await programs?.catch(() => null);
      await started?.stop();
    },
  };
}

/** @param byName they share one port, on addresses that follow each other */
async function startServers(fault: Fault, surroundings: Surroundings, byName: boolean): Promise<UpstreamServer[]> {
  const started: UpstreamServer[] = [];
  const { port } = await ownPlace();
  try {
    for (const [index, script] of fault.servers.entries()) {
      const place = byName ? { host: `127.0.0.${index + 1}`, port } : await ownPlace();
      started.push(await startUpstream(script, surroundings, place));
    }
    return started;
  } catch (error) {
    for (const server of started) server.close();
    throw error;
  }
}

const oneName = ([first]: readonly Target[]): Target[] => (first ? [{ host: ROUND_ROBIN_HOST, port: first.port }] : []);

/** The recording of a gateway that refuses to start: nothing listens, and its last words are its error log. */
function refusal(adaptor: Adaptor, route: Route, { how, output }: DidNotStart, folder: string): Recording {
  const addresses = route.targets.map(({ host, port }) => `${host}:${port}`);
  const places = { addresses, socket: null, folder };
  const said = output.filter((line) => !adaptor.noise.some((rule) => rule.find.test(line)));
  const words = said.map((line) => maskPlaces(line, places));
  return {
    fault: route.fault.id,
    method: 'GET',
    config: storedConfig(adaptor, route),
    wire: [{ at: 1, kind: 'connect-failed', reason: 'refused' }],
    attempts: 0,
    log: { access: [], error: maskLog(words, 'error', profileOf(adaptor.id).volatile, places) },
    crash: how,
  };
}
