import type { Incident } from './incident.ts';
import { incidentFrom } from './stored.ts';

const MARK = '#checklist=';
/** What a link may inflate to, in bytes: it cannot make the page swell without end. */
const MOST_BYTES = 200_000;

/** The longest address that chat programs, mail and servers' logs pass on whole, in characters. */
export const LONGEST_LINK = 8000;

export type Carried = { readonly ok: true; readonly incident: Incident } | { readonly ok: false; readonly why: string };

const DAMAGED = 'The incident in this link is damaged, perhaps because the link was cut. Nothing of yours has changed.';
const NEWER = 'This link was made by a newer version of this site. Reload the page and open the link again.';

/** The URL hash `#checklist=1.<base64url(deflate-raw(JSON))>` of an incident. It may be too long for a link. */
export async function incidentHash(listId: string, incident: Incident): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify({ list: listId, ...incident }));
  const packed = await pumped(json, new CompressionStream('deflate-raw'), Infinity);
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join('');
  return `${MARK}1.${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** Reads an incident out of a URL's hash. What cannot be read comes back as a sentence that says so; nothing throws. */
export async function incidentInHash(listId: string, hash: string): Promise<Carried> {
  const [, version = '', payload = ''] = /^#checklist=(\d+)\.([\w-]+)$/.exec(hash) ?? [];
  if (Number(version) > 1) return { ok: false, why: NEWER };
  try {
    const packed = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const bytes = await pumped(packed, new DecompressionStream('deflate-raw'), MOST_BYTES);
    const data: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const incident = incidentFrom(data);
    const isOfList = typeof data === 'object' && data !== null && 'list' in data && data.list === listId;
    return incident && isOfList ? { ok: true, incident } : { ok: false, why: DAMAGED };
  } catch {
    return { ok: false, why: DAMAGED };
  }
}

async function pumped(
  input: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
  most: number,
): Promise<Uint8Array> {
  const reader = new Blob([input]).stream().pipeThrough(through).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('The incident is too long.');
    }
    chunks.push(read.value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
