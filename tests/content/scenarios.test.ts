import { describe, expect, test } from 'vitest';
import { answersFor } from '../../src/build/scenario-recordings.ts';
import { loadScenario, parseScenario, scenarioIds } from '../../src/build/scenarios.ts';
import { isDocumented, type AnswerSet } from '../../src/gateway/answer-set.ts';
import type { Gateway } from '../../src/gateway/assemble.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import { isGatewayId } from '../../src/gateway/ids.ts';
import { openKit } from '../../src/gateway/open-kit.ts';
import { packKit } from '../../src/gateway/pack-kit.ts';
import { faultsOf } from '../../src/gateway/scenario-faults.ts';
import { createGateway } from '../../src/gateway/simulate.ts';
import type { Scenario } from '../../src/schema/scenario.ts';
import { askEverything } from '../../src/build/scenario-client.ts';

const ids = scenarioIds();
const known = new Set(FAULTS.map(({ id }) => id));

/** The one in which everything is done right. */
const HARMLESS = 'rolling-deploy';

const answersOf = (id: string, { gateway }: Scenario): AnswerSet => {
  const [name = '', version = null] = gateway.id.split('@');
  if (!isGatewayId(name)) throw new Error(`content/scenarios/${id}.yaml: there is no gateway "${name}".`);
  return answersFor(name, version);
};

/** Faults that a gateway has an answer to. */
const faultsWithAnswer = (answers: AnswerSet): string[] =>
  isDocumented(answers)
    ? answers.answers.flatMap(({ faults }) => faults)
    : answers.recordings.map(({ fault }) => fault);

const gatewayOf = (scenario: Scenario, recordings: AnswerSet, seed?: number): Gateway =>
  createGateway({ scenario, recordings, ...(seed === undefined ? {} : { seed }) });

test('there are at least thirty scenarios, behind most of the gateways', () => {
  expect(ids.length).toBeGreaterThanOrEqual(30);
  const gateways = new Set(ids.map((id) => loadScenario(id).gateway.id.split('@')[0]));
  expect(gateways.size).toBeGreaterThanOrEqual(10);
});

test('no two scenarios have the same title or the same summary', () => {
  const scenarios = ids.map(loadScenario);
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(ids.length);
  expect(new Set(scenarios.map(({ summary }) => summary)).size).toBe(ids.length);
});

describe.each(ids)('the scenario %s', (id) => {
  const scenario = loadScenario(id);
  const at = `content/scenarios/${id}.yaml`;

  test('names only faults that exist and that its gateway was recorded with or documents', () => {
    const answered = faultsWithAnswer(answersOf(id, scenario));
    for (const fault of faultsOf(scenario)) {
      expect(known, `${at}: write the id of a fault instead of ${fault}`).toContain(fault);
      expect(answered, `${at}: record ${fault} with ${scenario.gateway.id} first`).toContain(fault);
    }
  });

  test('writes effects only where something can change', () => {
    const counted = scenario.routes.filter(({ effect }) => effect !== undefined).map(({ match }) => match);
    // What a GET does in the world is the point of these.
    const exceptions = ['GET /report', 'GET /reports/2025', 'GET /tickets/next'];
    expect(counted.filter((match) => match.startsWith('GET ') && !exceptions.includes(match))).toEqual([]);
  });

  test('answers every request of a client once, in finite time, with nothing left to fill in', () => {
    const exchanges = askEverything(gatewayOf(scenario, answersOf(id, scenario)), scenario);
    expect(exchanges.map((exchange) => exchange.id)).toEqual(exchanges.map((_, index) => index + 1));
    for (const { client, wire, log, upstream } of exchanges) {
      expect(Number.isFinite(client.elapsedMs)).toBe(true);
      const times = wire.map((event) => event.at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(JSON.stringify([log, client, upstream])).not.toMatch(/\{\{|undefined|NaN/);
    }
  });

  test('comes to what it is about', () => {
    const exchanges = askEverything(gatewayOf(scenario, answersOf(id, scenario)), scenario);
    const troubled = exchanges.filter(
      ({ fault, client }) => fault !== 'ok' || client.elapsedMs > 1000 || (client.status ?? 500) >= 400,
    );
    if (id === HARMLESS) expect(exchanges.filter(({ client }) => (client.status ?? 500) >= 300)).toEqual([]);
    else expect(troubled).not.toEqual([]);
  });

  test('gives the same bytes for the same seed, and in a browser as here', () => {
    const recordings = answersOf(id, scenario);
    const bytes = (gateway: Gateway): string => JSON.stringify(askEverything(gateway, scenario));
    const first = bytes(gatewayOf(scenario, recordings, 7));
    expect(bytes(gatewayOf(scenario, recordings, 7))).toBe(first);
    const kit = packKit(scenario, recordings);
    const sent = structuredClone({ scenario: { ...scenario, seed: 7 }, kit });
    expect(bytes(openKit(sent.scenario, sent.kit))).toBe(first);
  });
});

describe('a mistake in a scenario', () => {
  const written = (lines: string): string => `format: 1
title: The API restarts
summary: A deploy replaces the process while clients call it.
gateway: { id: nginx }
routes:
  - match: GET /orders/42
${lines}`;

  test.each([
    [
      'a fault that strikes more often than always',
      '    fault: app-500\n    schedule: { probability: 20 }\n',
      'x.yaml:8: routes.0.schedule.0.probability: probability is at most 1',
    ],
    [
      'a span that ends before it begins',
      '    schedule:\n      - during: { from: 9s, to: 5s }\n',
      'x.yaml:8: routes.0.schedule.0.during.0: a span ends after it begins: from must be earlier than to',
    ],
    [
      'a method in small letters',
      '    schedule: { methods: [post] }\n',
      'x.yaml:7: routes.0.schedule.0.methods.0: a method is written in capitals, such as POST',
    ],
    [
      'a server with a word for its workers',
      'system:\n  servers:\n    - workers: many\n',
      'x.yaml:9: system.servers.0.workers: workers must be a whole number',
    ],
    [
      'a distribution that nobody knows',
      'system:\n  servers:\n    - service: { gaussian: 5ms }\n',
      'x.yaml:9: There is no field "gaussian" here. Did you mean fixed or uniform?',
    ],
    [
      'chapters out of order',
      'chapters:\n  - { name: late, at: 20s }\n  - { name: early, at: 5s }\n',
      'x.yaml:7: chapters: chapters must be in order: each begins after the one before it',
    ],
    [
      'both an open and a closed load',
      'load:\n  open: { perSecond: 5 }\n  closed: { clients: 3 }\n',
      'x.yaml:7: load: load takes exactly one of: open, closed',
    ],
    [
      'a rate limit without a limit',
      'system:\n  rateLimit: { status: 429 }\n',
      'x.yaml:8: system.rateLimit: rateLimit takes exactly one of: bucket, window',
    ],
    [
      'a status for key misuse that nobody uses',
      'ledger:\n  mismatch: 418\n',
      'x.yaml:8: ledger.mismatch: mismatch must be 422 (the IETF draft), 409 or 400 (Stripe)',
    ],
  ])('such as %s names file, line, field and fix', (_, lines, message) => {
    expect(() => parseScenario(written(lines), 'x.yaml')).toThrow(message);
  });
});
