import { outcomeOf, type Exchange } from '../gateway/exchange.ts';
import { OUTCOME_WORDS, shortUrl, TRANSPORT_WORDS } from './outcome-words.ts';
import { spanText } from './quantities.ts';

/** A request that has been sent and not answered yet. */
export interface PendingRequest {
  readonly id: number;
  /** Simulated ms since the run began. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
}

interface NetworkProps {
  readonly label?: string;
  readonly exchanges: readonly Exchange[];
  readonly pending: readonly PendingRequest[];
  /** Origin whose URLs are shown as paths. */
  readonly origin: string;
  /** Simulated ms that the whole width of the time line stands for. */
  readonly spanMs: number;
  /** Id of the exchange whose details are shown. */
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
  readonly empty: string;
}

const COLUMNS = ['#', 'Method', 'URL', 'Status', 'Duration', 'Gateway'];

/** One row for each exchange; the line under a row is its place on the simulated time line. */
export function NetworkView({
  label = 'Network',
  exchanges,
  pending,
  origin,
  spanMs,
  chosen,
  onChoose,
  empty,
}: NetworkProps) {
  return (
    <div class="play-network">
      <table class="play-table" aria-label={label}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {exchanges.map((exchange) => (
            <Row
              key={exchange.id}
              exchange={exchange}
              origin={origin}
              spanMs={spanMs}
              chosen={chosen}
              onChoose={onChoose}
            />
          ))}
          {pending.map(({ id, method, url }) => (
            <tr key={`pending-${id}`} data-pending="">
              <th scope="row">{id}</th>
              <td>{method}</td>
              <td class="play-url">{shortUrl(url, origin)}</td>
              <td colSpan={3}>waiting…</td>
            </tr>
          ))}
        </tbody>
      </table>
      {exchanges.length + pending.length === 0 ? <p class="play-empty">{empty}</p> : null}
    </div>
  );
}

interface RowProps extends Pick<NetworkProps, 'origin' | 'spanMs' | 'chosen' | 'onChoose'> {
  readonly exchange: Exchange;
}

function Row({ exchange, origin, spanMs, chosen, onChoose }: RowProps) {
  const { id, startedAt, request, client, gateway } = exchange;
  const outcome = outcomeOf(exchange);
  const left = (100 * startedAt) / spanMs;
  const width = Math.max(1.5, (100 * client.elapsedMs) / spanMs);
  return (
    // The button in the first cell does the same by keyboard.

    <tr
      data-outcome={outcome}
      data-chosen={chosen === id ? '' : undefined}
      style={`--from:${Math.min(left, 98.5).toFixed(1)}%;--to:${Math.min(left + width, 100).toFixed(1)}%`}
      onClick={() => onChoose(id)}
    >
      <th scope="row">
        <button type="button" aria-pressed={chosen === id}>
          {id}
          <span class="sr-only">, show request</span>
        </button>
      </th>
      <td>{request.method}</td>
      <td class="play-url" title={request.url}>
        {shortUrl(request.url, origin)}
      </td>
      <td>
        <span class="outcome" data-outcome={outcome} title={OUTCOME_WORDS[outcome]}>
          {statusText(exchange)}
        </span>
      </td>
      <td class="play-number">{spanText(client.elapsedMs)}</td>
      <td title={`${gateway.id} ${gateway.version}`}>{gateway.id}</td>
    </tr>
  );
}

const statusText = ({ client }: Exchange): string =>
  [client.status, client.error === null ? null : TRANSPORT_WORDS[client.error]]
    .filter((part) => part !== null)
    .join(', ') || 'no answer';
