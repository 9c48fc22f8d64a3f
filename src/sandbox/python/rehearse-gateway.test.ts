import { expect, test } from 'vitest';
import { scenarioIds } from '../../build/scenarios.ts';
import { scenarioWithRecordings } from '../../build/scenario-recordings.ts';
import type { Gateway } from '../../gateway/assemble.ts';
import { openKit } from '../../gateway/open-kit.ts';
import { packKit } from '../../gateway/pack-kit.ts';
import { rehearseGateway } from './rehearse-gateway.ts';

test.each(scenarioIds())('the gateway of %s answers the rehearsal once, and the kit stays as it was', (id) => {
  const { scenario, recordings } = scenarioWithRecordings(id, 'rehearse-gateway.test.ts');
  const kit = packKit(scenario, recordings);
  const before = structuredClone(kit);
  const answered: string[] = [];
  const openGateway = (...of: Parameters<typeof openKit>): Gateway => {
    const gateway = openKit(...of);
    return {
      ...gateway,
      answer(request, at) {
        answered.push(request.url);
        return gateway.answer(request, at);
      },
    };
  };
  rehearseGateway({ openGateway }, { scenario, kit });
  expect(answered).toHaveLength(1);
  expect(answered[0]).toContain(new URL(scenario.origin).host);
  expect(kit).toEqual(before);
});
