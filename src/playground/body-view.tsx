import { useEffect, useState } from 'preact/hooks';
import type { Exchange, Header } from '../gateway/exchange.ts';
import { headerValue } from '../gateway/http-message.ts';
import { CopyButton } from './copy-button.tsx';
import { sizeText } from './quantities.ts';
import { hexDump, readableBody, unpack, type Unpacked } from './readable-body.ts';

/** Characters shown at first. */
const SHOWN = 20_000;

/** What the client got and what it sent, as a person reads it. */
export function BodyView({ exchange }: { readonly exchange: Exchange }) {
  const { request, client } = exchange;
  const nothing = client.status === null ? 'No response, no body.' : 'The response has no body.';
  return (
    <>
      {request.body === '' ? null : <Body title="Request body" headers={request.headers} body={request.body} />}
      {client.body === '' ? (
        <p class="play-note">
          {nothing} {cutText(exchange)}
        </p>
      ) : (
        <Body
          title={client.error === 'not-http' ? 'What arrived instead of a response' : 'Response body'}
          headers={client.headers}
          body={client.body}
          cut={cutText(exchange)}
        />
      )}
    </>
  );
}

/** How much of a cut body came. */
function cutText({ client }: Exchange): string | null {
  if (!client.truncated || client.status === null) return null;
  const length = headerValue(client.headers, 'content-length');
  if (length !== null) return `Cut off: ${client.body.length} of ${length} bytes arrived.`;
  return `Cut off after ${sizeText(client.body.length)}: the end of the message never came.`;
}

interface BodyProps {
  readonly title: string;
  readonly headers: readonly Header[];
  /** latin1 text, one char per byte. */
  readonly body: string;
  readonly cut?: string | null;
}

function Body({ title, headers, body, cut = null }: BodyProps) {
  const coding = headerValue(headers, 'content-encoding');
  const unpacked = useUnpacked(body, coding);
  const [whole, showWhole] = useState(false);
  if (unpacked === null) return <p class="play-note">{title}: taking off the content coding…</p>;
  const failed = 'why' in unpacked;
  const { kind, text, warning } = failed
    ? { kind: 'binary', text: hexDump(body), warning: unpacked.why }
    : readableBody(unpacked.body, headers);
  const size = coding === null || failed ? sizeText(body.length) : `${sizeText(body.length)} of ${coding}`;
  return (
    <figure class="play-body-text">
      <figcaption>
        {title}: {kind}, {size} <CopyButton label="Copy body" text={() => text} />
      </figcaption>
      {[cut, warning].map((sentence) => (sentence === null ? null : <p class="play-warning">{sentence}</p>))}
      <pre tabIndex={0} role="group" aria-label={title} data-kind={kind}>
        {whole ? text : text.slice(0, SHOWN)}
      </pre>
      {whole || text.length <= SHOWN ? null : (
        <button type="button" onClick={() => showWhole(true)}>
          Show all {text.length} characters
        </button>
      )}
    </figure>
  );
}

/** The body without its content coding; null while that is being taken off. */
function useUnpacked(body: string, coding: string | null): Unpacked | null {
  const [done, setDone] = useState<{ readonly of: string; readonly unpacked: Unpacked } | null>(null);
  const coded = coding !== null && coding !== 'identity' && body !== '';
  useEffect(() => {
    if (!coded) return;
    let asked = true;
    void unpack(body, coding).then((unpacked) => {
      if (asked) setDone({ of: body, unpacked });
    });
    return () => {
      asked = false;
    };
  }, [body, coding, coded]);
  if (!coded) return { body };
  return done?.of === body ? done.unpacked : null;
}
