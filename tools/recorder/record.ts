/**
 * Records what real gateways answer to the faults of the catalogue: `npm run record -- [--gateway nginx,…] [--fault id,…]`.
 * `--gateway nginx@1.31` takes one of the installed versions, `--gateway nginx` all of them. Without --gateway it records
 * every gateway that is installed and names those that are missing.
 * Exit code 1: a gateway that was asked for is missing, or a recording failed. 2: the command line is wrong.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Fault } from '../../src/gateway/fault.ts';
import { FAULTS, faultById } from '../../src/gateway/faults/index.ts';
import type { Adaptor, InstalledProgram } from './adaptor.ts';
import { ADAPTORS, howToInstall } from './gateways/index.ts';
import { installedPrograms } from './installed-programs.ts';
import { recordGateway, type Outcome } from './record-gateway.ts';
import { mergeRecordings, writeRecordings } from './recordings-file.ts';

const USAGE = 'Usage: npm run record -- [--gateway id,id@version] [--fault id,id]';

interface Orders {
  readonly gateways: readonly { readonly adaptor: Adaptor; readonly version: string | null }[];
  readonly faults: readonly Fault[];
  /** The gateways were named, so a missing one is an error. */
  readonly named: boolean;
}

function readOrders(): Orders {
  const { values } = parseArgs({ options: { gateway: { type: 'string' }, fault: { type: 'string' } } });
  const named = values.gateway?.split(',').map((name) => {
    const [id = '', version = null] = name.split('@');
    const adaptor = ADAPTORS.find((known) => known.id === id);
    if (adaptor) return { adaptor, version };
    throw new Error(`The recorder cannot start "${id}"; it can start ${ADAPTORS.map((known) => known.id).join(', ')}.`);
  });
  return {
    gateways: named ?? ADAPTORS.map((adaptor) => ({ adaptor, version: null })),
    faults: values.fault ? values.fault.split(',').map(faultById) : FAULTS,
    named: named !== undefined,
  };
}

/** Records one gateway; false when a recording failed. What was recorded before that is kept. */
async function record(adaptor: Adaptor, program: InstalledProgram, faults: readonly Fault[]): Promise<boolean> {
  console.log(`${program.program}: recording ${faults.length} faults`);
  const outcomes = await recordGateway(adaptor, program, faults, {
    onOutcome: (outcome) => console.log(`  ${lineOf(outcome)}`),
  });
  const recordings = outcomes.flatMap((outcome) => (outcome.kind === 'recorded' ? [outcome.recording] : []));
  const gone = outcomes.flatMap((outcome) => (outcome.kind === 'impossible' ? [outcome.fault] : []));
  const file = writeRecordings(
    mergeRecordings(adaptor, program, recordings, gone, new Date().toISOString().slice(0, 10)),
  );
  console.log(`  written: ${path.relative(process.cwd(), file)}`);
  const failed = outcomes.filter(({ kind }) => kind === 'failed').length;
  if (failed > 0)
    console.error(`${program.program}: ${failed} of ${faults.length} faults could not be recorded; see above.`);
  return failed === 0;
}

function lineOf(outcome: Outcome): string {
  if (outcome.kind === 'impossible') return `${outcome.fault}: cannot be recorded here: ${outcome.reason}`;
  if (outcome.kind === 'failed') return `${outcome.fault}: FAILED: ${outcome.reason}`;
  const { fault, wire, attempts, crash, others = [] } = outcome.recording;
  const first = wire[0];
  const line = first?.kind === 'bytes' ? JSON.stringify(first.bytes.split('\r\n')[0]?.slice(0, 60)) : 'no byte';
  const last = wire.at(-1);
  const end = last && last.kind !== 'bytes' ? last.kind : 'the client';
  const more = `${crash ? `, crashed (${crash})` : ''}${others.length > 0 ? `, ${others.length} other outcomes` : ''}`;
  return `${fault}: ${line}, ended by ${end} after ${last?.at ?? 0} ms, upstream tried ${attempts}x${more}`;
}

async function main(): Promise<number> {
  let orders: Orders;
  try {
    orders = readOrders();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  let failed = false;
  let recorded = 0;
  for (const { adaptor, version } of orders.gateways) {
    const programs = installedPrograms(adaptor).filter(
      (program) => version === null || program.version === version || program.version.startsWith(`${version}.`),
    );
    if (programs.length === 0) {
      console.error(version === null ? howToInstall(adaptor) : `${adaptor.id} ${version} is not installed.`);
      failed ||= orders.named;
    }
    for (const program of programs) {
      recorded++;
      try {
        if (!(await record(adaptor, program, orders.faults))) failed = true;
      } catch (error) {
        console.error(error instanceof Error ? error.message : String(error));
        failed = true;
      }
    }
  }
  if (recorded === 0) failed = true;
  return failed ? 1 : 0;
}

// An interrupt ends through process.exit, so that what was started is stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
