import { live } from './evidence-live.tsx';
import { evidenceTools } from './evidence-tools.ts';
import { ExchangeView } from './exchange-view.tsx';
import type { PlaygroundData, PlaygroundSource } from './playground-data.ts';
import { PlaygroundView } from './playground-view.tsx';
import { createPlayground, type Playground } from './store.ts';

interface RecordedProps {
  readonly data: PlaygroundData;
  readonly sources: readonly PlaygroundSource[];
}

live.value = evidenceTools;

/** A playground as the built page shows it: complete, with the recorded result of the author's program. */
export function RecordedPlayground({ data, sources }: RecordedProps) {
  const codes = sources.map(({ code }) => code);
  return <PlaygroundView playground={createPlayground(data, codes)} sources={sources} Detail={FullDetail} />;
}

const FullDetail = ({ playground }: { readonly playground: Playground }) => (
  <div class="play-detail">
    {playground.chosen.value ? (
      <ExchangeView exchange={playground.chosen.value} />
    ) : (
      <p class="play-empty">Press Run. Then the wire between client, gateway and upstream is drawn here.</p>
    )}
  </div>
);
