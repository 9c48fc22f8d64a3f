import type { Scenario } from '../schema/scenario.ts';
import { abandonedExchange } from './abandon.ts';
import { answerOf } from './answer.ts';
import type { Answers } from './assemble.ts';
import type { Provenance } from './exchange.ts';
import type { Profile } from './profile.ts';
import type { RecordedFaults } from './recorded-fault.ts';
import type { RecordingSet } from './recording.ts';

/**
 * The answers of a gateway that was recorded.
 * @param recordings who answers, and at least the recordings of a client that leaves
 * @param recorded everything that the scenario can come to
 */
export function recordedAnswers(
  scenario: Scenario,
  recordings: RecordingSet,
  profile: Profile,
  recorded: RecordedFaults,
): Answers {
  const provenance = provenanceOf(scenario, recordings);
  return {
    reactions: recorded,
    answer: ({ id, at, request, fault, namedAfter, response, fate }) => {
      const asRecorded = recorded(fault, request.method);
      const named =
        namedAfter === undefined ? asRecorded : { ...asRecorded, fault: recorded(namedAfter, request.method).fault };
      return answerOf({ id, at, request, scenario, recordings, profile, fate }, named, response, provenance);
    },
    abandon: (exchange, elapsedMs) => {
      const { id, startedAt, request, fault } = exchange;
      const { leavesAfterMs } = recorded(fault, request.method).fault.request ?? {};
      // With several servers behind it, the gateway names the one that it had turned to.
      const upstream = (scenario.system && exchange.upstream[0]?.address) || scenario.upstream;
      const there = { ...scenario, upstream };
      const circumstances = { id, at: startedAt, request, scenario: there, recordings, profile, leavesAfterMs };
      return abandonedExchange(exchange, elapsedMs, circumstances);
    },
  };
}

function provenanceOf(scenario: Scenario, { program, date, settings, gateway, version }: RecordingSet): Provenance {
  const wanted = scenario.gateway.id.split('@')[1];
  const recorded: Provenance = { kind: 'recorded', program, date, settings };
  const same = wanted === undefined || version === wanted || version.startsWith(`${wanted}.`);
  return same ? recorded : { ...recorded, standsInFor: `${gateway} ${wanted}` };
}
