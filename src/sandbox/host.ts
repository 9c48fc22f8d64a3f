import { FrameHandle } from './frame-handle.ts';
import { GuestHandle } from './guest-handle.ts';
import type { GuestPorts } from './part-texts.ts';
import type { ComingUp, GuestMessage, LikelyRun, PageRequest, RunEnd } from './protocol.ts';

/** Where the page runs the reader's programs. One for all playgrounds of a page that have the same guest script. */
export interface SandboxHost {
  /** Gets ready for a run, so that the next one starts at once. Call it when a run is likely. */
  warm(next?: Next): void;
  /**
   * Runs a program. `onMessages` hears everything it does, in order, many things at once when it does many.
   * @param ports go to the guest for good
   * @param become for a program that is not JavaScript
   */
  run(
    request: PageRequest,
    onMessages: (messages: readonly GuestMessage[]) => void,
    ports?: GuestPorts,
    become?: Become,
  ): RunHandle;
}

/** Has what makes a guest one for another language; always the same function for the same language. */
export type Become = (likely: LikelyRun) => Promise<ComingUp>;

/** A program that is not JavaScript. */
export interface Next {
  readonly become: Become;
  readonly likely: LikelyRun;
}

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

interface Spare {
  readonly guestUrl: string;
  readonly guest: GuestHandle;
}

/** One frame for the whole page, and in it, for each language, at most one worker that waits for a program. */
let frame: FrameHandle | null = null;
const spares = new Map<Become | undefined, Spare>();

function newGuest(guestUrl: string, next?: Next): GuestHandle {
  if (frame?.suspect) frame.remove();
  const current =
    frame ??
    new FrameHandle(() => {
      if (frame !== current) return;
      frame = null;
      spares.clear();
    });
  frame = current;
  return new GuestHandle(current, guestScript(guestUrl), next?.become(next.likely));
}

const fits = (spare: Spare, guestUrl: string): boolean => spare.guestUrl === guestUrl && spare.guest.usable;

/** The worker that waits, or a new one. */
function takeGuest(guestUrl: string, next?: Next): GuestHandle {
  const spare = spares.get(next?.become);
  spares.delete(next?.become);
  if (spare && fits(spare, guestUrl)) return spare.guest;
  // It would start up beside the one that is wanted now: Python takes a processor and 150 MB for that.
  spare?.guest.stop();
  return newGuest(guestUrl, next);
}

function warm(guestUrl: string, next?: Next): void {
  const spare = spares.get(next?.become);
  if (spare && fits(spare, guestUrl)) return;
  spare?.guest.stop();
  spares.set(next?.become, { guestUrl, guest: newGuest(guestUrl, next) });
}

/** @param guestUrl address of the guest script, which is built for one gateway */
export function createHost(guestUrl: string): SandboxHost {
  return {
    warm: (next) => warm(guestUrl, next),
    run(request, onMessages, ports = {}, become) {
      const next = become && { become, likely: { scenario: request.scenario, kit: request.kit } };
      const guest = takeGuest(guestUrl, next);
      const done = guest.run(request, onMessages, ports);
      // After a crash the next run starts from nothing; perhaps the network is back by then.
      void done.then((end) => end !== 'crashed' && warm(guestUrl, next));
      return {
        pause: () => guest.setPace('pause'),
        step: () => guest.setPace('step'),
        resume: () => guest.setPace('run'),
        stop: () => guest.stop(),
        done,
      };
    },
  };
}

const scripts = new Map<string, Promise<string>>();

async function guestScript(url: string): Promise<{ readonly url: string; readonly text: string }> {
  const text = scripts.get(url) ?? fetchText(url);
  scripts.set(url, text);
  text.catch(() => scripts.delete(url));
  return { url, text: await text };
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  return response.text();
}
