import type { FrameHandle, StartedWorker } from './frame-handle.ts';
import type { GuestPorts } from './part-texts.ts';
import { checked, Inbox } from './inbox.ts';
import type {
  ComingUp,
  GuestMessage,
  Pace,
  PageMessage,
  PageRequest,
  ProgramFailure,
  RunEnd,
  RunRequest,
} from './protocol.ts';

/** Real time that a worker may take to start; slow phones need seconds. */
const START_PATIENCE_MS = 30_000;
/** How often a running guest is asked whether it still answers, and how many questions it may leave open. */
const ASK_EVERY_MS = 2000;
const MOST_OPEN = 4;

/** Real time in which a program that was stopped may still say where it was. */
const LAST_WORDS_MS = 400;

const nothing = (): undefined => undefined;

/** One worker, for one program. */
export class GuestHandle {
  readonly #frame: FrameHandle;
  readonly #port: MessagePort;
  readonly #started: Promise<StartedWorker>;
  #ready = false;
  #broken: string | null = null;
  #inbox: Inbox | null = null;
  #request: RunRequest | null = null;
  #end: ((end: RunEnd) => void) | null = null;
  /** Watches over the start, then over the run. */
  #watch = 0;
  /** Questions to the guest that it has not answered. */
  #unanswered = 0;

  /** It has yet to become a guest for another language. */
  #becoming: boolean;
  /** Sends the program that waits for that. */
  #onReady: (() => void) | null = null;
  /** Its programs can be interrupted. */
  readonly #interruptible: boolean;

  constructor(
    frame: FrameHandle,
    script: Promise<{ readonly url: string; readonly text: string }>,
    comingUp?: Promise<ComingUp>,
  ) {
    this.#frame = frame;
    this.#becoming = this.#interruptible = comingUp !== undefined;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    this.#started = script.then((guest) =>
      frame.start(guest, port2, (report) => {
        if (report.kind === 'stopped') this.#finish('stopped');
        else this.#crash(report.message);
      }),
    );
    const failed = (error: unknown): void => this.#crash(error instanceof Error ? error.message : String(error));
    this.#started.catch(failed);
    comingUp
      ?.then(({ becoming, files }) => {
        this.#send({ kind: 'become', ...becoming }, [becoming.files, becoming.questions]);
        return files;
      })
      .catch(failed);
  }

  /** False when this worker can run nothing. */
  get usable(): boolean {
    return this.#broken === null && !this.#frame.suspect;
  }

  run(
    request: PageRequest,
    onMessages: (messages: readonly GuestMessage[]) => void,
    ports: GuestPorts,
  ): Promise<RunEnd> {
    this.#inbox = new Inbox(onMessages, () => this.#crash('it sent more messages than a run may send'));
    const { subtleServer, ...parts } = request.parts ?? {};
    const all = subtleServer === undefined ? ports : { ...ports, subtle: this.#serve(subtleServer) };
    this.#request = { kind: 'run', ...request, parts, ports: all };
    const done = new Promise<RunEnd>((resolve) => {
      this.#end = resolve;
    });
    if (this.#broken !== null) {
      this.#crash(this.#broken);
      return done;
    }
    const order = this.#request;
    const send = (): void => this.#port.postMessage(order, Object.values<MessagePort>({ ...all }));
    // A guest that is becoming another would take the program for one of its own.
    if (this.#interruptible && !this.#ready) this.#onReady = send;
    else send();
    if (this.#ready) this.#begin();
    else this.#watch = window.setTimeout(() => this.#crash('it did not start in time'), START_PATIENCE_MS);
    return done;
  }

  /** Lets the frame's document serve this guest. @returns the guest's end */
  #serve(script: string): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#started.then(({ serve }) => serve(script, port2), nothing);
    return port1;
  }

  setPace(pace: Pace): void {
    this.#send({ kind: 'pace', pace });
  }

  /** Ends the worker, whatever it does; a program that can be interrupted has a moment to say where it was. */
  stop(): void {
    this.#inbox?.flush();
    const kill = (): void => void this.#started.then(({ stop }) => stop(), nothing);
    if (!this.#interruptible || !this.#end) return kill();
    this.#send({ kind: 'interrupt' });
    setTimeout(kill, LAST_WORDS_MS);
  }

  #send(message: PageMessage, ports: Transferable[] = []): void {
    this.#port.postMessage(message, ports);
  }

  #begin(): void {
    clearTimeout(this.#watch);
    this.#inbox?.put([{ kind: 'ready' }]);
    this.#watch = window.setInterval(() => {
      if (this.#unanswered === MOST_OPEN) this.#giveUp();
      else {
        this.#unanswered += 1;
        this.#send({ kind: 'ask' });
      }
    }, ASK_EVERY_MS);
  }

  /** Messages keep their order, also when one of them waits for its place in the program. */
  #heard = Promise.resolve();

  #hear(data: unknown): void {
    this.#unanswered = 0;
    const messages = checked(data);
    if (!this.#ready && messages.some(({ kind }) => kind === 'ready')) {
      this.#ready = !this.#becoming;
      this.#becoming = false;
      if (!this.#ready) return;
      this.#onReady?.();
      if (this.#inbox) this.#begin();
    } else this.#heard = this.#heard.then(() => this.#take(messages));
  }

  async #take(messages: readonly GuestMessage[]): Promise<void> {
    this.#inbox?.put(await Promise.all(messages.map((message) => this.#placed(message))));
    if (!messages.some(({ kind }) => kind === 'finished')) return;
    this.#finish('finished');
    this.stop();
  }

  /** A browser does not say where a module does not parse; a parser of our own does. */
  async #placed(message: GuestMessage): Promise<GuestMessage> {
    if (message.kind !== 'failed' || message.how !== 'syntax' || message.position !== null || !this.#request) {
      return message;
    }
    const parser = await import('./syntax-place.ts').catch(nothing);
    return parser?.withPlace(message, this.#request.code) ?? message;
  }

  #giveUp(): void {
    const seconds = (MOST_OPEN * ASK_EVERY_MS) / 1000;
    // Perhaps it is not the program that hangs, but all of the frame that is gone.
    this.#frame.suspect = true;
    this.#fail(
      'Stopped',
      `The playground stopped this program: for ${seconds} seconds it left no time for anything else. It may have a loop without an end, or need too much memory.`,
    );
  }

  #crash(reason: string): void {
    this.#broken = reason;
    const advice = 'Press Run again; if that does not help, reload the page.';
    this.#fail('SandboxError', `The sandbox could not run this program: ${reason}. ${advice}`);
  }

  #fail(name: string, message: string): void {
    if (!this.#end) return;
    const failure = { how: 'uncaught', name, message, stack: '', at: 0, position: null } as const;
    this.#inbox?.put([{ kind: 'failed', ...failure } satisfies ProgramFailure]);
    this.#finish('crashed');
    this.stop();
  }

  #finish(end: RunEnd): void {
    clearTimeout(this.#watch);
    this.#inbox?.flush();
    this.#inbox = null;
    this.#end?.(end);
    this.#end = null;
    this.#broken ??= 'it has ended';
    this.#port.close();
  }
}
