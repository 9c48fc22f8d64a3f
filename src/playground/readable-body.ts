import type { Header } from '../gateway/exchange.ts';
import { headerValue, toBytes } from '../gateway/http-message.ts';
import { isReadable } from './byte-text.ts';

/** A body as a person reads it. */
export interface ReadableBody {
  readonly kind: 'JSON' | 'HTML' | 'text' | 'binary';
  /** JSON laid out over lines; a hex dump of binary bytes; else the text itself. */
  readonly text: string;
  /** What is odd about it, e.g. that its Content-Type promises something else. */
  readonly warning: string | null;
}

/** Bytes that a hex dump shows. */
const DUMPED = 4096;

/** @param body latin1 text, one char per byte, free of transfer and content codings */
export function readableBody(body: string, headers: readonly Header[]): ReadableBody {
  const type = headerValue(headers, 'content-type');
  const text = decoded(body, type);
  if (text === null) return { kind: 'binary', text: hexDump(body), warning: promise('binary', type, '') };
  const json = parsedJson(text);
  if (json.ok) return { kind: 'JSON', text: json.text, warning: promise('JSON', type, '') };
  const kind = /^\s*<(?:!doctype|html|head|body|center|h\d)\b/i.test(text) ? 'HTML' : 'text';
  return { kind, text, warning: promise(kind, type, json.why) };
}

/** What a Content-Type promises and the body does not keep. */
function promise(kind: ReadableBody['kind'], type: string | null, why: string): string | null {
  if (type === null || kind === 'JSON') return null;
  if (/\bjson\b/i.test(type)) {
    return kind === 'text'
      ? `Content-Type says JSON, but this is none: ${why}.`
      : `Content-Type says JSON, but this is ${kind}.`;
  }
  if (/^text\//i.test(type) && kind === 'binary') return `Content-Type says ${type}, but these bytes are no text.`;
  return null;
}

/** The text that bytes are in the charset of their Content-Type, UTF-8 without one; null when they are none. */
function decoded(body: string, type: string | null): string | null {
  const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(type ?? '') ?? [];
  if (/^utf-?8$/i.test(charset) ? !isReadable(body) : body.includes('\0')) return null;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(toBytes(body));
  } catch {
    return null;
  }
}

type Json = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** Only structures count as JSON: `502` alone is a text. */
function parsedJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? { ok: true, text: JSON.stringify(value, null, 2) }
      : { ok: false, why: 'it is no object and no list' };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'it does not parse' };
  }
}

/** Offset, bytes and characters, 16 a line, as `hexdump -C` prints them. */
export function hexDump(bytes: string): string {
  const lines: string[] = [];
  for (let offset = 0; offset < Math.min(bytes.length, DUMPED); offset += 16) {
    const line = bytes.slice(offset, offset + 16);
    const hex = Array.from(line, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(47)}  ${line.replace(/[^ -~]/g, '.')}`);
  }
  return lines.join('\n') + (bytes.length > DUMPED ? `\n… ${bytes.length - DUMPED} more bytes` : '');
}

/** Content codings that every browser of today can undo. */
const CODINGS: Readonly<Record<string, CompressionFormat>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
};

/** A body without its content coding, or a sentence why it could not be taken off. */
export type Unpacked = { readonly body: string } | { readonly why: string };

/** @param coding value of Content-Encoding */
export async function unpack(body: string, coding: string): Promise<Unpacked> {
  const format = CODINGS[coding.trim().toLowerCase()];
  if (format === undefined) return { why: `This page cannot take off the content coding ${coding}.` };
  try {
    const stream = new Blob([toBytes(body)]).stream().pipeThrough(new DecompressionStream(format));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    return { body: Array.from(bytes, (byte) => String.fromCharCode(byte)).join('') };
  } catch {
    return { why: `Content-Encoding says ${coding}, but these bytes are no whole ${coding} stream.` };
  }
}
