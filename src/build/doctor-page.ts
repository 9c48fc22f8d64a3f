import type { DoctorData } from '../doctor/page/doctor-data.ts';
import { CAUSE_IDS, GATEWAY_IDS } from '../gateway/ids.ts';
import { checklistOf } from './cause-checklist.ts';
import { doctorExamples } from './doctor-examples.ts';
import { gatewayName } from './lab-cells.ts';
import { pageFacts } from './page-facts.ts';

/** What the page `/doctor/` knows about the rest of the site. */
export function doctorData(): DoctorData {
  const titles = new Map(pageFacts('causes').map(({ id, title }) => [id, title]));
  const causes = CAUSE_IDS.map((id) => [id, { title: titles.get(id) ?? id, checklist: checklistOf(id) }] as const);
  return {
    causes: Object.fromEntries(causes) as DoctorData['causes'],
    gateways: Object.fromEntries(GATEWAY_IDS.map((id) => [id, gatewayName(id)])),
    examples: doctorExamples(),
  };
}
