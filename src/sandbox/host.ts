import type { FrameOrder, FrameReport, FrameSetup } from './frame.ts';
import { isGuestMessage } from './guest-message.ts';
import type { GuestPorts } from './guest-parts.ts';
import type { GuestMessage, Pace, PaceMessage, RunRequest } from './protocol.ts';

/** Where the page runs the reader's programs. One for all playgrounds of a page that have the same guest script. */
export interface SandboxHost {
  /** Gets ready for a run, so that the next one starts at once. Call it when a run is likely. */
  warm(): void;
  /**
   * Runs a program. `onMessages` hears everything it does, in order, many things at once when it does many.
   * @param ports go to the guest for good
   */
  run(request: PageRequest, onMessages: (messages: readonly GuestMessage[]) => void, ports?: GuestPorts): RunHandle;
  /** Ends everything and removes the frame. */
  dispose(): void;
}

export type PageRequest = Omit<RunRequest, 'kind' | 'ports'>;

export interface RunHandle {
  /** Time stands as soon as the program waits for something; the guest answers with `paused`. */
  pause(): void;
  /** Goes on until the next request leaves or the next exchange is over. */
  step(): void;
  /** Goes on to the end. */
  resume(): void;
  /** Ends the run at once, even in a loop without end. What it showed before stays. */
  stop(): void;
  /** How the run ended. A run that could not start has told why in a `failed` message. */
  readonly done: Promise<RunEnd>;
}

export type RunEnd = 'finished' | 'stopped' | 'crashed';

/** Real time that a worker may take to start; slow phones need seconds. */
const START_PATIENCE_MS = 30_000;
/** More messages than any run within the guest's own limits sends. */
const MAX_MESSAGES = 60_000;

/** @param guestUrl address of the guest script, which is built for one gateway */
export function createHost(guestUrl: string): SandboxHost {
  let frame: Frame | null = null;
  let spare: Guest | null = null;
  const getFrame = (): Frame => (frame ??= new Frame(guestUrl));
  const warm = (): void => {
    spare ??= new Guest(getFrame());
  };

  return {
    warm,
    run(request, onMessages, ports) {
      const guest = spare ?? new Guest(getFrame());
      spare = null;
      const done = guest.run(request, onMessages, ports);
      void done.then((end) => {
        if (end === 'crashed' && frame?.broken) {
          // The next run starts from nothing; perhaps the network is back by then.
          frame.remove();
          frame = null;
        } else if (frame) warm();
      });
      return {
        pause: () => guest.setPace('pause'),
        step: () => guest.setPace('step'),
        resume: () => guest.setPace('run'),
        stop: () => guest.stop(),
        done,
      };
    },
    dispose() {
      frame?.remove();
      frame = null;
      spare = null;
    },
  };
}

/** The frame with its control port. */
class Frame {
  broken = false;
  readonly #element = document.createElement('iframe');
  readonly #guests = new Map<number, (report: FrameReport) => void>();
  readonly #control: Promise<MessagePort>;
  #lastId = 0;

  constructor(guestUrl: string) {
    this.#control = this.#open(guestUrl);
    this.#control.catch(() => {
      this.broken = true;
    });
  }

  /** Starts a worker that talks on `port`. Rejects when the sandbox cannot be loaded. */
  async start(port: MessagePort, onReport: (report: FrameReport) => void): Promise<() => void> {
    const control = await this.#control;
    const id = ++this.#lastId;
    this.#guests.set(id, onReport);
    const order = (kind: FrameOrder['kind'], ports: Transferable[] = []): void =>
      control.postMessage({ kind, id } satisfies FrameOrder, ports);
    order('start', [port]);
    return () => order('stop');
  }

  remove(): void {
    this.#element.remove();
    for (const [id, report] of this.#guests) report({ kind: 'stopped', id });
    this.#guests.clear();
  }

  async #open(guestUrl: string): Promise<MessagePort> {
    const [guest] = await Promise.all([guestScript(guestUrl), this.#load()]);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FrameReport>) => {
      const listener = this.#guests.get(data.id);
      if (data.kind === 'stopped') this.#guests.delete(data.id);
      listener?.(data);
    };
    // An opaque origin has no name to send to; the port goes to this one frame all the same.
    this.#element.contentWindow?.postMessage({ guest } satisfies FrameSetup, '*', [port2]);
    return port1;
  }

  #load(): Promise<void> {
    const element = this.#element;
    element.setAttribute('sandbox', 'allow-scripts');
    element.title = 'Sandbox of the code playground';
    element.hidden = true;
    element.src = `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}sandbox/frame.html`;
    return new Promise((resolve) => {
      element.addEventListener('load', () => resolve(), { once: true });
      document.body.append(element);
    });
  }
}

async function guestScript(guestUrl: string): Promise<string> {
  const response = await fetch(guestUrl);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${guestUrl}`);
  return response.text();
}

/** One worker, for one program. */
class Guest {
  readonly #port: MessagePort;
  readonly #started: Promise<() => void>;
  #ready = false;
  #messages = 0;
  #listener: ((messages: readonly GuestMessage[]) => void) | null = null;
  #end: ((end: RunEnd) => void) | null = null;
  #stopping = false;

  constructor(frame: Frame) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    this.#started = frame.start(port2, (report) => {
      if (report.kind === 'stopped') this.#finish('stopped');
      else this.#crash(report.message);
    });
    this.#started.catch((error: unknown) => this.#crash(error instanceof Error ? error.message : String(error)));
  }

  run(
    request: PageRequest,
    onMessages: (messages: readonly GuestMessage[]) => void,
    ports: GuestPorts = {},
  ): Promise<RunEnd> {
    this.#listener = onMessages;
    const done = new Promise<RunEnd>((resolve) => {
      this.#end = resolve;
    });
    if (this.#ready) onMessages([{ kind: 'ready' }]);
    else this.#watchStart();
    if (this.#crashed !== null) this.#crash(this.#crashed);
    else
      this.#port.postMessage(
        { kind: 'run', ...request, ports } satisfies RunRequest,
        Object.values<MessagePort>({ ...ports }),
      );
    return done;
  }

  setPace(pace: Pace): void {
    this.#port.postMessage({ kind: 'pace', pace } satisfies PaceMessage);
  }

  stop(): void {
    this.#stopping = true;
    this.#terminate();
  }

  #crashed: string | null = null;

  #hear(message: unknown): void {
    if (!isGuestMessage(message)) {
      console.warn('The sandbox sent something that is no message of a run. It was ignored.', message);
      return;
    }
    if (message.kind === 'ready') this.#ready = true;
    this.#messages += 1;
    if (this.#messages > MAX_MESSAGES) return this.#crash('it sent more messages than a run may send');
    this.#listener?.([message]);
    if (message.kind === 'finished') {
      this.#finish('finished');
      this.#terminate();
    }
  }

  #crash(reason: string): void {
    this.#crashed = reason;
    if (!this.#end) return;
    const message = `The sandbox could not run this program: ${reason}. Press Run again; if that does not help, reload the page.`;
    this.#listener?.([
      { kind: 'failed', how: 'uncaught', name: 'SandboxError', message, stack: '', at: 0, position: null },
    ]);
    this.#finish('crashed');
    this.#terminate();
  }

  #watchStart(): void {
    setTimeout(() => {
      if (!this.#ready && this.#end && !this.#stopping) this.#crash('it did not start in time');
    }, START_PATIENCE_MS);
  }

  #finish(end: RunEnd): void {
    this.#end?.(end);
    this.#end = null;
    this.#listener = null;
    this.#port.close();
  }

  #terminate(): void {
    this.#started.then(
      (stop) => stop(),
      () => undefined,
    );
  }
}
