/**
 * `npm run --silent simulate -- --gateway nginx --fault close-after-request [--method POST] [--json]`
 * prints what the gateway answers; `--jsonl` reads one question a line from stdin and prints one answer a line;
 * `--list` prints what there is to ask.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { labAnswer, UnknownIdError, type LabAnswer, type LabQuestion } from '../src/build/lab-exchange.ts';
import { documentedGatewayIds } from '../src/build/documented.ts';
import { recordedVersions } from '../src/build/scenarios.ts';
import type { Exchange } from '../src/gateway/exchange.ts';
import { FAULTS } from '../src/gateway/faults/index.ts';

const USAGE =
  'Usage: npm run --silent simulate -- --gateway nginx --fault close-after-request [--method POST] [--json] | --jsonl | --list';

/** The answer in the shape that the command promises. Where there is none, the provenance says why. */
function report(answer: LabAnswer) {
  if (answer.kind === 'exchange') return reportOf(answer.exchange);
  const { gateway, fault, why } = answer;
  const provenance = { kind: answer.kind, why };
  return {
    gateway,
    version: null,
    provenance,
    fault,
    cause: null,
    request: null,
    client: null,
    upstreamAttempts: null,
    log: null,
  };
}

function reportOf(exchange: Exchange) {
  const { client, gateway, request } = exchange;
  return {
    gateway: gateway.id,
    version: gateway.version,
    provenance: gateway.provenance,
    fault: exchange.fault,
    cause: exchange.cause,
    request: { method: request.method, url: request.url },
    client: {
      status: client.status,
      reason: client.reason,
      headers: client.headers,
      body: client.body,
      truncated: client.truncated,
      error: client.error,
      elapsedMs: client.elapsedMs,
    },
    upstreamAttempts: exchange.upstream.length,
    log: exchange.log,
  };
}

function printForPeople(answer: LabAnswer): void {
  if (answer.kind !== 'exchange') {
    console.log(`${answer.gateway}, ${answer.fault}: no answer. ${answer.why}`);
    return;
  }
  const { exchange } = answer;
  const { client, gateway, log } = exchange;
  const line =
    client.status === null ? `no answer (${client.error ?? 'none'})` : `${client.status} ${client.reason ?? ''}`;
  console.log(`${gateway.id} ${gateway.version}, ${exchange.fault}: ${line} after ${client.elapsedMs} ms`);
  for (const [name, value] of client.headers) console.log(`  ${name}: ${value}`);
  const body = client.body.trimEnd();
  if (body !== '')
    console.log(
      body
        .split(/\r?\n/)
        .map((text) => `  | ${text.length > 100 ? `${text.slice(0, 100)}… (${text.length} characters)` : text}`)
        .join('\n'),
    );
  if (client.truncated) console.log('  (the message was cut)');
  console.log(`cause: ${exchange.cause ?? 'none, nothing failed'}`);
  console.log(`verdict: ${exchange.verdict}`);
  for (const text of [...log.error, ...log.access]) console.log(`log: ${text}`);
}

function printList(): void {
  for (const { gateway, version } of recordedVersions()) console.log(`gateway ${gateway} ${version} recorded`);
  for (const gateway of documentedGatewayIds()) console.log(`gateway ${gateway} documented`);
  for (const fault of FAULTS)
    console.log(`fault ${fault.id} (${fault.group}): ${fault.cause ?? 'no failure'}: ${fault.summary}`);
}

/** Ends the program with exit code 2 on a mistake in the question, as a mistyped id is the caller's to fix. */
function orExplain<Result>(ask: () => Result): Result {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof UnknownIdError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

async function answerLines(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const question = JSON.parse(line) as LabQuestion;
    console.log(JSON.stringify(orExplain(() => report(labAnswer(question)))));
  }
}

const { values } = parseArgs({
  options: {
    gateway: { type: 'string' },
    fault: { type: 'string' },
    method: { type: 'string' },
    json: { type: 'boolean' },
    jsonl: { type: 'boolean' },
    list: { type: 'boolean' },
  },
});

if (values.list) printList();
else if (values.jsonl) await answerLines();
else if (values.gateway === undefined || values.fault === undefined) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const { gateway, fault, method } = values;
  const answer = orExplain(() => labAnswer(method === undefined ? { gateway, fault } : { gateway, fault, method }));
  if (values.json) console.log(JSON.stringify(report(answer)));
  else printForPeople(answer);
}
