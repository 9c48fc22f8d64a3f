import { diagnose, type Diagnosis } from '../diagnose.ts';
import { evidenceRows, quoteId, rowsText, type Quote } from './evidence-rows.ts';
import type { Outcome, Task } from './protocol.ts';
import { readFile, readText } from './read-file.ts';
import { redact } from './redact.ts';

/** A text up to this length is passed on whole. */
const MOST_PASSED_ON = 30_000;
/** Share of the work that is done when the text is redacted. */
const REDACTED = 0.3;

const quotesOf = ({ causes }: Diagnosis): readonly Quote[] =>
  causes.flatMap(({ evidence }, cause) =>
    evidence.map(({ start, end }, proof) => ({ id: quoteId(cause, proof), start, end })),
  );

function linesOf(text: string): number {
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/**
 * Reads, redacts, diagnoses. The rules see the redacted text only, so nothing that is shown can hold more than it.
 * @param progress told from 0 to 1 how much is done
 */
export async function examine({ source, hidePlaces }: Task, progress: (done: number) => void): Promise<Outcome> {
  const read = typeof source === 'string' ? readText(source) : await readFile(source);
  if (!read.ok) return { kind: 'problem', problem: read.problem };
  const { text, redactions } = redact(read.text, hidePlaces, (done) => progress(done * REDACTED));
  const diagnosis = diagnose(text, (done) => progress(REDACTED + done * (1 - REDACTED)));
  const rows = evidenceRows(text, quotesOf(diagnosis));
  const whole = text.length <= MOST_PASSED_ON;
  return {
    kind: 'examined',
    diagnosis,
    rows,
    redactions,
    passedOn: whole ? text : rowsText(rows),
    whole,
    lines: linesOf(text),
  };
}
