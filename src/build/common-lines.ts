import type { Confidence } from '../doctor/rule.ts';
import { RULE_SETS } from '../doctor/rules/index.ts';
import { CAUSE_IDS, type CauseId } from '../gateway/ids.ts';

/** A line that a program writes, and what it says. */
export interface CommonLine {
  readonly example: string;
  readonly cause: CauseId;
  readonly confidence: Confidence;
  readonly why: string;
}

export interface ProgramLines {
  readonly program: string;
  readonly lines: readonly CommonLine[];
}

/** Lines of one program on the page. */
const MOST = 6;
/** What is longer is no line to compare with by eye. */
const LONGEST = 300;

/** Causes between gateway and upstream come first, the most frequent ones before others. */
const rank = ({ cause }: CommonLine): number => CAUSE_IDS.indexOf(cause);

/**
 * The lines that people meet most, by program, from the rules that the doctor works with: those that mean one cause, one
 * line a cause.
 */
export function commonLines(): readonly ProgramLines[] {
  const programs = new Map<string, CommonLine[]>();
  for (const { program, rules } of RULE_SETS) {
    const lines = programs.get(program) ?? [];
    programs.set(program, lines);
    for (const { causes, confidence, role, example, why } of rules) {
      const [cause] = causes;
      const fits = role === 'root' && confidence !== 'possible' && example.length <= LONGEST;
      if (fits && lines.every((line) => line.cause !== cause)) lines.push({ example, cause, confidence, why });
    }
  }
  return [...programs]
    .filter(([, lines]) => lines.length > 0)
    .map(([program, lines]) => ({ program, lines: lines.sort((a, b) => rank(a) - rank(b)).slice(0, MOST) }));
}
