import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Exchange } from '../gateway/exchange.ts';
import { live } from './evidence-live.tsx';
import type { Playground } from './store.ts';

/** The component that draws an exchange, once it has been loaded; one for all playgrounds of the page. */
const drawing = signal<{ readonly View: ComponentType<{ readonly exchange: Exchange }> } | null>(null);

/**
 * The detail of the chosen exchange. As long as it is the one that the page was built with (runs repeat byte for byte, so
 * the first run of the unedited program ends with it), the page's own HTML stays; the code that draws others is loaded
 * when there is another one to draw, or when the reader reaches for the views.
 * @param html the built HTML of the detail
 * @param recorded the exchange that it shows
 */
export function restingDetail(
  html: string,
  recorded: Exchange | null,
): ComponentType<{ readonly playground: Playground }> {
  const recordedJson = JSON.stringify(recorded);
  return function Detail({ playground }) {
    const { chosen, busy } = playground;
    // While a run has no exchange yet, the last one stays in sight, so that the page keeps its height.
    const last = useRef(recorded);
    if (chosen.value) last.current = chosen.value;
    const exchange = chosen.value ?? (busy.value ? last.current : null);
    const resting = live.value === null && JSON.stringify(exchange) === recordedJson;
    useEffect(() => {
      if (resting || !exchange || drawing.peek()) return;
      void import('./exchange-view.tsx').then(({ ExchangeView }) => {
        drawing.value = { View: ExchangeView };
      });
    });
    const stale = chosen.value === null && exchange !== null ? '' : undefined;
    if (exchange && drawing.value && !resting) {
      const { View } = drawing.value;
      return (
        <div key="drawn" class="play-detail" data-stale={stale}>
          <View exchange={exchange} />
        </div>
      );
    }
    if (exchange || recorded === null) {
      return <div key="built" class="play-detail" data-stale={stale} dangerouslySetInnerHTML={{ __html: html }} />;
    }
    return (
      <div key="empty" class="play-detail">
        <p class="play-empty">No request, no wire. Call fetch() and press Run.</p>
      </div>
    );
  };
}
