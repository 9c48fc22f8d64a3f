import type { PythonMachine } from './machine.ts';
import { isAsked, type Answered } from './questions.ts';

/**
 * Answers the editor's questions on a port for as long as the interpreter has nothing to run.
 * @returns ends that, and says so on the port
 */
export function answerQuestions(port: MessagePort, machine: Promise<PythonMachine>): () => void {
  let over = false;
  const post = (message: Answered): void => port.postMessage(message);
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isAsked(data)) return;
    const { id, question } = data;
    machine
      .then((ready) => over || post({ id, answer: ready.answer(question) }))
      // A program that cannot be looked at has no answers; it may run all the same.
      .catch(() => over || post({ id, answer: null }));
  };
  return () => {
    over = true;
    post('over');
    port.close();
  };
}
