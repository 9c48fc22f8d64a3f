import type { Answer } from '../protocol.ts';
import type { Line, Wait } from './machine.ts';
import { canSuspend } from './pyodide.ts';
import { sleepForEver } from './patience.ts';

/** As much of a MessagePort as leads to the reader. Questions go out as {@link Question}s, answers come as {@link Answer}s. */
export interface AnswerPort {
  postMessage: (question: Question) => void;
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
}

/** What the program asks the reader for: one line. */
export interface Question {
  /** What stands in front of the place where one types; may be empty. */
  readonly prompt: string;
}

export interface KeyboardOptions {
  /** What the reader has typed in earlier goes of this run. */
  readonly answers: readonly Answer[];
  /** Left out: nobody is there to be asked for more. */
  readonly port: AnswerPort | undefined;
  /** A line was typed. The page is to show it, as a terminal would. */
  readonly onTyped: (text: string) => void;
  /** The program is about to wait for the reader. */
  readonly onAsk: () => void;
}

/**
 * The reader's keyboard. Where the browser cannot wait in the middle of a program, a question ends this go of the run: the
 * page starts the program again with one answer more. It repeats itself exactly, so what the page has shown already is left
 * out, until the last of the answers is read.
 */
export class Keyboard {
  readonly #options: KeyboardOptions;
  readonly #left: Answer[];
  #resolve: ((answer: Answer) => void) | null = null;
  #interrupted = false;

  constructor(options: KeyboardOptions) {
    this.#options = options;
    this.#left = [...options.answers];
    const { port } = options;
    if (port) port.onmessage = ({ data }) => this.#resolve?.(data);
  }

  /** What happens now was shown in an earlier go of this run. */
  get repeating(): boolean {
    return this.#left.length > 0 && this.#options.port !== undefined;
  }

  ask(prompt: string): Line | Wait<Line> {
    const { port, onAsk } = this.#options;
    if (this.#interrupted) return null;
    const known = this.#left.shift();
    if (known) return this.#take(known);
    if (!port) return false;
    onAsk();
    port.postMessage({ prompt });
    if (!canSuspend()) return sleepForEver();
    const answered = new Promise<Answer>((resolve) => {
      this.#resolve = resolve;
    });
    return { over: answered.then((answer) => this.#take(answer)) };
  }

  /** The reader has stopped the program. */
  interrupt(): void {
    this.#interrupted = true;
    this.#resolve?.({ kind: 'interrupt' });
  }

  /** The program is over; nothing that it does from now on is a repetition. */
  close(): void {
    this.#left.length = 0;
  }

  #take(answer: Answer): Line {
    if (answer.kind === 'interrupt') {
      this.#interrupted = true;
      return null;
    }
    if (answer.kind === 'end') return '';
    this.#options.onTyped(answer.text);
    return `${answer.text}\n`;
  }
}
