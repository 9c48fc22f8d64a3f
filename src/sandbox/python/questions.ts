/**
 * What the editor asks about a Python program, and what the interpreter answers that waits for the next run
 * (`looking_up.py`). Offsets and columns count characters, not UTF-16.
 */
export type PythonQuestion =
  | { readonly kind: 'check'; readonly text: string }
  | { readonly kind: 'complete' | 'hover' | 'call'; readonly text: string; readonly offset: number }
  /** About one of the completions. */
  | { readonly kind: 'explain'; readonly text: string; readonly offset: number; readonly name: string };

export type QuestionKind = PythonQuestion['kind'];

/** Lines and columns from 1; the end is after the last character. */
export interface PythonProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export const COMPLETION_KINDS = [
  'class',
  'field',
  'function',
  'keyword',
  'keyword argument',
  'method',
  'module',
  'property',
  'variable',
] as const;

export interface PythonCompletion {
  readonly label: string;
  readonly kind: (typeof COMPLETION_KINDS)[number];
  /** Stands before the others. */
  readonly first: boolean;
}

/** Signature or type, and the first paragraph of the documentation (Markdown). */
export interface PythonExplanation {
  readonly title: string;
  readonly about: string;
}

/** The answers; null where there is nothing to say. */
export interface PythonAnswers {
  readonly check: { readonly problems: readonly PythonProblem[] };
  /** `start`: where the text begins that a completion replaces. */
  readonly complete: { readonly start: number; readonly items: readonly PythonCompletion[] };
  readonly explain: PythonExplanation;
  readonly hover: PythonExplanation & { readonly start: number; readonly end: number };
  /** `begin` and `end` are a parameter's place in `label`. `active`: index of a parameter, -1 for none. */
  readonly call: {
    readonly label: string;
    readonly about: string;
    readonly active: number;
    readonly parameters: readonly { readonly begin: number; readonly end: number; readonly about: string }[];
  };
}

/** What goes to the interpreter. */
export interface AskedQuestion {
  readonly id: number;
  readonly question: PythonQuestion;
}

/** What comes back. `over`: the interpreter has a program to run now and answers nothing any more. */
export type Answered = { readonly id: number; readonly answer: unknown } | 'over';

/** Longer programs are not looked at: the answer would come late. */
export const LONGEST_TEXT = 200_000;

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value.length <= LONGEST_TEXT;
const count: Check = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= -1;
const flag: Check = (value) => typeof value === 'boolean';
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= 5000 && value.every(check);
const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) => Object.hasOwn(value, name) && check(Reflect.get(value, name)));

const place = { line: count, column: count, endLine: count, endColumn: count };
const ANSWERS: Readonly<Record<QuestionKind, Check>> = {
  check: shape({ problems: list(shape({ severity: oneOf('error', 'warning'), message: text, ...place })) }),
  complete: shape({ start: count, items: list(shape({ label: text, kind: oneOf(...COMPLETION_KINDS), first: flag })) }),
  explain: shape({ title: text, about: text }),
  hover: shape({ title: text, about: text, start: count, end: count }),
  call: shape({
    ...{ label: text, about: text, active: count },
    parameters: list(shape({ begin: count, end: count, about: text })),
  }),
};

/** The answer to a question of a kind; null when it is none, or not such a one. */
export const checkedAnswer = <Kind extends QuestionKind>(kind: Kind, answer: unknown): PythonAnswers[Kind] | null =>
  ANSWERS[kind](answer) ? (answer as PythonAnswers[Kind]) : null;

const QUESTIONS: Readonly<Record<QuestionKind, Check>> = {
  check: shape({ text }),
  complete: shape({ text, offset: count }),
  hover: shape({ text, offset: count }),
  call: shape({ text, offset: count }),
  explain: shape({ text, offset: count, name: text }),
};

/** Whether something is a question, with its number. */
export const isAsked = (value: unknown): value is AskedQuestion => {
  if (!shape({ id: count })(value)) return false;
  const question: unknown = Reflect.get(value as object, 'question');
  if (typeof question !== 'object' || question === null) return false;
  const kind: unknown = Reflect.get(question, 'kind');
  return typeof kind === 'string' && Object.hasOwn(QUESTIONS, kind) && QUESTIONS[kind as QuestionKind](question);
};
