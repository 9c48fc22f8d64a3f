import { signal, type ReadonlySignal } from '@preact/signals';
import {
  checkedAnswer,
  LONGEST_TEXT,
  type Answered,
  type PythonAnswers,
  type PythonQuestion,
  type QuestionKind,
} from '../sandbox/python/questions.ts';

/**
 * Questions about a Python program, for the interpreter that waits for the next run. One is on its way at a time, so that
 * a run waits for one at most; of those that wait, a newer one takes the place of an older one of its kind.
 */

type Settle = (answer: unknown) => void;

let port: MessagePort | null = null;
let lastId = 0;
let asked: { readonly id: number; readonly settle: Settle } | null = null;
const waiting = new Map<QuestionKind, { readonly question: PythonQuestion; readonly settle: Settle }>();
const count = signal<number | null>(null);
let made = 0;

/** Changes with each interpreter; null while none answers, because none was loaded or because it runs a program. */
export const interpreter: ReadonlySignal<number | null> = count;

/** Makes the end for an interpreter that is being started. It answers from now on, instead of the one before. */
export function newInterpreter(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  close();
  port = port1;
  port1.onmessage = ({ data }: MessageEvent<Answered>) => {
    if (port !== port1) return;
    if (data === 'over') {
      close();
      count.value = null;
    } else hear(data);
  };
  count.value = ++made;
  return port2;
}

/** The answer of the interpreter; null when there is none, also because a newer question has come, or @param signal gave up. */
export async function ask<Kind extends QuestionKind>(
  question: PythonQuestion & { readonly kind: Kind },
  signal?: AbortSignal,
): Promise<PythonAnswers[Kind] | null> {
  if (!port || signal?.aborted || question.text.length > LONGEST_TEXT) return null;
  const answer = await new Promise<unknown>((settle) => {
    waiting.get(question.kind)?.settle(null);
    waiting.set(question.kind, { question, settle });
    signal?.addEventListener('abort', () => {
      if (waiting.get(question.kind)?.settle === settle) waiting.delete(question.kind);
      settle(null);
    });
    sendNext();
  });
  return checkedAnswer(question.kind, answer);
}

function sendNext(): void {
  if (asked || !port) return;
  const [next] = waiting.values();
  if (!next) return;
  const { question, settle } = next;
  waiting.delete(question.kind);
  asked = { id: ++lastId, settle };
  port.postMessage({ id: lastId, question });
}

function hear(data: unknown): void {
  const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'id') : null;
  if (!asked || id !== asked.id) return;
  const { settle } = asked;
  asked = null;
  settle(Reflect.get(data as object, 'answer'));
  sendNext();
}

/** No answer comes any more. */
function close(): void {
  asked?.settle(null);
  asked = null;
  for (const { settle } of waiting.values()) settle(null);
  waiting.clear();
  port?.close();
  port = null;
}
