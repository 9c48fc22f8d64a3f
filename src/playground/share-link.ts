/** What a share link carries: one file of one playground of the page that it opens. */
export interface Share {
  readonly v: 1;
  /** Id of the playground in its page. */
  readonly id: string;
  readonly code: string;
  /** Name of the file, e.g. `client.js`. */
  readonly file: string;
  /** Id of the scenario. */
  readonly scenario: string;
}

export type OpenedShare =
  { readonly ok: true; readonly share: Share } | { readonly ok: false; readonly sentence: string };

const MARK = '#play=';
/** Longest program that a link may carry, in bytes: a link cannot make the page inflate without end. */
const MOST_BYTES = 1_000_000;

/** The URL hash `#play=1.<base64url(deflate-raw(JSON))>` of a share. */
export async function shareHash(share: Share): Promise<string> {
  const packed = await pump(
    new TextEncoder().encode(JSON.stringify(share)),
    new CompressionStream('deflate-raw'),
    Infinity,
  );
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return `${MARK}1.${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** Reads a share from a URL's hash. A link that cannot be read comes back as a sentence that says so; nothing throws. */
export async function openShare(hash: string): Promise<OpenedShare> {
  const [, version, payload] = /^#play=(\d+)\.([\w-]+)$/.exec(hash) ?? [];
  if (version !== undefined && Number(version) > 1) {
    return refused('This link was made by a newer version of this site. Reload the page and open the link again.');
  }
  if (version !== '1' || payload === undefined) return refused(DAMAGED);
  try {
    const packed = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const bytes = await pump(packed, new DecompressionStream('deflate-raw'), MOST_BYTES);
    const share: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isShare(share) ? { ok: true, share } : refused(DAMAGED);
  } catch {
    return refused(DAMAGED);
  }
}

const DAMAGED = 'The code in this link is damaged, perhaps because the link was cut. Here is the page’s own program.';

const refused = (sentence: string): OpenedShare => ({ ok: false, sentence });

function isShare(value: unknown): value is Share {
  if (typeof value !== 'object' || value === null) return false;
  const share = value as Partial<Record<keyof Share, unknown>>;
  return share.v === 1 && [share.id, share.code, share.file, share.scenario].every((text) => typeof text === 'string');
}

async function pump(
  input: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array, BufferSource>,
  most: number,
): Promise<Uint8Array> {
  const reader = new Blob([input]).stream().pipeThrough(through).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('The shared program is too long.');
    }
    chunks.push(read.value);
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}
