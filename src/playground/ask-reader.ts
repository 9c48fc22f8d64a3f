import type { Become, RunHandle, SandboxHost } from '../sandbox/host.ts';
import type { Answer, GuestMessage, RunEnd } from '../sandbox/protocol.ts';
import { canSuspend } from '../sandbox/python/pyodide.ts';
import type { PlaygroundData } from './playground-data.ts';

/** As much of a playground as asks its reader for input. */
export interface Asking {
  readonly data: PlaygroundData;
  readonly say: (sentence: string) => void;
  readonly part: (act: () => Promise<void>) => Promise<void>;
}

/** The longest prompt that is shown. */
const LONGEST = 300;

/**
 * A way to run programs that asks the reader for a line whenever a program wants one. Where the browser cannot wait in the
 * middle of a program, the program runs anew with one answer more and shows only what comes after it.
 */
export function runAsking(playground: Asking, host: SandboxHost, become: Become): SandboxHost['run'] {
  return (request, onMessages, ports = {}) => {
    const answers: Answer[] = [];
    const { promise: done, resolve } = Promise.withResolvers<RunEnd>();
    /** Nothing runs: the program runs anew when there is an answer. */
    let rests = false;
    let stopped = false;
    let dismiss: (() => void) | null = null;
    let current = start(onMessages);

    function start(hear: (messages: readonly GuestMessage[]) => void): RunHandle {
      const { port1, port2 } = new MessageChannel();
      const order = { ...request, answers: [...answers] };
      const handle = host.run(order, hear, { ...ports, keyboard: port2 }, become);
      port1.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (handle === current && !stopped) ask(promptIn(data), port1);
      };
      void handle.done.then((end) => {
        port1.close();
        if (handle !== current || rests) return;
        dismiss?.();
        resolve(end);
      });
      return handle;
    }

    function ask(prompt: string, port: MessagePort): void {
      rests = !canSuspend();
      if (rests) {
        host.warm({ become, likely: { scenario: request.scenario, kit: request.kit } });
        current.stop();
      }
      playground.say(`The program waits for your input${prompt === '' ? '.' : `: ${prompt}`}`);
      void playground.part(async () => {
        const { showQuestion } = await import('./ask-line.tsx');
        if (stopped) return;
        dismiss = showQuestion(playground.data.id, prompt, (answer) => {
          playground.say('');
          if (rests) goOn(answer);
          else port.postMessage(answer);
        });
      });
    }

    function goOn(answer: Answer): void {
      rests = false;
      answers.push(answer);
      current = start((messages) => onMessages(messages.filter(({ kind }) => kind !== 'ready')));
    }

    function stop(): void {
      dismiss?.();
      if (stopped || !rests) current.stop();
      // It runs once more, to say where it was.
      else goOn({ kind: 'interrupt' });
      stopped = true;
    }

    return {
      pause: () => current.pause(),
      step: () => current.step(),
      resume: () => current.resume(),
      stop,
      done,
    };
  };
}

/** What stands in front of the field; the sandbox may send anything. */
function promptIn(question: unknown): string {
  const prompt: unknown = typeof question === 'object' && question !== null ? Reflect.get(question, 'prompt') : '';
  return typeof prompt === 'string' ? prompt.trim().slice(0, LONGEST) : '';
}
