import type { RecordingSet } from '../gateway/recording.ts';
import type { Scenario } from '../schema/scenario.ts';
import { toEnvoyFault } from './envoy.ts';
import { toMswHandlers } from './msw.ts';
import { routeAnswers } from './route-answers.ts';
import { toToxiproxy } from './toxiproxy.ts';
import { toWireMock } from './wiremock.ts';

/** Tools that a scenario can be exported to. */
export const EXPORT_IDS = ['msw', 'wiremock', 'toxiproxy', 'envoy'] as const;
export type ExportId = (typeof EXPORT_IDS)[number];

/**
 * A scenario as one file for another tool; the file itself says what it could not express.
 * @param recordings of the gateway whose answers are exported
 */
export function exportScenario(
  kind: ExportId,
  scenario: Scenario,
  recordings: RecordingSet,
): { readonly name: string; readonly text: string } {
  switch (kind) {
    case 'msw':
      return { name: 'handlers.ts', text: toMswHandlers(scenario, routeAnswers(scenario, recordings)) };
    case 'wiremock':
      return { name: 'wiremock.json', text: json(toWireMock(scenario, routeAnswers(scenario, recordings))) };
    case 'toxiproxy':
      return { name: 'toxiproxy.json', text: json(toToxiproxy(scenario)) };
    case 'envoy':
      return { name: 'envoy.yaml', text: toEnvoyFault(scenario, routeAnswers(scenario, recordings)) };
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
