import type { Part, Row } from './evidence-rows.ts';

/** A stretch of a line, marked where it is proof. */
export function PartView({ part, only }: { readonly part: Part; readonly only?: string }) {
  const proof = only === undefined ? part.quotes.length > 0 : part.quotes.includes(only);
  if (!proof) return <>{part.text}</>;
  return only === undefined ? (
    <mark tabIndex={-1} data-quotes={part.quotes.join(' ')}>
      {part.text}
    </mark>
  ) : (
    <mark>{part.text}</mark>
  );
}

function RowView({ row }: { readonly row: Row }) {
  if (row.kind === 'gap')
    return (
      <div class="doctor-gap">
        {row.lines.toLocaleString('en-US')} {row.lines === 1 ? 'line' : 'lines'} without a proof
      </div>
    );
  return (
    <div class="doctor-line">
      <span class="doctor-number" aria-hidden="true">
        {row.number}
      </span>
      <span>
        {row.parts.map((part, index) => (
          <PartView key={index} part={part} />
        ))}
      </span>
    </div>
  );
}

/** The reader's text as it was read, with the proofs marked. Its region scrolls, so the keyboard can reach it. */
export function EvidenceView({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <section class="doctor-evidence" aria-labelledby="doctor-read">
      <h2 id="doctor-read">The text as it was read</h2>
      <div class="doctor-lines" role="region" aria-label="Lines with their proofs" tabIndex={0}>
        {rows.map((row, index) => (
          <RowView key={index} row={row} />
        ))}
      </div>
    </section>
  );
}

/** Brings the place of a proof into view and puts the keyboard there. */
export function showProof(within: Element | null, id: string): void {
  const mark = within?.querySelector<HTMLElement>(`mark[data-quotes~="${id}"]`);
  if (mark === null || mark === undefined) return;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: 'center' });
}
