import type { RunResult } from '../sandbox/protocol.ts';
import { gatewayLogLines } from './gateway-log-lines.ts';
import { resultText } from './outcome-words.ts';
import { countText, spanText } from './quantities.ts';

/** One question about two runs, and what each answers. */
export interface Difference {
  readonly question: string;
  readonly here: string;
  readonly there: string;
}

const QUESTIONS: readonly (readonly [question: string, answer: (result: RunResult) => string])[] = [
  ['How it ended', ({ failure }) => (failure ? `${failure.name}: ${failure.message}` : 'finished')],
  ['What came back', ({ exchanges }) => repeated(exchanges.map(resultText)) || 'no request'],
  ['Requests sent', ({ exchanges }) => String(exchanges.length)],
  [
    'Tries at the upstream',
    ({ exchanges }) => String(exchanges.reduce((sum, { upstream }) => sum + upstream.length, 0)),
  ],
  ['Simulated time', ({ simulatedMs }) => spanText(simulatedMs)],
  [
    'Gateway log',
    ({ exchanges }) => {
      const lines = gatewayLogLines(exchanges);
      const errors = lines.filter(({ kind }) => kind === 'error').length;
      return `${countText(errors, 'error line')}, ${countText(lines.length - errors, 'access line')}`;
    },
  ],
  ['Printed lines', ({ console: entries }) => String(entries.length)],
];

/** What two runs of the same program have to show, question by question. */
export const differencesOf = (here: RunResult, there: RunResult): Difference[] =>
  QUESTIONS.map(([question, answer]) => ({ question, here: answer(here), there: answer(there) }));

/** `502 Bad Gateway × 2, 200 OK`. */
function repeated(texts: readonly string[]): string {
  const runs: { text: string; times: number }[] = [];
  for (const text of texts) {
    const last = runs.at(-1);
    if (last?.text === text) last.times++;
    else runs.push({ text, times: 1 });
  }
  return runs.map(({ text, times }) => (times === 1 ? text : `${text} × ${times}`)).join(', ');
}
