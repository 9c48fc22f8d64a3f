import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../../src/gateway/fault.ts';
import type { Places } from '../../src/gateway/places.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { RecordedOutcome, Recording } from '../../src/gateway/recording.ts';
import type { Adaptor, GatewaySetup, Route, Target } from './adaptor.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { LogWindow } from './log-window.ts';
import { exchangeRaw } from './raw-client.ts';
import { toldBy } from './told.ts';
import type { UpstreamServer } from './upstream-server.ts';
import { maskLog, maskWire, steadyWire } from './wire-text.ts';

/** Longest wait of a client, ms, unless the fault says otherwise. */
const PATIENCE_MS = 4200;
/** Longest wait for the log line of a request, ms, where the gateway says nothing else. */
const LOG_PATIENCE_MS = 3000;
/** Until the gateway has noticed that a connection has ended. */
const NOTICE_MS = 100;
/** Two attempts in a row that agree are enough; when they differ, this many are made. */
const ATTEMPTS = 6;
const MOST_OTHERS = 3;

/** One route of a running gateway. */
export interface Session {
  readonly adaptor: Adaptor;
  readonly setup: GatewaySetup;
  readonly folder: string;
  readonly port: number;
  readonly route: Route;
  readonly servers: readonly UpstreamServer[];
  readonly gateway: () => GatewayProcess;
  /** Stops the gateway and starts it again, so that it has forgotten everything. */
  readonly restart: () => Promise<void>;
}

/**
 * Records a fault until two attempts in a row agree, so that a busy machine leaves no trace. A gateway that races with
 * itself is asked six times: what it answers most is the recording, the rest are its `others`.
 * @param once take the first attempt as it comes
 */
export async function recordFault(session: Session, once: boolean): Promise<Recording> {
  const { fault } = session.route;
  const outcomes = new Map<string, RecordedOutcome[]>();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (session.adaptor.remembers?.(fault)) await session.restart();
    const outcome = await recordOnce(session);
    const key = JSON.stringify(toldBy(outcome, methodOf(fault)));
    outcomes.set(key, [...(outcomes.get(key) ?? []), outcome]);
    if (once || (attempt === 2 && outcomes.size === 1 && !session.adaptor.isChance?.(fault))) break;
  }
  // Of those that agree, the quickest was disturbed least.
  const [first, ...others] = [...outcomes.values()].sort((a, b) => b.length - a.length).map(quickest);
  if (!first || others.length + 1 === ATTEMPTS) {
    throw new Error(
      `${session.adaptor.id} answered ${fault.id} differently in each of ${ATTEMPTS} attempts. ` +
        `If the machine was busy, record again; if it was not, a text changes that no rule of the gateway's profile names. ` +
        `Two of the attempts were: ${[...outcomes.keys()].slice(0, 2).join('\n').slice(0, 4000)}`,
    );
  }
  return {
    fault: fault.id,
    method: methodOf(fault),
    config: storedConfig(session.adaptor, session.route),
    ...first,
    ...(others.length > 0 ? { others: others.slice(0, MOST_OTHERS) } : {}),
  };
}

const methodOf = (fault: Fault): string => fault.request?.method ?? 'GET';
const duration = ({ wire }: RecordedOutcome): number => wire.at(-1)?.at ?? 0;

function quickest(outcomes: readonly RecordedOutcome[]): RecordedOutcome {
  return outcomes.reduce((best, outcome) => (duration(outcome) < duration(best) ? outcome : best));
}

/** The directives of a route with stand-ins for everything that belongs to this session. */
export function storedConfig(adaptor: Adaptor, route: Route): string {
  const standIn = (target: Target, index: number): Target => ({
    host: target.host,
    port: target.port === 0 ? 0 : 8081 + index,
    ...(target.unixPath ? { unixPath: '/run/app/app.sock' } : {}),
    ...(target.scriptPath ? { scriptPath: `/srv/app/${path.basename(target.scriptPath)}` } : {}),
  });
  return adaptor.routeConfig({ ...route, targets: route.targets.map(standIn) }, '127.0.0.1:53');
}

async function recordOnce(session: Session): Promise<RecordedOutcome> {
  const { adaptor, setup, folder, port, route, servers, gateway } = session;
  const { fault } = route;
  const patienceMs = fault.patienceMs ?? PATIENCE_MS;
  const logPatience = setup.logsWithinMs ?? LOG_PATIENCE_MS;
  const accessPath = path.join(folder, setup.logs.access);
  const errorPath = path.join(folder, setup.logs.error);
  const target = `${route.path}${adaptor.id}/raw`;
  const primingTarget = `${route.path}${adaptor.id}/prime`;

  // It may have ended over the request before, after that one's log was read.
  if (gateway().ended() !== null) await session.restart();
  // A kept connection would lead to the server of the request before.
  if (fault.route?.keepAlive || adaptor.isChance?.(fault)) {
    for (const server of servers) server.forget();
    await sleep(NOTICE_MS);
  }
  for (const server of servers) await server.prepare?.();
  const primes = fault.request?.sameConnection ? 0 : (fault.prime ?? 0);
  for (let primed = 0; primed < primes; primed++) {
    const log = new LogWindow(accessPath);
    await exchangeRaw(port, { method: 'GET', target: primingTarget, patienceMs });
    await log.waitFor(primingTarget, logPatience, gateway().flushLogs);
  }
  await sleep(fault.settleMs ?? 0);

  const windows = { access: new LogWindow(accessPath), error: new LogWindow(errorPath) };
  const diagnostic = setup.logs.diagnostic ? new LogWindow(path.join(folder, setup.logs.diagnostic)) : null;
  let sentAt = 0;
  const wire = await exchangeRaw(port, {
    ...(fault.request ?? { method: 'GET' }),
    target,
    ...(fault.request?.sameConnection ? { primingTarget } : {}),
    patienceMs,
    onSent: () => {
      sentAt = performance.now();
      for (const server of servers) server.onSent?.();
    },
  });
  // A request that is no HTTP has no path by which its line could be known.
  const inLog = fault.request?.raw?.includes('{{target}}') === false ? '' : target;
  await windows.access.waitFor(inLog, logPatience, gateway().flushLogs);
  const crash = gateway().ended();

  const own = (line: string): boolean => !line.includes(primingTarget);
  const accessLines = windows.access.lines().filter(own);
  const errorLines = [...windows.error.lines(), ...(diagnostic?.lines() ?? [])].filter(
    (line) => own(line) && !adaptor.noise.some((rule) => rule.find.test(line)),
  );
  const places = placesIn(session);
  const rules = profileOf(adaptor.id).volatile;
  return {
    wire: maskWire(steadyWire(wire, adaptor.timerGrainMs), rules, places),
    ...triedSince(sentAt, session, adaptor.attemptsInLog(accessLines, errorLines)),
    log: { access: maskLog(accessLines, 'access', rules, places), error: maskLog(errorLines, 'error', rules, places) },
    ...(crash === null ? {} : { crash }),
  };
}

/** What has to be masked in everything that the gateway says on this route. */
const placesIn = ({ servers, folder }: Pick<Session, 'servers' | 'folder'>): Places => ({
  addresses: servers.flatMap(({ target: { host, port } }) => (port === 0 ? [] : [`${host}:${port}`])),
  socket: servers.map(({ target }) => target).find(({ unixPath }) => unixPath !== undefined)?.unixPath ?? null,
  folder,
});

/** How often the gateway tried its servers, and which. Contacts that no server saw went to one that cannot see them. */
function triedSince(
  sentAt: number,
  { servers, route }: Session,
  inLog: number,
): Pick<RecordedOutcome, 'attempts' | 'tried'> {
  const seen = servers
    .flatMap((server, index) =>
      server
        .contacts()
        .filter((at) => at >= sentAt)
        .map((at) => ({ at, index })),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
  const attempts = Math.max(seen.length, inLog);
  const blind = route.fault.servers.findIndex(({ kind }) => kind === 'closed' || kind === 'blackhole');
  const unseen = Array.from({ length: attempts - seen.length }, () => Math.max(blind, 0));
  return servers.length > 1 && attempts > 0 ? { attempts, tried: [...unseen, ...seen] } : { attempts };
}
