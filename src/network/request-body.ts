import type { Track } from './response.ts';

/** A request body as bytes, with the Content-Type that a browser sets for it. */
export interface EncodedBody {
  readonly body: BodyInit | null;
  readonly contentType: string | null;
}

const BOUNDARY = '----gateway-lab-form-boundary';

/**
 * Prepares `fetch`'s `body` so that the same program sends the same bytes every time: a browser would mark the parts of
 * a form with a random text.
 */
export async function repeatable(body: BodyInit, track: Track): Promise<EncodedBody> {
  if (!(body instanceof FormData)) return { body, contentType: null };
  const parts: BlobPart[] = [];
  for (const [name, value] of body) {
    const file = typeof value === 'string' ? '' : `; filename="${quoted(value.name)}"`;
    const type = typeof value === 'string' ? '' : `Content-Type: ${value.type || 'application/octet-stream'}\r\n`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type}\r\n`;
    parts.push(head, value, '\r\n');
  }
  parts.push(`--${BOUNDARY}--\r\n`);
  const bytes = await track(new Blob(parts).arrayBuffer());
  return { body: bytes, contentType: `multipart/form-data; boundary=${BOUNDARY}` };
}

const quoted = (text: string): string => text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/**
 * The bytes of a body as latin1 text, without waiting where the platform allows it; null where only the platform can
 * read it (a Blob, a stream).
 */
export function bytesAtOnce(body: BodyInit): string | null {
  if (typeof body === 'string') return latin1(new TextEncoder().encode(body));
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return latin1(new Uint8Array(body));
  if (ArrayBuffer.isView(body)) return latin1(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  return null;
}

/** Bytes as text, one char per byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
