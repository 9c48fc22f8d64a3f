import type { Exchange, WireEvent } from '../gateway/exchange.ts';
import { sizeText, spanText } from './quantities.ts';
import { visibleBytes } from './visible-bytes.ts';

/** The raw bytes of an exchange, hop by hop, with their line ends and the way each connection ended. */
export function WireBytes({ exchange }: { readonly exchange: Exchange }) {
  const { upstream } = exchange;
  return (
    <div class="play-bytes">
      <WireHop title="From the gateway to the client" wire={exchange.wire} />
      {upstream.map((attempt, index) => (
        <WireHop
          key={index}
          title={`From the upstream to the gateway${upstream.length > 1 ? `, attempt ${index + 1}` : ''}`}
          wire={attempt.wire}
        />
      ))}
    </div>
  );
}

/** The raw bytes that traveled over one hop in one direction. */
export function WireHop({ title, wire }: { readonly title: string; readonly wire: readonly WireEvent[] }) {
  const size = wire.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.bytes.length : 0), 0);
  return (
    <figure>
      <figcaption>
        {title}: {sizeText(size)}
      </figcaption>
      {}
      <pre tabIndex={0} role="group" aria-label={`${title}, raw bytes`}>
        {wire.length === 0 ? <em>[nothing]</em> : null}
        {wire.map((event, index) =>
          event.kind === 'bytes' ? <Bytes key={index} bytes={event.bytes} /> : <End key={index} event={event} />,
        )}
      </pre>
    </figure>
  );
}

function Bytes({ bytes }: { readonly bytes: string }) {
  const { lines, more } = visibleBytes(bytes);
  return (
    <>
      {lines.map(({ text, end }, index) => (
        <span key={index}>
          {text}
          <i>{end}</i>
          {'\n'}
        </span>
      ))}
      {more > 0 ? <em>{`… ${sizeText(more)} more\n`}</em> : null}
    </>
  );
}

function End({ event }: { readonly event: Exclude<WireEvent, { kind: 'bytes' }> }) {
  return <em>{`[${spanText(event.at)}: ${endText(event)}]\n`}</em>;
}

function endText(event: Exclude<WireEvent, { kind: 'bytes' }>): string {
  switch (event.kind) {
    case 'close':
      return 'connection closed';
    case 'reset':
      return 'connection reset';
    case 'stall':
      return 'nothing more, connection stays open';
    case 'connect-failed':
      return `connect failed: ${event.reason}`;
    case 'lookup-failed':
      return `name lookup failed: ${event.reason}`;
    case 'tls-failed':
      return `TLS failed: ${event.reason}`;
  }
}
