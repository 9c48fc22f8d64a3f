import type { Exchange, Provenance } from '../gateway/exchange.ts';
import { provenanceLine } from './provenance-words.ts';

/** Where an answer comes from: one line, and the settings of the recording on demand. */
export function ProvenanceLine({ provenance }: { readonly provenance: Provenance }) {
  if (provenance.kind === 'documented') return <p class="play-provenance">{provenanceLine(provenance)}</p>;
  return (
    <details class="play-provenance">
      <summary>{provenanceLine(provenance)}</summary>
      {provenance.settings}
    </details>
  );
}

/** Everything that is known about who answered, with what settings, and what was broken on purpose. */
export function ProvenanceView({ exchange }: { readonly exchange: Exchange }) {
  const { gateway, fault, cause, verdict, answeredBy } = exchange;
  const { provenance } = gateway;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Gateway', `${gateway.id} ${gateway.version}`],
    ...(provenance.kind === 'recorded'
      ? ([
          ['Recorded from', `${provenance.program}, ${provenance.date}`],
          ['Settings', provenance.settings],
          ['Stands in for', provenance.standsInFor ?? null],
        ] as const)
      : ([['Documented in', `${provenance.source}, read on ${provenance.date}`]] as const)),
    ['What was broken', fault === 'ok' ? 'nothing' : fault],
    ['Diagnosis', cause],
    ['Who wrote the response', answeredBy === null ? 'nobody' : `the ${answeredBy}`],
    ["The gateway's verdict", verdict],
  ];
  return (
    <dl class="play-facts">
      {rows.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
