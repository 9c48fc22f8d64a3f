import type { Scenario } from '../../schema/scenario.ts';
import { assembleGateway, type Gateway } from '../assemble.ts';
import { revived, type DocumentedKit } from '../kit.ts';
import type { StoryMakers } from '../story.ts';
import { documentedAnswers } from './documented-answers.ts';
import type { DocumentedFault, DocumentedFaults } from './documented-fault.ts';

/** The documented gateway of a scenario, out of the kit that was packed for it. */
export const openDocumented = (scenario: Scenario, kit: DocumentedKit, makers: StoryMakers): Gateway =>
  assembleGateway({
    scenario,
    answers: documentedAnswers(scenario, kit.documented, documentedFaultsOf(kit)),
    makers,
    responses: kit.responses,
    seed: scenario.seed,
    application: 'scenario',
  });

/** The faults of a kit, ready to be asked for. Another method than GET and POST is answered as GET. */
function documentedFaultsOf({ faults }: DocumentedKit): DocumentedFaults {
  const unpacked = new Map<string, DocumentedFault>();
  return (id, method) => {
    const name = faults[`${method} ${id}`] ? `${method} ${id}` : `GET ${id}`;
    const packed = faults[name];
    const known = unpacked.get(name);
    if (known || !packed) return known ?? null;
    const servers = packed.variant.servers.map(revived);
    const found = {
      fault: { ...packed.fault, lesson: '', servers },
      variant: { ...packed.variant, lesson: '', servers },
      answer: packed.answer,
    };
    unpacked.set(name, found);
    return found;
  };
}
