import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { outcomeOf, type Exchange } from '../gateway/exchange.ts';
import { BodyView } from './body-view.tsx';
import { copyAs, type CopiedRequest } from './copy-as/copy-as.ts';
import { CopyButton } from './copy-button.tsx';
import { HeadersView } from './headers-view.tsx';
import { ledgerText } from './ledger-words.ts';
import { OtherClients } from './other-clients.tsx';
import { OUTCOME_WORDS, resultText } from './outcome-words.ts';
import { ProvenanceLine, ProvenanceView } from './provenance-view.tsx';
import { sizeText, spanText } from './quantities.ts';
import { SequenceDiagram } from './sequence-diagram.tsx';
import { TabList } from './tab-list.tsx';
import { TimingView } from './timing-view.tsx';
import { WireBytes } from './wire-bytes.tsx';

const TABS = [
  { name: 'sequence', title: 'Sequence' },
  { name: 'headers', title: 'Headers' },
  { name: 'body', title: 'Body' },
  { name: 'timing', title: 'Timing' },
  { name: 'wire', title: 'Wire' },
  { name: 'others', title: 'What others say' },
  { name: 'provenance', title: 'Provenance' },
] as const;
type TabName = (typeof TABS)[number]['name'];

const COPIES: readonly (readonly [keyof CopiedRequest, string])[] = [
  ['curl', 'curl'],
  ['fetch', 'fetch'],
  ['python', 'Python requests'],
];

/** One exchange in full: the wire as a picture, what was said over it, when, and where the answer comes from. */
export function ExchangeView({ exchange }: { readonly exchange: Exchange }) {
  const [tab, show] = useState<TabName>('sequence');
  const outcome = outcomeOf(exchange);
  const title = TABS.find(({ name }) => name === tab)?.title ?? '';
  return (
    <div class="play-exchange">
      <div class="play-exchange-head">
        <p class="play-exchange-title">
          <b>Request {exchange.id}</b>{' '}
          <span class="outcome outcome--chip" data-outcome={outcome}>
            {resultText(exchange)}
          </span>{' '}
          {outcome === 'no-answer' ? null : `${OUTCOME_WORDS[outcome]}, `}after {spanText(exchange.client.elapsedMs)}
        </p>
        <div class="play-copies" data-needs-script>
          {COPIES.map(([client, name]) => (
            <CopyButton
              key={client}
              act={`copy-${client}`}
              label={`Copy as ${name}`}
              text={() => copyAs(exchange)[client]}
            />
          ))}
        </div>
      </div>
      <Truths exchange={exchange} />
      <TabList label={`Request ${exchange.id}`} tabs={TABS} shown={tab} onShow={show} />
      <Panel label={title}>{panel(tab, exchange)}</Panel>
      <ProvenanceLine provenance={exchange.gateway.provenance} />
    </div>
  );
}

function panel(tab: TabName, exchange: Exchange) {
  switch (tab) {
    case 'sequence':
      return (
        <div class="play-exchange-body">
          <SequenceDiagram exchange={exchange} />
          <WireBytes exchange={exchange} />
        </div>
      );
    case 'headers':
      return <HeadersView exchange={exchange} />;
    case 'body':
      return <BodyView exchange={exchange} />;
    case 'timing':
      return <TimingView exchange={exchange} />;
    case 'wire':
      return <WireBytes exchange={exchange} />;
    case 'others':
      return <OtherClients exchange={exchange} />;
    case 'provenance':
      return <ProvenanceView exchange={exchange} />;
  }
}

interface PanelProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** Never shrinks while its width stays, so that what is below it keeps its place. */
function Panel({ label, children }: PanelProps) {
  const panelRef = useRef<HTMLDivElement>(null);
  const seen = useRef({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = panelRef.current;
    if (!element) return;
    if (element.offsetWidth !== seen.current.width) {
      element.style.minBlockSize = '';
      seen.current = { width: element.offsetWidth, height: 0 };
    }
    seen.current.height = Math.max(seen.current.height, element.offsetHeight);
    element.style.minBlockSize = `${seen.current.height}px`;
  });
  return (
    <div ref={panelRef} class="play-panel" role="tabpanel" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** What arrived and what the program was told, where a browser makes two things of it; and what the upstream did. */
function Truths({ exchange }: { readonly exchange: Exchange }) {
  const { program, ledger, wire, client } = exchange;
  if (!program && !ledger) return null;
  const bytes = wire.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.bytes.length : 0), 0);
  return (
    <dl class="play-truths">
      {program ? (
        <>
          <div>
            <dt>On the wire</dt>
            <dd>
              {resultText(exchange)}, {sizeText(bytes)}, after {spanText(client.elapsedMs)}
            </dd>
          </div>
          <div>
            <dt>Your program was told</dt>
            <dd>
              <b>{program.error}</b>, because: {program.why}
            </dd>
          </div>
        </>
      ) : null}
      {ledger ? (
        <div>
          <dt>The upstream's ledger</dt>
          <dd>{ledgerText(ledger)}</dd>
        </div>
      ) : null}
    </dl>
  );
}
