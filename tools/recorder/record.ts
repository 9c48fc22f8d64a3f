/**
 * Records what real gateways answer to the faults of the catalogue: `npm run record -- [--gateway nginx,…] [--fault id,…]`.
 * Without --gateway it records every gateway that is installed and names those that are missing.
 * Exit code 1: a gateway that was asked for is missing, or a recording failed. 2: the command line is wrong.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Fault } from '../../src/gateway/fault.ts';
import { FAULTS, faultById } from '../../src/gateway/faults/index.ts';
import type { Adaptor, InstalledProgram } from './adaptor.ts';
import { ADAPTORS, howToInstall } from './gateways/index.ts';
import { recordGateway } from './record-gateway.ts';
import { mergeRecordings, writeRecordings } from './recordings-file.ts';

const USAGE = 'Usage: npm run record -- [--gateway id,id] [--fault id,id]';

interface Orders {
  readonly adaptors: readonly Adaptor[];
  readonly faults: readonly Fault[];
  /** The gateways were named, so a missing one is an error. */
  readonly named: boolean;
}

function readOrders(): Orders {
  const { values } = parseArgs({ options: { gateway: { type: 'string' }, fault: { type: 'string' } } });
  const ids = values.gateway?.split(',');
  const unknown = ids?.filter((id) => !ADAPTORS.some((adaptor) => adaptor.id === id)) ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `The recorder cannot start "${unknown.join('", "')}"; it can start ${ADAPTORS.map(({ id }) => id).join(', ')}.`,
    );
  }
  return {
    adaptors: ids ? ADAPTORS.filter(({ id }) => ids.some((named) => named === id)) : ADAPTORS,
    faults: values.fault ? values.fault.split(',').map(faultById) : FAULTS,
    named: ids !== undefined,
  };
}

async function record(adaptor: Adaptor, program: InstalledProgram, faults: readonly Fault[]): Promise<void> {
  console.log(`${program.program}: recording ${faults.length} faults`);
  const outcomes = await recordGateway(adaptor, program, faults);
  const recordings = outcomes.flatMap((outcome) => (outcome.kind === 'recorded' ? [outcome.recording] : []));
  for (const outcome of outcomes) {
    if (outcome.kind === 'impossible') console.log(`  ${outcome.fault}: cannot be recorded here: ${outcome.reason}`);
  }
  for (const { fault, wire, attempts } of recordings) {
    const first = wire[0];
    const line = first?.kind === 'bytes' ? first.bytes.split('\r\n')[0] : 'no byte';
    console.log(
      `  ${fault}: ${line}, ended by ${wire.at(-1)?.kind ?? 'the client'} after ${wire.at(-1)?.at ?? 0} ms, upstream tried ${attempts}x`,
    );
  }
  const file = writeRecordings(mergeRecordings(adaptor, program, recordings, new Date().toISOString().slice(0, 10)));
  console.log(`  written: ${path.relative(process.cwd(), file)}`);
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
  for (const adaptor of orders.adaptors) {
    const program = adaptor.find();
    if (!program) {
      console.error(howToInstall(adaptor));
      failed ||= orders.named || orders.adaptors.length === 1;
      continue;
    }
    try {
      await record(adaptor, program, orders.faults);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      failed = true;
    }
  }
  return failed ? 1 : 0;
}

// An interrupt ends through process.exit, so that what was started is stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exitCode = await main();
