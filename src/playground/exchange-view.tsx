import { outcomeOf, type Exchange } from '../gateway/exchange.ts';
import { OUTCOME_WORDS, provenanceText, resultText } from './outcome-words.ts';
import { spanText } from './quantities.ts';
import { SequenceDiagram } from './sequence-diagram.tsx';
import { WireBytes } from './wire-bytes.tsx';

/** One exchange in full: the wire as a picture, its raw bytes, and where the answer comes from. */
export function ExchangeView({ exchange }: { readonly exchange: Exchange }) {
  const outcome = outcomeOf(exchange);
  return (
    <div class="play-exchange">
      <p class="play-exchange-title">
        <b>Request {exchange.id}</b>{' '}
        <span class="outcome outcome--chip" data-outcome={outcome}>
          {resultText(exchange)}
        </span>{' '}
        {outcome === 'no-answer' ? null : `${OUTCOME_WORDS[outcome]}, `}after {spanText(exchange.client.elapsedMs)}
      </p>
      <div class="play-exchange-body">
        <SequenceDiagram exchange={exchange} />
        <WireBytes exchange={exchange} />
      </div>
      <p class="play-provenance">{provenanceText(exchange.gateway.provenance)}</p>
    </div>
  );
}
