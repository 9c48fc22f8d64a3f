import type { Diagnosis } from '../diagnose.ts';
import type { Row } from './evidence-rows.ts';
import type { ReadProblem } from './read-file.ts';
import type { Redactions } from './redact.ts';

/** What the page and the worker say to each other. The text of a large file never leaves the worker. */

export interface Task {
  readonly source: string | Blob;
  readonly hidePlaces: boolean;
}

/** A diagnosis with everything that the page shows of the text. */
export interface Examined {
  readonly kind: 'examined';
  readonly diagnosis: Diagnosis;
  readonly rows: readonly Row[];
  readonly redactions: Redactions;
  /** The redacted text, or of a long one the lines around the proofs. */
  readonly passedOn: string;
  /** Whether `passedOn` is the whole text. */
  readonly whole: boolean;
  readonly lines: number;
}

export type Outcome = Examined | { readonly kind: 'problem'; readonly problem: ReadProblem };

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly why: string };
