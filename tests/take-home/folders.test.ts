import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadScenario, scenarioIds } from '../../src/build/scenarios.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import type { Scenario } from '../../src/schema/scenario.ts';
import { asksOf, type Ask } from '../../src/take-home/asks.ts';
import { TAKE_HOME_GATEWAYS, type TakeHomeGateway } from '../../src/take-home/gateway-kit.ts';
import { cannotTakeHome, faultsIn } from '../../src/take-home/plan.ts';
import { takeHome } from '../../src/take-home/take-home.ts';
import { agrees, asked, hurried, laboratory, simulated } from './answers.ts';
import { startFolder, type RunningFolder } from './folder.ts';
import { installed, type InstalledGateway } from './gateways.ts';

/** Starting two programs, and the timers of all routes. */
const PATIENCE_MS = 240_000;
/**
 * Schedules run in real time here, while other gateways and browsers share the machine: a program that starves for a second
 * meets another request of its schedule. Such a scenario is taken home again, from the start.
 */
const WITH_PATIENCE = { timeout: PATIENCE_MS, retry: 2 } as const;
/** Where the folder is right and the simulator is not yet: gateway, fault, and why. */
const KNOWN: readonly (readonly [gateway: TakeHomeGateway, fault: string, why: string])[] = [
  ['nginx', 'dup-cl-differ', 'nginx takes the last of two lengths, the simulator cuts the body at the first'],
];
const isKnown = (gateway: string, fault: string): boolean =>
  KNOWN.some(([where, which]) => where === gateway && which === fault);

/** Routes that are asked at the same time. */
const AT_ONCE = 6;

describe.concurrent.each(TAKE_HOME_GATEWAYS)('taken home with %s', (id) => {
  const gateway = installed(id);
  if (typeof gateway === 'string') {
    it.skip(`nothing: ${gateway}`);
    return;
  }
  if (gateway.otherVersion)
    console.log(`${gateway.program} is compared with recordings of ${gateway.recordings.program}.`);

  for (const scenarioId of scenarioIds()) {
    const scenario = hurried(loadScenario(scenarioId));
    // What differs from gateway to gateway is how it meets a fault, and the catalog below has all of them.
    if (id !== 'nginx' && !scenario.gateway.id.startsWith(id)) continue;
    const reason = cannotTakeHome(scenario) ?? notRecorded(scenario, gateway);
    if (reason !== null) {
      it.skip(`${scenarioId}: ${reason}`);
      continue;
    }
    it.concurrent(`${scenarioId} answers as the page says`, WITH_PATIENCE, async () => {
      const asks = asksOf(scenario, gateway.recordings);
      if (asks.some(({ expected }) => expected[0].client.error === 'refused')) {
        const started = inFolder(scenario, id, gateway, () => Promise.resolve());
        await expect(started).rejects.toThrow('The gateway did not start');
        return;
      }
      await inFolder(scenario, id, gateway, async (folder) => {
        expect(await differences(asks, folder, gateway)).toEqual([]);
      });
      if (faultsIn(scenario).some((fault) => isKnown(id, fault))) return;
      await inFolder(scenario, id, gateway, async (folder) => {
        const { code, output } = await folder.run('check.sh');
        expect(output).not.toContain('DIFFERENT');
        expect(code).toBe(0);
      });
    });
  }

  it.concurrent('meets every fault of the catalog, and is well after it', WITH_PATIENCE, async () => {
    const recorded = new Set(gateway.recordings.recordings.map(({ fault }) => fault));
    const faults = FAULTS.filter(
      (fault) => recorded.has(fault.id) && !fault.route?.resolveAtStart && cannotTakeHome(laboratory([fault])) === null,
    );
    const scenario = hurried(laboratory(faults));
    await inFolder(scenario, id, gateway, async (folder) => {
      expect(await differences(asksOf(scenario, gateway.recordings), folder, gateway, 2)).toEqual([]);
    });
    for (const [where, fault, why] of KNOWN) if (where === id) console.log(`${where} differs with ${fault}: ${why}.`);
    const left = FAULTS.filter((fault) => !faults.includes(fault)).map((fault) => fault.id);
    console.log(
      `${gateway.program}: ${faults.length} faults taken home; not recorded or not possible: ${left.join(', ') || 'none'}.`,
    );
  });
});

function notRecorded(scenario: Scenario, { program, recordings }: InstalledGateway): string | null {
  const missing = faultsIn(scenario).filter((fault) => !recordings.recordings.some((known) => known.fault === fault));
  return missing.length > 0 ? `${program} was not recorded with ${[...new Set(missing)].join(', ')}` : null;
}

async function inFolder(
  scenario: Scenario,
  id: TakeHomeGateway,
  { recordings, folder: programs }: InstalledGateway,
  work: (folder: RunningFolder) => Promise<void>,
): Promise<void> {
  const folder = await startFolder(takeHome(scenario, id, recordings), programs);
  try {
    await work(folder);
  } finally {
    await folder.stop();
  }
}

/** Asks everything, and says what came otherwise. Requests to one route come one after the other. */
async function differences(
  asks: readonly Ask[],
  folder: RunningFolder,
  { recordings }: InstalledGateway,
  tries = 1,
): Promise<string[]> {
  const found: string[] = [];
  const queue = [...Map.groupBy(asks, ({ route }) => route).values()];
  const began = performance.now();
  const next = async (): Promise<void> => {
    for (let route = queue.shift(); route; route = queue.shift()) {
      for (const ask of route) {
        await sleep(Math.max(0, began + ask.at - performance.now()));
        const once = () => asked(ask, folder.gatewayPort, recordings.gateway);
        let answer = await once();
        const right = (): boolean => ask.expected.some((exchange) => agrees(answer, exchange, recordings));
        // A gateway that starves among others may see two things of its upstream at once that come one after the other.
        for (let left = tries - 1; left > 0 && !right(); left--) answer = await once();
        if (right()) continue;
        const [first] = ask.expected;
        if (isKnown(recordings.gateway, first.fault)) continue;
        const expected = JSON.stringify(simulated(first, recordings.gateway));
        found.push(`${ask.method} ${ask.path} (${first.fault}): ${JSON.stringify(answer)} instead of ${expected}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return found;
}
