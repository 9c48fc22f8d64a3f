import { answersFor } from '../../src/build/scenario-recordings.ts';
import { loadScenario } from '../../src/build/scenarios.ts';
import { isGatewayId } from '../../src/gateway/ids.ts';
import type { ConsoleValue, RunResult } from '../../src/sandbox/protocol.ts';
import { runInNode } from '../../src/sandbox/run-in-node.ts';

/** Runs a program against a scenario of `content/scenarios`, as a playground does. */
export async function runInScenario(code: string, scenarioId: string, fileName = 'client.js'): Promise<RunResult> {
  const scenario = loadScenario(scenarioId);
  const [gateway = '', version = null] = scenario.gateway.id.split('@');
  if (!isGatewayId(gateway)) throw new Error(`The scenario ${scenarioId} names no known gateway.`);
  return runInNode({ code, fileName, scenario, recordings: answersFor(gateway, version) });
}

/** The statuses in order, `none` where no status came: `none 502 200`. */
export const answersOf = ({ exchanges }: RunResult): string =>
  exchanges.map(({ client }) => client.status ?? 'none').join(' ');

/** The lines that the program printed; values other than primitive ones are left out. */
export const printedBy = ({ console: entries }: RunResult): string[] =>
  entries.map(({ values }) => values.flatMap((value) => textOf(value) ?? []).join(' '));

const textOf = (value: ConsoleValue): string | undefined => ('text' in value ? value.text : undefined);
