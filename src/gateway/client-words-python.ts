import type { Header } from './exchange.ts';

/** How Python reads a response: http.client with the parser of the email package, and urllib3's reader of chunks. */

/** What Python takes for a header line: printable characters without a space, up to the colon. Or a line that goes on. */
const HEADER_LINE = /^(?:[\x21-\x39\x3b-\x7e]*:|[\t ])/;

const linesOf = (head: string): string[] => {
  const [, ...lines] = head.split(/\r\n|\r|\n/);
  const end = lines.indexOf('');
  return end < 0 ? lines : lines.slice(0, end);
};

/** True when Python stops reading the headers before their end. @param head status line and headers, latin1 text */
export const hasInvalidHeaderForPython = (head: string): boolean =>
  linesOf(head).some((line) => !HEADER_LINE.test(line));

/** The headers that Python sees: those before the first line that is none. */
export function readHeadersAsPython(head: string): Header[] {
  const lines = linesOf(head);
  const bad = lines.findIndex((line) => !HEADER_LINE.test(line));
  return lines.slice(0, bad < 0 ? lines.length : bad).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
}

export type PythonChunks =
  | { readonly kind: 'whole'; readonly body: string }
  /** A size that is none, as Python shows its bytes. */
  | { readonly kind: 'bad-size'; readonly line: string }
  /** The bytes end where a size should come. */
  | { readonly kind: 'boundary' }
  /** They end within what urllib3 was about to read. */
  | { readonly kind: 'inside'; readonly received: number; readonly missing: number };

/** requests reads this many bytes at a time, and urllib3 no more than that of a chunk. */
const PIECE = 10 * 1024;

/** Reads what arrived of a body in chunks. */
export function readChunksAsPython(raw: string): PythonChunks {
  let body = '';
  let position = 0;
  for (;;) {
    const lineEnd = raw.indexOf('\n', position);
    const line = lineEnd < 0 ? raw.slice(position) : raw.slice(position, lineEnd + 1);
    const size = (line.split(';')[0] ?? '').trim();
    if (line === '') return { kind: 'boundary' };
    if (!/^\+?(?:0x)?[0-9a-f]+$/i.test(size)) return { kind: 'bad-size', line: line.split(';')[0] ?? '' };
    const length = Number.parseInt(size, 16);
    if (length === 0) return { kind: 'whole', body };
    position += line.length;
    const arrived = raw.slice(position, position + length);
    if (arrived.length < length) {
      const received = arrived.length % PIECE;
      const wanted = Math.min(PIECE, length - arrived.length + received);
      return { kind: 'inside', received, missing: wanted - received };
    }
    const end = raw.slice(position + length, position + length + 2);
    if (end.length < 2) return { kind: 'inside', received: end.length, missing: 2 - end.length };
    body += arrived;
    position += length + 2;
  }
}

const NAMED: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\\': String.raw`\\`,
};

/** A text as Python shows it, in quotes. @param last the last character that is shown as it is */
function represent(text: string, last: number): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const shown = Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    if (char === quote) return `\\${char}`;
    const hidden = code < 32 || (code >= 127 && code <= 160) || code === 173 || code > last;
    return NAMED[char] ?? (hidden ? String.raw`\x${code.toString(16).padStart(2, '0')}` : char);
  });
  return `${quote}${shown.join('')}${quote}`;
}

/** Latin1 text as Python shows a str of it. */
export const pythonText = (latin1: string): string => represent(latin1, 255);

/** Latin1 text as Python shows the bytes that it stands for. */
export const pythonBytes = (latin1: string): string => `b${represent(latin1, 126)}`;
