/**
 * What confirms a cause and what rules it out, as data: a command, and what each of its outcomes means. `{host}`,
 * `{path}`, `{upstream}`, `{address}`, `{port}` and `{socket}` are filled in from the reader's own text, quoted for the
 * shell; what the text does not give stays a variable of the shell. All commands read only.
 */

export interface Outcome {
  readonly sees: string;
  readonly means: string;
}

export interface Check {
  readonly run: string;
  readonly outcomes: readonly Outcome[];
}

export interface Checks {
  /** The first of its outcomes says that it is this cause. */
  readonly confirmBy: readonly Check[];
  /** The first of its outcomes says that it is another one. */
  readonly ruleOutBy: readonly Check[];
}

/** One command with its outcomes, each as what one sees and what it means. */
export const check = (run: string, ...outcomes: readonly (readonly [sees: string, means: string])[]): Check => ({
  run,
  outcomes: outcomes.map(([sees, means]) => ({ sees, means })),
});
