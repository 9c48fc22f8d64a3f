import type { Header } from '../gateway/exchange.ts';

/** Addresses that hold their own data: `data:` and `blob:`. */

export interface Inline {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: readonly Header[];
}

/** The data in a `data:` URL (Fetch standard, "data: URL processor"); null when there is no comma or no base64. */
export function inlineData(url: string): Inline | null {
  const found = /^data:([^,]*),([^]*)$/i.exec(url.replace(/#.*$/, ''));
  if (!found) return null;
  const type = (found[1] ?? '').trim();
  const base64 = /;\s*base64$/i.exec(type);
  const essence = base64 ? type.slice(0, base64.index) : type;
  const bytes = base64 ? fromBase64(found[2] ?? '') : percentDecoded(found[2] ?? '');
  if (!bytes) return null;
  const known = essence.startsWith(';') ? `text/plain${essence}` : essence;
  const valid = /^[\w.+-]+\/[\w.+-]+/.test(known) ? known : 'text/plain;charset=US-ASCII';
  return { bytes, headers: [['Content-Type', valid]] };
}

function percentDecoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const pair = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
    const isEscape = bytes[at] === 0x25 && /^[0-9a-f]{2}$/i.test(pair);
    decoded.push(isEscape ? Number.parseInt(pair, 16) : (bytes[at] ?? 0));
    if (isEscape) at += 2;
  }
  return new Uint8Array(decoded);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const binary = atob(new TextDecoder().decode(percentDecoded(text)));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Remembers which Blob is behind which address that the program makes from now on. */
export function followObjectUrls(): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  const create = URL.createObjectURL.bind(URL);
  const revoke = URL.revokeObjectURL.bind(URL);
  URL.createObjectURL = (object) => {
    const url = create(object);
    if (object instanceof Blob) blobs.set(url, object);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    blobs.delete(url);
    revoke(url);
  };
  return blobs;
}
