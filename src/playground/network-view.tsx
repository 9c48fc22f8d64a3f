import { useState } from 'preact/hooks';
import { outcomeOf, type Exchange } from '../gateway/exchange.ts';
import { builtUntilLive, live, needTools } from './evidence-live.tsx';
import { FEW, type ButtonExtras, type NetworkProps, type NetworkState } from './evidence-parts.ts';
import { OUTCOME_WORDS, shortUrl, TRANSPORT_WORDS } from './outcome-words.ts';
import { spanText } from './quantities.ts';

/** Requests up to which nobody needs a filter. */
const FEW_REQUESTS = 10;

/** One row for each exchange, with its place on the simulated time line. */
export function NetworkView(props: NetworkProps) {
  const { label = 'Network', exchanges, pending, origin, empty } = props;
  const [state, setState] = useState<NetworkState>({});
  if (exchanges.length > FEW_REQUESTS) needTools();
  const row = (exchange: Exchange, extras?: ButtonExtras) => drawRow(props, exchange, extras);
  const drawn = live.value?.network(props, { state, setState }, row);
  return (
    <div class="play-network play-rows">
      {drawn?.filter}
      <table class="play-table" aria-label={label}>
        {builtUntilLive('thead', '', drawn?.head)}
        {drawn?.body ?? <tbody>{exchanges.slice(0, FEW).map((exchange) => row(exchange))}</tbody>}
        <tbody>
          {pending.map(({ id, method, url }) => (
            <tr key={id} data-pending="">
              <th scope="row">{id}</th>
              <td>{method}</td>
              <td class="play-url">{shortUrl(url, origin)}</td>
              <td colSpan={4}>waiting…</td>
            </tr>
          ))}
        </tbody>
      </table>
      {exchanges.length + pending.length === 0 ? <p class="play-empty">{empty}</p> : null}
    </div>
  );
}

function drawRow({ origin, spanMs, chosen, onChoose }: NetworkProps, exchange: Exchange, extras?: ButtonExtras) {
  const { id, startedAt, request, client, gateway, program } = exchange;
  const outcome = outcomeOf(exchange);
  const left = Math.min((100 * startedAt) / spanMs, 98.5);
  const width = Math.max(1.5, (100 * client.elapsedMs) / spanMs);
  return (
    // The button in the first cell does the same by keyboard.

    <tr
      key={id}
      data-id={id}
      data-outcome={outcome}
      aria-current={chosen === id ? 'true' : undefined}
      style={`--from:${left.toFixed(1)}%;--to:${Math.min(left + width, 100).toFixed(1)}%`}
      onClick={() => onChoose(id)}
    >
      <th scope="row">
        <button type="button" aria-pressed={chosen === id} {...extras}>
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
          {[client.status, client.error && TRANSPORT_WORDS[client.error], program && 'hidden']
            .filter(Boolean)
            .join(', ') || 'no answer'}
        </span>
      </td>
      <td class="play-number">{spanText(client.elapsedMs)}</td>
      <td title={`${gateway.id} ${gateway.version}`}>{gateway.id}</td>
      <td class="play-timeline" title={`Sent at ${spanText(startedAt)}`} />
    </tr>
  );
}
