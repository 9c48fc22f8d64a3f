import type { Exchange } from '../gateway/exchange.ts';
import { FEW, type EvidenceTools, type NetworkState } from './evidence-parts.ts';
import { LongList } from './long-list.tsx';
import { resultText, shortUrl } from './outcome-words.ts';
import { walkRows } from './row-keys.ts';

const COLUMNS = ['#', 'Method', 'URL', 'Status', 'Duration', 'Gateway'];
/** Requests from which on there is a field to filter them. */
const FILTER_FROM = 11;

/** The parts of the network table that sort, filter and walk. */
export const networkParts: EvidenceTools['network'] = (props, { state, setState }, drawRow) => {
  const { exchanges, chosen, onChoose, origin } = props;
  const { column = 0, down = false } = state;
  const many = exchanges.length >= FILTER_FROM;
  const query = many ? (state.query ?? '') : '';
  const rows = arranged(exchanges, { column, down, query }, origin);
  const ids = rows.map(({ id }) => id);
  // One row is a stop for Tab: the chosen one, or the first while that is filtered out.
  const stop = chosen !== null && ids.includes(chosen) ? chosen : ids[0];
  const row = (exchange: Exchange) =>
    drawRow(exchange, {
      tabIndex: exchange.id === stop ? 0 : -1,
      onKeyDown: (event) => walkRows(event, ids, chosen, onChoose),
    });
  return {
    filter: many ? (
      <label key="filter" class="play-filter">
        Filter{' '}
        <input
          type="search"
          placeholder="502, POST, /orders …"
          value={query}
          onInput={({ currentTarget }) => setState({ ...state, query: currentTarget.value })}
        />{' '}
        {rows.length === exchanges.length
          ? `${rows.length} requests`
          : `${rows.length} of ${exchanges.length} requests`}
      </label>
    ) : null,
    head: (
      <tr>
        {COLUMNS.map((name, index) => (
          <th key={name} scope="col" aria-sort={index === column ? (down ? 'descending' : 'ascending') : undefined}>
            <button
              type="button"
              data-act={`sort-${index}`}
              onClick={() => setState({ ...state, column: index, down: index === column && !down })}
            >
              {name}
            </button>
          </th>
        ))}
        <th scope="col" class="play-timeline">
          Timeline
        </th>
      </tr>
    ),
    body:
      rows.length > FEW ? (
        <LongList
          key={`${column}${down}${query}`}
          items={rows}
          tag="tbody"
          rowHeight={30.4}
          kept={stop === undefined ? 0 : ids.indexOf(stop)}
          draw={row}
        />
      ) : (
        <tbody>{rows.map(row)}</tbody>
      ),
  };
};

type Key = (exchange: Exchange) => number | string;

/** What each column of the table sorts by. A request without a status comes after all that have one. */
const keysFor = (origin: string): readonly Key[] => [
  ({ id }) => id,
  ({ request }) => request.method,
  ({ request }) => shortUrl(request.url, origin),
  ({ client }) => client.status ?? 1000,
  ({ client }) => client.elapsedMs,
  ({ gateway }) => gateway.id,
];

/** The exchanges that the query leaves, in the chosen order; equal ones stay in the order in which they were sent. */
export function arranged(
  exchanges: readonly Exchange[],
  { column, down, query }: Required<NetworkState>,
  origin: string,
): readonly Exchange[] {
  const left = matching(exchanges, query, origin);
  const key = keysFor(origin)[column];
  if (!key || (column === 0 && !down)) return left;
  const sign = down ? -1 : 1;
  return [...left].sort((a, b) => sign * compare(key(a), key(b)) || a.id - b.id);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : Number(a !== b);
}

/** Every word of the query has to be in what the row says, whatever the case. */
function matching(exchanges: readonly Exchange[], query: string, origin: string): readonly Exchange[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return exchanges;
  return exchanges.filter((exchange) => {
    const { id, request, gateway, fault } = exchange;
    const row = [id, request.method, shortUrl(request.url, origin), resultText(exchange), gateway.id, fault]
      .join(' ')
      .toLowerCase();
    return words.every((word) => row.includes(word));
  });
}
