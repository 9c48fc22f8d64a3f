/**
 * `npm run --silent doctor -- [--json|--jsonl|--summary] [FILE]`
 * reads a file or stdin and says what failed, with the proof. `--json` prints the whole diagnosis; `--jsonl` reads
 * `{"id","evidence"}` a line and prints `{"id","causes","undecided","gateway"}` a line; `--summary` counts a log of any
 * size in bounded memory.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Check } from '../src/doctor/checks/check.ts';
import { diagnose, type Answer, type Diagnosis } from '../src/doctor/diagnose.ts';
import type { Summary } from './doctor/counted-log.ts';
import { summarizeFile, summarizeStream } from './doctor/summarize.ts';

const USAGE = 'Usage: npm run --silent doctor -- [--json | --jsonl | --summary] [FILE]';
const PIECE = 1024 * 1024;
const SHOWN = 20;
/** Proofs printed for one answer. */
const PROOFS = 3;

function printForPeople({ causes, undecided, exclusion }: Diagnosis): void {
  if (undecided) console.log('Cannot tell from this text alone. Candidates, and the command that would decide:\n');
  if (exclusion !== null) console.log(`The text contradicts itself. ${exclusion.text}\n`);
  causes.forEach((answer, index) => printAnswer(answer, index === 0));
}

function printChecks(what: string, checks: readonly Check[]): void {
  for (const { run, outcomes } of checks) {
    console.log(`  ${what}: ${run}`);
    for (const { sees, means } of outcomes) console.log(`        ${sees}: ${means}`);
  }
}

function printAnswer(answer: Answer, first: boolean): void {
  const { cause, confidence, gateway, evidence, why, speaksAgainst, next, repeat, guide, reproduce, effects } = answer;
  console.log(`${cause} (${confidence})${gateway === null ? '' : `, ${gateway}`}`);
  if (!first && confidence === 'possible') return;
  const shown = evidence.slice(0, PROOFS);
  for (const { text: proof } of shown) console.log(`  proof: ${proof.replaceAll(/\s+/g, ' ').slice(0, 200)}`);
  if (answer.evidenceCount > shown.length)
    console.log(`         and at ${answer.evidenceCount - shown.length} more places`);
  for (const { url, method, status } of answer.entries.slice(0, PROOFS))
    console.log(`  request: ${method} ${url} (${status === 0 ? 'no answer' : status})`);
  if (answer.upstreams.length > 1) console.log(`  upstreams: ${answer.upstreams.join(', ')}`);
  console.log(`  why: ${why}`);
  if (effects.length > 0) console.log(`  brings about: ${effects.join(', ')}`);
  console.log(`  against it: ${speaksAgainst}`);
  console.log(`  next: ${next.run}\n        ${next.expect}`);
  printChecks('confirm', answer.confirmBy);
  printChecks('rule out', answer.ruleOutBy);
  console.log(`  repeat: ${repeat.verdict}. ${repeat.why}`);
  console.log(`  guide: ${guide}`);
  if (reproduce !== null)
    console.log(`  reproduce: npm run --silent simulate -- --gateway ${reproduce.gateway} --fault ${reproduce.fault}`);
}

function printSummary({ lines, failures, causes, gateways, upstreams, hours }: Summary): void {
  console.log(`${lines} lines, ${failures} of them name a failure`);
  for (const [cause, count] of causes) console.log(`cause ${cause} ${count}`);
  for (const [gateway, count] of gateways) console.log(`gateway ${gateway} ${count}`);
  for (const [upstream, cause, count] of upstreams.slice(0, SHOWN))
    console.log(`upstream ${upstream} ${cause} ${count}`);
  for (const [hour, count] of hours) console.log(`hour ${hour} ${count}`);
}

/** The answer of `--json`: what the command promises first, then the rest. */
function report({ causes, undecided, conflict, exclusion, gateway }: Diagnosis) {
  return {
    causes: causes.map(({ next, ...answer }) => ({ ...answer, next: next.run, nextExpect: next.expect })),
    undecided,
    conflict,
    exclusion,
    gateway,
  };
}

async function answerLines(input: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const { id, evidence } = JSON.parse(line) as { readonly id: string; readonly evidence: string };
    const { causes, undecided, gateway } = diagnose(evidence);
    console.log(JSON.stringify({ id, causes: causes.map(({ cause }) => cause), undecided, gateway }));
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, jsonl: { type: 'boolean' }, summary: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (more.length > 0 || Object.values(values).filter(Boolean).length > 1) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const input = file === undefined ? process.stdin : createReadStream(file, { highWaterMark: PIECE });
  if (values.summary) printSummary(await (file === undefined ? summarizeStream(input) : summarizeFile(file)));
  else if (values.jsonl) await answerLines(input);
  else {
    const diagnosis = diagnose(await text(input));
    if (values.json) console.log(JSON.stringify(report(diagnosis), null, 2));
    else printForPeople(diagnosis);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
