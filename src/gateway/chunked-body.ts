import { decodeBody, formatBody, parseHead } from './http-message.ts';

/**
 * Changes a response that came in chunks: its head, and the text of its body, which becomes one chunk of its new length
 * when it is another text.
 * @param bytes the whole response, latin1 text
 * @returns null where the response is not in chunks or not complete
 */
export function changeChunked(
  bytes: string,
  change: { readonly head: (text: string) => string; readonly body: (text: string) => string },
): string | null {
  const parsed = parseHead(bytes, 'GET');
  if (parsed.kind !== 'head' || parsed.framing.kind !== 'chunked') return null;
  const chunks = bytes.slice(parsed.bodyStart);
  const { body, complete } = decodeBody(chunks, parsed.framing);
  if (!complete) return null;
  const changed = change.body(body);
  return (
    change.head(bytes.slice(0, parsed.bodyStart)) + (changed === body ? chunks : formatBody(parsed.head, changed, true))
  );
}
