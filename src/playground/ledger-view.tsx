import type { LedgerProps } from './evidence-parts.ts';
import { ledgerSummary, ledgerText, noted } from './ledger-words.ts';
import { spanText } from './quantities.ts';

/** What the upstream's application did because of the requests, duplicates named. */
export function LedgerView({ exchanges, chosen, onChoose }: LedgerProps) {
  const lines = noted(exchanges);
  return (
    <>
      <p class="play-label">The upstream's ledger</p>
      <div class="play-ledger-lines" tabIndex={0} role="group" aria-label="The upstream's ledger">
        <p class="play-note">{ledgerSummary(exchanges)}</p>
        {lines.length === 0 ? null : (
          <table class="play-table" aria-label="Ledger">
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">Request</th>
                <th scope="col" class="play-number">
                  Time
                </th>
                <th scope="col">Key</th>
                <th scope="col">What the application did</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((exchange) => {
                const { id, request, startedAt, ledger } = exchange;
                const duplicate = ledger.outcome === 'performed' && ledger.copy > 1;
                return (
                  <tr
                    key={id}
                    data-id={id}
                    data-duplicate={duplicate ? '' : undefined}
                    aria-current={chosen === id ? 'true' : undefined}
                  >
                    <th scope="row">
                      <button type="button" aria-pressed={chosen === id} onClick={() => onChoose(id)}>
                        {id}
                        <span class="sr-only">, show request</span>
                      </button>
                    </th>
                    <td>{request.method}</td>
                    <td class="play-number">{spanText(startedAt)}</td>
                    <td>{ledger.key ?? 'none'}</td>
                    <td>{ledgerText(ledger)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
