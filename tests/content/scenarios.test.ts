import { expect, test } from 'vitest';
import { recordingsFor, loadScenario, scenarioIds } from '../../src/build/scenarios.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import { isGatewayId } from '../../src/gateway/ids.ts';
import { pageSources } from './page-sources.ts';

const pages = pageSources();

test('there are scenarios', () => {
  expect(scenarioIds()).toContain('first-two-attempts-fail');
});

test.each(scenarioIds())('the scenario %s can be read and names only faults and gateways that exist', (id) => {
  const scenario = loadScenario(id);
  const [gateway = '', version = null] = scenario.gateway.id.split('@');
  if (!isGatewayId(gateway)) throw new Error(`content/scenarios/${id}.yaml: there is no gateway "${gateway}".`);
  const recorded = recordingsFor(gateway, version).recordings.map(({ fault }) => fault);
  const known = FAULTS.map((fault) => fault.id);
  for (const { match, fault } of scenario.routes) {
    expect(known, `content/scenarios/${id}.yaml, route ${match}: write the id of a fault`).toContain(fault);
    expect(recorded, `content/scenarios/${id}.yaml, route ${match}: record ${fault} with ${gateway} first`).toContain(
      fault,
    );
  }
});

test.each(scenarioIds())('a page uses the scenario %s', (id) => {
  const users = pages.filter(({ source }) => source.includes(`scenario="${id}"`)).map(({ file }) => file);
  expect(users, `content/scenarios/${id}.yaml: show it on a page, or remove it`).not.toEqual([]);
});
