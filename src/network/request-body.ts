/**
 * The bytes of a body as latin1 text, without waiting where the platform allows it; null where only the platform can
 * read it (a Blob, a stream).
 */
export function bytesAtOnce(body: BodyInit | null): string | null {
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
