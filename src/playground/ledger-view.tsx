import type { Exchange } from '../gateway/exchange.ts';
import { ledgerSummary, ledgerText, noted } from './ledger-words.ts';
import { spanText } from './quantities.ts';

interface LedgerProps {
  readonly exchanges: readonly Exchange[];
  /** Id of the exchange whose details are shown. */
  readonly chosen?: number | null;
  readonly onChoose?: (id: number) => void;
}

/**
 * What the upstream's application did because of the requests, duplicates named. Draws nothing when no request of the run
 * could have an effect.
 */
export function LedgerView({ exchanges, chosen = null, onChoose }: LedgerProps) {
  const lines = noted(exchanges);
  if (lines.length === 0) return null;
  return (
    <section class="play-ledger" aria-label="The upstream's ledger">
      <p class="play-label">The upstream's ledger</p>
      <p class="play-note">{ledgerSummary(exchanges)}</p>
      <div class="play-more" tabIndex={0} role="group" aria-label="Lines of the ledger">
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
                <tr key={id} data-duplicate={duplicate ? '' : undefined} data-chosen={chosen === id ? '' : undefined}>
                  <th scope="row">
                    {onChoose ? (
                      <button type="button" aria-pressed={chosen === id} onClick={() => onChoose(id)}>
                        {id}
                        <span class="sr-only">, show request</span>
                      </button>
                    ) : (
                      id
                    )}
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
      </div>
    </section>
  );
}
