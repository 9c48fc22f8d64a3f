import type { Provenance } from '../gateway/exchange.ts';

/** Where an answer comes from, on one line: `Recorded from nginx/1.22.1 on 2026-11-21.` */
export function provenanceLine(provenance: Provenance): string {
  if (provenance.kind === 'documented') return `Documented: ${provenance.source}, read on ${provenance.date}`;
  const { program, date, standsInFor } = provenance;
  const standIn = standsInFor === undefined ? '' : ` It stands in for version ${standsInFor}, which was not recorded.`;
  return `Recorded from ${program} on ${date}.${standIn}`;
}

/** The same with the settings that the program was recorded with. */
export const provenanceText = (provenance: Provenance): string =>
  provenance.kind === 'documented'
    ? provenanceLine(provenance)
    : `${provenanceLine(provenance)} Settings: ${provenance.settings.replace(/\.$/, '')}.`;
