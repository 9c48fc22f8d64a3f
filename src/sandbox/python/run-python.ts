import { obstaclesOf } from '../../gateway/client-trouble.ts';
import { VirtualClock } from '../../gateway/clock.ts';
import { createSockets } from '../../network/sockets/sockets.ts';
import { readerConsole } from '../console.ts';
import { exchangePublisher } from '../publish-exchange.ts';
import { Outbox } from '../outbox.ts';
import { Pace } from '../pace.ts';
import type { GatewayModule, GuestMessage, Pace as PaceOrder, ProgramFailure, RunRequest } from '../protocol.ts';
import { installSeededChance } from '../refusals.ts';
import { readerStack } from '../stack.ts';
import { Keyboard } from './keyboard.ts';
import type { Happened, PythonFailure, PythonMachine, Wait } from './machine.ts';
import { Patience, type RealTime } from './patience.ts';
import { freezeClocks } from './read-clock.ts';

/** What a run needs of the thread that it runs in. */
export interface PythonPlatform {
  readonly post: (messages: readonly GuestMessage[]) => void;
  readonly realTime: RealTime;
  readonly gateway: GatewayModule;
  /** Takes away what leads out of the thread; called before the program starts. */
  readonly closeWaysOut: () => void;
  /** Hears what the page says about the pace of the run, and that the reader has stopped it. */
  readonly onOrder: (listener: (order: PaceOrder | 'interrupt') => void) => void;
}

const MAX_SIMULATED_MS = 24 * 60 * 60_000;
const SPEED = { instant: Infinity, fast: 10, real: 1 } as const;

/**
 * Runs one Python program against one scenario in this thread and tells what happens through `platform.post`; the last
 * message is `finished`. Stops the thread's clocks, so a thread runs one program.
 */
export async function runPython(request: RunRequest, machine: PythonMachine, platform: PythonPlatform): Promise<void> {
  const { scenario, kit, code, time } = request;
  const fileName = request.fileName.replace(/[^\w.-]/g, '_');
  const clock = new VirtualClock();
  const now = (): number => clock.now();
  const outbox = new Outbox(platform.post, platform.realTime.now);
  const post = (message: GuestMessage): void => {
    if (keyboard.repeating) return;
    // A program that has sent a request waits next, or is stopped.
    if (message.kind === 'requested') outbox.sendWithNext(message);
    else outbox.send(message);
  };
  const output = readerConsole({ stack: readerStack(fileName, []), now, post });
  const keyboard = new Keyboard({
    answers: request.answers ?? [],
    port: request.ports?.keyboard,
    onTyped: (text) => output.show('log', [text], null),
    onAsk: () => outbox.flush(),
  });
  const pace = new Pace(request.stepwise ?? false, { onHeld: () => undefined });
  const patience = new Patience(platform.realTime, SPEED[time]);
  let interrupted = false;
  platform.onOrder((order) => {
    if (order === 'interrupt') {
      interrupted = true;
      pace.order('run');
      patience.wake();
      keyboard.interrupt();
    } else pace.order(order);
  });
  const { client: _client, ...withoutObstacles } = scenario;
  const sockets = createSockets({
    // Here a connection meets what is in the way, and not a request.
    gateway: platform.gateway.openGateway(withoutObstacles, kit),
    obstacle: obstaclesOf(scenario),
    clock,
    origins: [scenario.origin, ...(scenario.aliases ?? [])],
    ...exchangePublisher(post, pace),
    warn: (sentence) => output.say('warn', sentence),
  });

  /** Lets the next thing happen, now. */
  function act(due: number | null, deadline: number | undefined): Happened {
    if (interrupted) return 'interrupt';
    if (due !== null && (deadline === undefined || due <= deadline)) {
      // What is due at the same moment has happened by then, too.
      do clock.fireNext();
      while (clock.nextDue !== null && clock.nextDue <= clock.now());
      return 'fired';
    }
    clock.setTimer(() => undefined, (deadline ?? 0) - clock.now());
    clock.fireNext();
    return 'deadline';
  }

  async function standstill(): Promise<void> {
    if (!pace.held) return;
    post({ kind: 'paused', at: now() });
    outbox.flush();
    await pace.released();
  }

  function jump(deadline?: number): Happened | Wait<Happened> {
    clocks.waited();
    const due = clock.nextDue;
    if (interrupted) return 'interrupt';
    if (due === null && deadline === undefined) {
      output.say('warn', FOR_EVER);
      return 'never';
    }
    const next = Math.min(due ?? Infinity, deadline ?? Infinity);
    if (next > MAX_SIMULATED_MS) {
      output.say('warn', 'The playground stopped this program after 24 hours of simulated time.');
      return 'interrupt';
    }
    const rest = keyboard.repeating ? null : patience.rest(next - now(), pace.held);
    if (rest === null) return act(due, deadline);
    outbox.flush();
    const wait = async (): Promise<Happened> => {
      await standstill();
      await rest();
      await standstill();
      return act(due, deadline);
    };
    return { over: wait() };
  }

  await standstill();
  installSeededChance(scenario.seed);
  platform.closeWaysOut();
  const clocks = freezeClocks(clock);
  const failure = await machine
    .run({
      code,
      fileName,
      seed: scenario.seed,
      host: {
        jump,
        now,
        print_line: (level, text, line) => output.show(level, [text], line > 0 ? { line, column: 1 } : null),
        ask: (prompt) => keyboard.ask(prompt),
      },
      sockets,
    })
    .finally(clocks.thaw);
  keyboard.close();
  if (failure) post(failed(failure, now()));
  sockets.closeAll();
  output.close();
  post({ kind: 'finished', simulatedMs: now() });
  outbox.flush();
}

const FOR_EVER =
  'The program waits for something that never comes: the connection stays open and silent, and no timeout is set. Outside the playground it would wait for ever; here it was stopped.';

const failed = ({ syntax, name, message, text, line, column }: PythonFailure, at: number): ProgramFailure => ({
  kind: 'failed',
  how: syntax ? 'syntax' : 'uncaught',
  name,
  message,
  stack: text,
  at,
  position: line > 0 ? { line, column } : null,
});
