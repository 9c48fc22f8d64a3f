import type { Answer } from '../diagnose.ts';
import { quoteId, rowOf, type Row } from './evidence-rows.ts';
import { PartView, showProof } from './evidence-view.tsx';

/** Quoted lines in an answer; the evidence below has the rest. */
const MOST_QUOTED = 3;

interface QuotesProps {
  readonly answer: Answer;
  /** Place of the answer in the diagnosis. */
  readonly index: number;
  readonly rows: readonly Row[];
}

/** The lines that prove an answer. Each leads to its place in the text. */
export function Quotes({ answer, index, rows }: QuotesProps) {
  const quotes = answer.evidence.flatMap((_, proof) => {
    const id = quoteId(index, proof);
    const row = rowOf(rows, id);
    return row === null ? [] : [{ id, row }];
  });
  if (quotes.length === 0) return null;
  const more = answer.evidenceCount - Math.min(quotes.length, MOST_QUOTED);
  return (
    <ul class="doctor-quotes" role="list" aria-label="Proof in your text">
      {quotes.slice(0, MOST_QUOTED).map(({ id, row }) => (
        <li key={id}>
          <button
            type="button"
            title="Show its place in the text"
            onClick={({ currentTarget }) => showProof(currentTarget.closest('.doctor'), id)}
          >
            <span class="doctor-number">line {row.number}</span>
            <span class="doctor-quoted">
              {row.parts.map((part, at) => (
                <PartView key={at} part={part} only={id} />
              ))}
            </span>
          </button>
        </li>
      ))}
      {more > 0 ? (
        <li class="doctor-more">
          and {more.toLocaleString('en-US')} more {more === 1 ? 'place' : 'places'}
          {more === quotes.length - MOST_QUOTED ? ', marked in the text below' : ''}
        </li>
      ) : null}
    </ul>
  );
}
