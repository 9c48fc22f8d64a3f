import type { Exchange, Header } from '../gateway/exchange.ts';
import { pathOf } from './sequence-steps.ts';

/** Request line, status line and the headers of both, as the client sent and got them. */
export function HeadersView({ exchange }: { readonly exchange: Exchange }) {
  const { request, client } = exchange;
  return (
    <>
      <HeaderTable title="Request" line={`${request.method} ${pathOf(request.url)}`} headers={request.headers} />
      {client.status === null ? (
        <p class="play-note">No response arrived, so it has no headers.</p>
      ) : (
        <HeaderTable
          title="Response"
          line={`${client.status} ${client.reason ?? ''}`.trim()}
          headers={client.headers}
        />
      )}
    </>
  );
}

interface HeaderTableProps {
  readonly title: string;
  readonly line: string;
  readonly headers: readonly Header[];
}

function HeaderTable({ title, line, headers }: HeaderTableProps) {
  return (
    <table class="play-table play-headers">
      <caption>
        {title}: <code>{line}</code>
      </caption>
      <tbody>
        {headers.map(([name, value], index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{value === '' ? <i>empty</i> : value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
