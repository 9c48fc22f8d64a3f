import { VirtualClock } from '../gateway/clock.ts';
import type { RealClock, RealTimeHost } from '../gateway/real-clock.ts';
import { createNetwork, type Network } from '../network/network.ts';
import { installAbort } from './abort.ts';
import { Busy } from './busy.ts';
import { readerConsole } from './console.ts';
import { exchangePublisher } from './publish-exchange.ts';
import { failureReporter, type FailureReporter } from './failure.ts';
import type { GuestParts } from './guest-parts.ts';
import type { LibraryName } from './libraries.ts';
import type { Linked } from './link-imports.ts';
import { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';
import type { GatewayModule, GuestMessage, Pace as PaceOrder, RunRequest, TimeMode } from './protocol.ts';
import { installRelativeRequests } from './relative-request.ts';
import { installRefusals, installSeededChance } from './refusals.ts';
import { readerStack } from './stack.ts';
import { installTime, replaceGlobal, type ProgramTime } from './time.ts';

/** What the core needs of the thread that it runs in: a browser's worker or Node's. */
export interface Platform {
  readonly post: (messages: readonly GuestMessage[]) => void;
  /** Lets everything happen that is already due on the event loop. */
  readonly turn: () => Promise<void>;
  readonly realTime: RealTimeHost;
  /** The code that this scenario needs besides, as the request brings it or the platform has it. */
  readonly gatewayModule: (request: RunRequest) => Promise<GatewayModule>;
  /** The parts that the page chose for this program. */
  readonly parts: (request: RunRequest) => Promise<Partial<GuestParts>>;
  /** Hears what the page says about the pace of the run. */
  readonly onPace: (listener: (pace: PaceOrder) => void) => void;
  /** Imports the program as an ES module; stack traces must call it `fileName`, or by the name given to `called`. */
  readonly load: (code: string, fileName: string, called: (address: string) => void) => Promise<unknown>;
  /** Address from which a program's module imports a library. */
  readonly libraryUrl: (name: LibraryName, request: RunRequest) => string;
  /** Reports errors that the program did not handle. */
  readonly onUnhandled: (listener: (how: 'uncaught' | 'rejection', error: unknown) => void) => void;
}

/** Stands before the reader's first line and tells when the program starts to run, as opposed to being loaded. */
const STARTED = '$gatewayLabStarted';
const PROLOGUE = `${STARTED}();`;

const MAX_SIMULATED_MS = 24 * 60 * 60_000;
/** For a run that does not wait on purpose. */
const MAX_REAL_MS = 60_000;
const MAX_TIMERS = 100_000;
/** Turns of the event loop after which nothing of the program is still on its way. */
const TURNS = 3;

/**
 * Runs one program against one scenario in this thread and tells what happens through `platform.post`; the last message
 * is `finished`. Changes the thread's globals for good, so a thread runs one program.
 */
export async function runProgram(request: RunRequest, platform: Platform): Promise<void> {
  const { scenario, kit } = request;
  const pageFetch = request.ports?.pageFetch;
  const fileName = request.fileName.replace(/[^\w.-]/g, '_');
  const outbox = new Outbox(platform.post, () => platform.realTime.now());
  const post = outbox.send;
  const busy = new Busy();
  Error.stackTraceLimit = 60;
  // Before anything is waited for: the page may give orders at once.
  let hold: (held: boolean) => void = () => undefined;
  const pace = new Pace(request.stepwise ?? false, { onHeld: (held) => hold(held) });
  platform.onPace((order) => pace.order(order));
  const parts = await platform.parts(request);
  const clock = clockFor(pageFetch ? 'real' : request.time, platform.realTime, parts);
  if (!(clock instanceof VirtualClock)) {
    hold = (held) => clock.hold(held);
    hold(pace.held);
  }
  const now = (): number => clock.now();
  const linked = request.imports
    ? parts.imports?.linkImports({
        code: PROLOGUE + request.code,
        places: request.imports.places,
        prologue: PROLOGUE.length,
        urlOf: (name) => platform.libraryUrl(name, request),
        track: busy.track,
      })
    : undefined;
  const stack = readerStack(fileName, [{ line: 1, after: 0, by: PROLOGUE.length }, ...(linked?.shifts ?? [])]);
  const output = readerConsole({ stack, now, post });
  const failures = failureReporter({ stack, now, post, output });
  const { openGateway } = await platform.gatewayModule(request);
  const gateway = openGateway(scenario, kit);
  const network = createNetwork({
    scenario,
    gateway,
    clock,
    track: busy.track,
    ...exchangePublisher(post, pace),
    warn: (sentence, callSite) => output.say('warn', sentence, callSite),
    parts,
    play: pageFetch && parts.pageFetch?.playThroughPage(pageFetch),
  });
  const programTime = installTime(clock, failures.guard);
  installAbort();
  installSeededChance(scenario.seed);
  parts.subtle?.installSubtle({ port: request.ports?.subtle, track: busy.track });
  installRefusals();
  replaceGlobal('fetch', network.fetch);
  installRelativeRequests(scenario.page ?? scenario.origin);
  if (parts.xhr) replaceGlobal('XMLHttpRequest', parts.xhr.createXMLHttpRequest(network.fetch, clock));
  replaceGlobal('console', output.console);
  platform.onUnhandled(failures.report);

  const standstill = async (): Promise<void> => {
    if (!pace.held) return;
    post({ kind: 'paused', at: now() });
    outbox.flush();
    await pace.released();
  };
  const code = linked?.code ?? PROLOGUE + request.code;
  const program = startProgram(
    (text) => platform.load(text, fileName, stack.alsoCalled),
    code,
    failures,
    linked?.explain,
  );
  const run: Run = { clock, busy, network, programTime, program, platform, outbox, standstill };
  const end = await drive(run);
  for (const sentence of lastWords(run, end)) output.say('warn', sentence);
  network.transfers.abandonAll();
  await settle(run);
  output.close();
  post({ kind: 'finished', simulatedMs: clock.now() });
  outbox.flush();
}

const clockFor = (
  time: TimeMode,
  realTime: RealTimeHost,
  { realTime: part }: Partial<GuestParts>,
): VirtualClock | RealClock =>
  time === 'instant' || !part ? new VirtualClock() : new part.RealClock(realTime, time === 'fast' ? 10 : 1);

/** How far the program's module has come. */
interface Program {
  phase: 'loading' | 'running' | 'evaluated';
}

function startProgram(
  load: (code: string) => Promise<unknown>,
  code: string,
  failures: FailureReporter,
  explain: Linked['explain'] | undefined,
): Program {
  const program: Program = { phase: 'loading' };
  replaceGlobal(STARTED, () => {
    Reflect.deleteProperty(globalThis, STARTED);
    program.phase = 'running';
  });
  load(code)
    .catch((error: unknown) => {
      if (program.phase === 'running') failures.report('uncaught', error);
      else failures.reportLoading(error, explain);
    })
    .finally(() => {
      program.phase = 'evaluated';
    });
  return program;
}

interface Run {
  readonly clock: VirtualClock | RealClock;
  readonly busy: Busy;
  readonly network: Network;
  readonly programTime: ProgramTime;
  readonly program: Program;
  readonly platform: Platform;
  readonly outbox: Outbox;
  /** Waits while the page holds the run. */
  readonly standstill: () => Promise<void>;
}

type End = 'over' | 'simulated-time' | 'real-time' | 'timers';

/** Lets the program live until nothing is left that could happen in it. */
async function drive(run: Run): Promise<End> {
  const { clock, network, programTime, program, platform, standstill } = run;
  const deadline = platform.realTime.now() + MAX_REAL_MS;
  for (;;) {
    await settle(run);
    if (program.phase === 'loading') continue;
    await standstill();
    // A connection that stays silent for ever may still be given up by a deadline of the program.
    const { active, open } = network.transfers;
    const waits = active > 0 || (open.length > 0 && programTime.pendingDeadlines > 0);
    if (programTime.pendingTimers === 0 && !waits) return 'over';
    if (programTime.firedTimers > MAX_TIMERS) return 'timers';
    if (!(clock instanceof VirtualClock)) {
      run.outbox.flush();
      await sleep(platform.realTime, 5);
      continue;
    }
    if (platform.realTime.now() > deadline) return 'real-time';
    if ((clock.nextDue ?? 0) > MAX_SIMULATED_MS) return 'simulated-time';
    clock.fireNext();
  }
}

/** Waits until the program has done everything that needs no more time to pass. */
async function settle({ busy, platform, outbox }: Run): Promise<void> {
  do {
    for (let turn = 0; turn < TURNS; turn++) await platform.turn();
    while (busy.count > 0) {
      outbox.flush();
      await sleep(platform.realTime, 1);
    }
  } while (busy.count > 0);
  outbox.flushLate();
}

const sleep = (realTime: RealTimeHost, ms: number): Promise<void> =>
  new Promise((resolve) => {
    realTime.setTimeout(resolve, ms);
  });

const LIMITS: Readonly<Record<Exclude<End, 'over'>, string>> = {
  'simulated-time': '24 hours of simulated time',
  'real-time': `${MAX_REAL_MS / 1000} seconds`,
  timers: `${MAX_TIMERS} timers`,
};

/** What the reader should know about a program that ended other than by coming to its end. */
function* lastWords({ network, program }: Run, end: End): Generator<string> {
  if (end !== 'over') {
    yield `The playground stopped this program after ${LIMITS[end]}. Is there an interval that is never cleared?`;
    return;
  }
  for (const { request } of network.transfers.open.slice(0, 3)) {
    yield `${request.method} ${request.url} never gets an answer: the connection stays open and silent. Outside the playground the program would wait until a timeout of its own, or for ever.`;
  }
  if (program.phase === 'running' && network.transfers.open.length === 0) {
    yield 'The program still waits at a top-level await, but nothing is left that could wake it.';
  }
}
