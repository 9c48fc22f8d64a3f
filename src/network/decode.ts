import { headerValues, type ResponseHead } from '../gateway/http-message.ts';
import type { BodySink } from './body-queue.ts';
import { listOf } from './cors-safelist.ts';
import { networkError } from './failures.ts';
import { inflate } from './inflate.ts';
import type { PartTools } from './network.ts';
import type { Decode } from './transfers.ts';

/**
 * Content-Encoding as Chromium undoes it: gzip and deflate are decompressed, also when they are cut or their checksum is
 * wrong; an encoding that it does not know leaves the body as it is; a body that is not what its header says cannot be
 * read. A part of its own, for scenarios in which a response has such a header.
 */
export function createDecode({ warn }: PartTools): Decode {
  return (head, body, tell) => {
    const names = encodingsOf(head);
    if (names.length === 0 || !names.every((name) => name in KINDS)) return null;
    const kinds = names.map((name) => KINDS[name] ?? null).reverse();
    const fail = (): void => {
      const header = `Content-Encoding: ${names.join(', ')}`;
      const reason = kinds.includes('unavailable')
        ? 'which the playground cannot undo, so it treats the body as broken'
        : 'and the body is something else';
      const why = `net::ERR_CONTENT_DECODING_FAILED: the response says ${header}, ${reason}.`;
      warn(why, new Error());
      tell({ error: 'TypeError: Failed to fetch', why });
    };
    return kinds.reduceRight<BodySink>((sink, kind) => (kind === 'same' ? sink : new Decoder(kind, sink, fail)), body);
  };
}

type Kind = 'gzip' | 'deflate' | 'unavailable' | 'same' | null;

/** What Chromium knows. Compressed texts of the others need tables that are larger than this whole playground. */
const KINDS: Readonly<Record<string, Kind>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'unavailable',
  zstd: 'unavailable',
  identity: 'same',
};

const encodingsOf = ({ headers }: ResponseHead): string[] =>
  listOf(headerValues(headers, 'content-encoding').join(','));

/** Decompresses what has arrived so far, again with every piece: bodies of lessons are short. */
class Decoder implements BodySink {
  readonly #kind: Kind;
  readonly #to: BodySink;
  readonly #onBroken: () => void;
  #arrived: Uint8Array<ArrayBuffer> = new Uint8Array();
  #given = 0;
  #broken = false;

  constructor(kind: Kind, to: BodySink, onBroken: () => void) {
    this.#kind = kind;
    this.#to = to;
    this.#onBroken = onBroken;
  }

  push(chunk: Uint8Array<ArrayBuffer>): void {
    if (this.#broken) return;
    const all = new Uint8Array(this.#arrived.length + chunk.length);
    all.set(this.#arrived);
    all.set(chunk, this.#arrived.length);
    this.#arrived = all;
    const start =
      this.#kind === 'gzip' ? afterGzipHeader(all) : this.#kind === 'deflate' ? afterZlibHeader(all) : 'bad';
    if (start === 'more') return;
    const { bytes, state } = start === 'bad' ? { bytes: new Uint8Array(), state: 'bad' } : inflate(all, start);
    if (bytes.length > this.#given) this.#to.push(bytes.slice(this.#given));
    this.#given = bytes.length;
    if (state === 'bad') this.#break();
  }

  close(): void {
    if (!this.#broken) this.#to.close();
  }

  fail(error: unknown): void {
    if (!this.#broken) this.#to.fail(error);
  }

  #break(): void {
    this.#broken = true;
    this.#onBroken();
    this.#to.fail(networkError(new Error()));
  }
}

/** Where the compressed data begin. `more` when that has not arrived. */
type Start = number | 'more' | 'bad';

/** RFC 1952 §2.3 */
function afterGzipHeader(bytes: Uint8Array): Start {
  for (const [index, expected] of [0x1f, 0x8b, 8].entries()) {
    if (index < bytes.length && bytes[index] !== expected) return 'bad';
  }
  const flags = bytes[3];
  if (flags === undefined || bytes.length < 10) return 'more';
  let at = 10;
  if (flags & 4) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) return 'more';
    at = end + 1;
  }
  if (flags & 2) at += 2;
  return at > bytes.length ? 'more' : at;
}

/** RFC 1950 §2.2; many servers leave the header out, and browsers take that too. */
function afterZlibHeader(bytes: Uint8Array): Start {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return 'more';
  return (first & 15) === 8 && ((first << 8) | second) % 31 === 0 ? 2 : 0;
}
