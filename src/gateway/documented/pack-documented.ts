import type { DocumentedSet } from '../../schema/documented.ts';
import type { Scenario } from '../../schema/scenario.ts';
import { applicationResponse } from '../application.ts';
import type { DocumentedKit, PortableDocumented } from '../kit.ts';
import { packedServers, withoutScripts } from '../pack-recorded.ts';
import { faultsOf } from '../scenario-faults.ts';
import { documentedFaultsIn, variantOf } from './documented-fault.ts';

/**
 * Packs the kit of a scenario whose gateway answers from its documentation.
 * Throws a sentence on a fault that nothing is documented about.
 */
export function packDocumented(scenario: Scenario, set: DocumentedSet): DocumentedKit {
  const find = documentedFaultsIn(set, scenario);
  const responses = scenario.routes.map(applicationResponse);
  const { answers, silent, variants, ...gateway } = set;
  const faults: Record<string, PortableDocumented> = {};
  for (const id of new Set([...faultsOf(scenario), 'client-closes-early'])) {
    for (const method of ['GET', 'POST']) {
      const found = find(id, method);
      if (!found || (method === 'POST' && found.variant === find(id, 'GET')?.variant)) continue;
      const { fault, variant, answer } = found;
      const servers = packedServers(variant, responses);
      faults[`${method} ${id}`] = {
        fault: withoutScripts(fault),
        variant: { ...withoutScripts(variant), servers },
        answer,
      };
    }
  }
  const variant = variantOf(set, scenario.gateway.id.split('@')[1] ?? null).id;
  return { documented: { ...gateway, variant }, faults, responses };
}
