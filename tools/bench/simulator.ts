import { loadScenario } from '../../src/build/scenarios.ts';
import { scenarioWithRecordings } from '../../src/build/scenario-recordings.ts';
import type { Gateway } from '../../src/gateway/assemble.ts';
import type { ExchangeRequest } from '../../src/gateway/exchange.ts';
import { runScenarioLoad } from '../../src/gateway/scenario-system.ts';
import { createGateway } from '../../src/gateway/simulate.ts';
import { TimeHeap } from '../../src/gateway/system/time-heap.ts';
import { loadSchema } from '../../src/schema/load.ts';
import type { Scenario } from '../../src/schema/scenario.ts';
import { systemSchema } from '../../src/schema/system.ts';
import { measuredAtOnce, type Measured } from './measured.ts';

/** A scenario without a system, one that fails now and then, and one with three servers of which one is down. */
export const loadScenarios = (): Readonly<Record<string, Scenario>> => ({
  'first two attempts fail (nginx)': loadScenario('first-two-attempts-fail'),
  'every request is a 502 (nginx)': struckBy('close-after-request'),
  'three servers, one down (nginx)': loadScenario('one-of-three-down'),
});

function struckBy(fault: string): Scenario {
  const scenario = loadScenario('first-two-attempts-fail');
  return { ...scenario, routes: scenario.routes.map((route) => ({ ...route, fault, schedule: [{}] })) };
}

export const gatewayOf = (scenario: Scenario): Gateway => {
  const { recordings } = scenarioWithRecordings('first-two-attempts-fail', 'tools/bench');
  return createGateway({ scenario, recordings });
};

/** The request to a scenario's first route, with the headers that a client adds by itself. */
function requestTo({ origin, routes }: Scenario): ExchangeRequest {
  const [method = 'GET', path = '/'] = (routes[0]?.match ?? 'GET /').split(' ');
  const headers = [
    ['Host', new URL(origin).host],
    ['User-Agent', 'bench/1'],
    ['Accept', '*/*'],
  ] as const;
  return { method: method === '*' ? 'GET' : method, url: origin + path.replace('*', '1'), headers, body: '' };
}

/** One request each 7 ms of simulated time. */
const STEP_MS = 7;

/** One request after the other. */
export function inOrder(scenario: Scenario, exchanges: number, collectGarbage: () => void): Measured {
  const gateway = gatewayOf(scenario);
  const request = requestTo(scenario);
  return measuredAtOnce(exchanges, collectGarbage, () => {
    let answered = 0;
    for (let index = 0; index < exchanges; index++) {
      answered += gateway.answer(request, index * STEP_MS).client.status === null ? 0 : 1;
    }
    return { gateway, answered };
  });
}

/** `clients` on a server with a worker for each, and one retry of what fails: the system of servers alone, without its gateway. */
export function load(clients: number, exchanges: number, collectGarbage: () => void): Measured {
  const system = systemSchema.parse({ servers: [{ workers: clients, queue: 100, service: { exponential: '20ms' } }] });
  // A request takes 20 ms, and its client thinks for 30.
  const duration = `${Math.round((exchanges * 50) / clients)}ms`;
  const written = { closed: { clients, think: { exponential: '30ms' } }, duration, retry: { retries: 1 } };
  const scenario: Scenario = { ...loadScenario('one-of-three-down'), system, load: loadSchema.parse(written) };
  return measuredAtOnce(exchanges, collectGarbage, () => runScenarioLoad(scenario));
}

/** How long a client thinks before it asks again, ms. */
const THINK_MS = 50;

/** `clients` at the same time, each of which waits for its answer before it asks again, until `exchanges` are made. */
export function crowd(scenario: Scenario, clients: number, exchanges: number, collectGarbage: () => void): Measured {
  const gateway = gatewayOf(scenario);
  const request = requestTo(scenario);
  return measuredAtOnce(exchanges, collectGarbage, () => {
    const next = new TimeHeap(clients);
    for (let client = 0; client < clients; client++) next.push(client / clients, client);
    for (let made = 0; made < exchanges; made++) {
      const at = next.first;
      const client = next.firstTag;
      next.pop();
      next.push(at + gateway.answer(request, at).client.elapsedMs + THINK_MS, client);
    }
    return { gateway, next };
  });
}
