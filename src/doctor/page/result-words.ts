import type { Diagnosis } from '../diagnose.ts';
import type { Repeat } from '../repeat.ts';
import type { Confidence } from '../rule.ts';
import { gatewayName, type DoctorData } from './doctor-data.ts';
import type { Examined, Outcome } from './protocol.ts';
import { MOST_BYTES, type ReadProblem } from './read-file.ts';
import type { Redactions } from './redact.ts';

/** What the doctor says in words. */

export const CONFIDENCE: Readonly<Record<Confidence, { readonly word: string; readonly means: string }>> = {
  certain: { word: 'Certain', means: 'Nothing else writes these words.' },
  likely: { word: 'Likely', means: 'This is the usual reading of these words.' },
  possible: { word: 'Possible', means: 'It fits, and so do other causes.' },
};

export const REPEAT: Readonly<Record<Repeat['verdict'], string>> = {
  safe: 'Safe',
  'if-idempotent': 'Only if running twice does no harm',
  useless: 'Of no use',
};

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const PROBLEMS: Readonly<Record<ReadProblem, string>> = {
  empty: 'There is nothing to read yet. Paste a log line, what curl printed or a traceback, or open a file.',
  binary: 'This file is not text. Open the log itself, or save what the program printed as text.',
  compressed: 'This file is compressed. Unpack it first, with gunzip, xz -d or unzip, and open what comes out.',
  'too-large': `This is more than ${megabytes(MOST_BYTES)}. Cut out the minutes around the failure, or run npm run doctor -- --summary on the file.`,
};

const problemWords = (problem: ReadProblem): string => PROBLEMS[problem];

/** A number with its noun. */
const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : noun.endsWith('s') ? `${noun}es` : `${noun}s`}`;

/** What was taken out; an empty text when nothing was. */
export function redactionWords(redactions: Redactions): string {
  const kinds = Object.entries(redactions).map(([kind, count]) => counted(count, kind));
  return kinds.length === 0 ? '' : `Hidden before anything was shown: ${kinds.join(', ')}.`;
}

/** How a diagnosis is told as a whole. */
export type Verdict = 'decided' | 'several' | 'conflict' | 'undecided' | 'unrelated';

/** Causes that stand for themselves: at least likely. Others only fit as well. */
const ownCauses = ({ causes }: Diagnosis) => causes.filter(({ confidence }) => confidence !== 'possible');

export function verdictOf(diagnosis: Diagnosis): Verdict {
  if (diagnosis.causes.length === 0 || diagnosis.causes[0]?.cause === 'unrelated-text') return 'unrelated';
  if (diagnosis.undecided) return 'undecided';
  if (diagnosis.conflict) return 'conflict';
  return ownCauses(diagnosis).length > 1 ? 'several' : 'decided';
}

function diagnosisWords({ diagnosis, lines }: Examined, data: DoctorData): string {
  const [first] = diagnosis.causes;
  const verdict = verdictOf(diagnosis);
  if (first === undefined || verdict === 'unrelated')
    return `No answer: nothing in ${counted(lines, 'line')} was written by a gateway, or by a client about one.`;
  if (verdict === 'undecided')
    return `Cannot tell from this text alone: ${counted(diagnosis.causes.length, 'cause')} would fit. One command decides.`;
  const named = `${CONFIDENCE[first.confidence].word}: ${data.causes[first.cause].title}`;
  const gateway = first.gateway === null ? '' : ` (${gatewayName(data, first.gateway)})`;
  const more = ownCauses(diagnosis).length - 1;
  if (verdict === 'conflict')
    return `Two findings exclude each other. ${named}${gateway}, or the next one in the list.`;
  const others = more > 0 ? ` And ${counted(more, 'other cause')}, each with its own proof.` : '';
  return `${named}${gateway}.${others}`;
}

/** The outcome in words, for the status line that screen readers say. */
export function outcomeWords(outcome: Outcome, data: DoctorData): string {
  if (outcome.kind === 'problem') return problemWords(outcome.problem);
  return [diagnosisWords(outcome, data), redactionWords(outcome.redactions)].filter((words) => words !== '').join(' ');
}
