/** Why a text is not diagnosed. */
export type ReadProblem = 'empty' | 'binary' | 'compressed' | 'too-large';

export type ReadText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: ReadProblem };

/** The largest file that the page reads, in bytes. A browser holds the text several times over. */
export const MOST_BYTES = 100 * 1024 * 1024;

const PROBE = 64 * 1024;
/** First bytes of gzip, bzip2, xz, zstd and zip. */
const COMPRESSED: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x50, 0x4b, 0x03, 0x04],
];

const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** The encoding that the first bytes announce. Windows tools write UTF-16. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (beginsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  return beginsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : 'utf-8';
}

/** Text has no zero bytes, and few that no character has. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return true;
  const strange = bytes.filter((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)).length;
  return strange > bytes.length / 50;
}

/** Reads a file as text, or says why it is none. */
export async function readFile(file: Blob): Promise<ReadText> {
  if (file.size > MOST_BYTES) return { ok: false, problem: 'too-large' };
  const head = new Uint8Array(await file.slice(0, PROBE).arrayBuffer());
  if (COMPRESSED.some((start) => beginsWith(head, start))) return { ok: false, problem: 'compressed' };
  const encoding = encodingOf(head);
  if (encoding === 'utf-8' && isBinary(head)) return { ok: false, problem: 'binary' };
  const text = encoding === 'utf-8' ? await file.text() : new TextDecoder(encoding).decode(await file.arrayBuffer());
  return readText(text);
}

/** The same for what was pasted. */
export function readText(text: string): ReadText {
  if (text.length > MOST_BYTES) return { ok: false, problem: 'too-large' };
  return /\S/.test(text) ? { ok: true, text } : { ok: false, problem: 'empty' };
}
