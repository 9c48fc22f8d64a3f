import { recordedStep, type RecordedIncident } from './recorded.ts';
import type { Run } from './practice-store.ts';

/** What is to be said of the cause that a reader has named. */
export type Judgment =
  | { readonly kind: 'right' }
  /** The step was tried, and what it printed speaks against the cause. */
  | { readonly kind: 'against'; readonly step: string }
  /** The step was not tried, and would decide. */
  | { readonly kind: 'open'; readonly step: string };

/** Compares the named cause with that of the incident. */
export function judge({ recorded: { cause, deciding }, tried }: Run, named: string): Judgment {
  if (named === cause) return { kind: 'right' };
  return { kind: tried.includes(deciding) ? 'against' : 'open', step: deciding };
}

/** A line of an output, and whether it proves the cause. */
export interface ProofLine {
  readonly text: string;
  readonly proves: boolean;
}

/** Lines of an output that no line is known to be the proof of. */
const MOST_WHOLE = 12;

/**
 * The first line of the deciding step's output that proves the cause, with its neighbors: most logs repeat themselves.
 * @param words what the list says to look for, where the recording does not name the lines
 */
export function proofLines(recorded: RecordedIncident, words: readonly string[]): ProofLine[] {
  const lines = (recordedStep(recorded, recorded.deciding).output ?? '').replace(/\n+$/, '').split('\n');
  const named = recorded.proof.filter((line) => line < lines.length);
  const found = lines.flatMap((line, index) => (words.some((word) => line.includes(word)) ? [index] : []));
  const proofs = named.length > 0 ? named : found;
  const [first] = proofs;
  if (first === undefined) return lines.slice(-MOST_WHOLE).map((text) => ({ text, proves: false }));
  const from = Math.max(0, first - 1);
  return lines.slice(from, first + 2).map((text, index) => ({ text, proves: proofs.includes(from + index) }));
}
