import { live } from './evidence-live.tsx';
import { evidenceTools } from './evidence-tools.ts';
import type { Choices } from './choices.ts';
import { Controls } from './controls.tsx';
import { ExchangeView } from './exchange-view.tsx';
import { createFree } from './free/free-parts.tsx';
import type { PlaygroundData, PlaygroundSource } from './playground-data.ts';
import { PlaygroundView } from './playground-view.tsx';
import { createPlayground, type Playground } from './store.ts';

interface RecordedProps {
  readonly data: PlaygroundData;
  readonly sources: readonly PlaygroundSource[];
  /** What the controls offer, where they are open from the start. */
  readonly choices?: Choices | undefined;
}

live.value = evidenceTools;

/** A playground as the built page shows it: complete, with the recorded result of the author's program. */
export function RecordedPlayground({ data, sources, choices }: RecordedProps) {
  const codes = sources.map(({ code }) => code);
  const playground = createPlayground(data, codes);
  return (
    <PlaygroundView
      playground={playground}
      sources={sources}
      Detail={FullDetail}
      free={data.free && createFree(playground, data.free.yaml)}
      controls={choices && <Controls playground={playground} choices={choices} />}
    />
  );
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
