import type { Span } from './facts.ts';

/**
 * What browsers save of their network list: JSON with one entry for each request. An entry becomes the text that a
 * person would have pasted for it, each piece of which knows its place in the file. http://www.softwareishard.com/blog/har-12-spec/
 */

/** A piece of the text with the place in the file that it stands for. */
interface Piece extends Span {
  readonly text: string;
}

export interface HarEntry {
  readonly url: string;
  readonly method: string;
  /** 0: the browser got no answer. */
  readonly status: number;
  readonly elapsedMs: number | undefined;
  readonly failed: boolean;
  readonly pieces: readonly Piece[];
  /** Where the address stands in the file. */
  readonly address: Span;
}

const HAR_HEAD =
  /^\s{0,100}\{\s{0,100}"log"\s{0,10}:\s{0,10}\{\s{0,100}"(?:version|creator|browser|pages|entries|comment)"/;

/** Where the entries begin; -1 for a text that is no HAR file. */
function startOfEntries(text: string): number {
  if (!HAR_HEAD.test(text.slice(0, 4000))) return -1;
  const at = /"entries"\s{0,10}:\s{0,10}\[/.exec(text);
  return at === null ? -1 : at.index + at[0].length;
}

/** Where the JSON text that begins at `at` with a quotation mark ends. */
function endOfText(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
  return end + 1;
}

/** The places of the objects of the array that begins at `from`; one that is cut off at the end is left out. */
function* objectsFrom(text: string, from: number): Generator<Span> {
  let depth = 0;
  let start = from;
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') at = endOfText(text, at) - 1;
    else if (character === '{') {
      if (depth === 0) start = at;
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) yield { start, end: at + 1 };
    } else if (character === ']' && depth === 0) return;
  }
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const inside = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const amount = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Bodies are read up to here. */
const MOST_BODY = 20_000;
/** Headers of an answer that tell who made it, or which request it was. */
const TELLING =
  /^(?:server|via|x-cache|cf-ray|cf-mitigated|retry-after|x-amz.{1,40}|x-amzn.{1,40}|x-request-id|x-served-by|x-squid-error|x-envoy.{1,60}|x-kong.{1,60}|x-azure.{1,40}|x-vercel.{1,40}|x-nf-request-id|fly-request-id|proxy-status|date|content-type)$/i;

/** Between a key and its value stand a colon, blanks and a quotation mark. */
const NEAR = 12;

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/** Finds the places of values in the text of one entry. */
class Places {
  readonly #text: string;
  readonly #entry: Span;

  constructor(text: string, entry: Span) {
    this.#text = text;
    this.#entry = entry;
  }

  /** Where a key stands, from a place on; -1 where it does not. */
  key(name: string, from = this.#entry.start): number {
    const at = this.#text.indexOf(`"${name}"`, from);
    return at < this.#entry.end ? at : -1;
  }

  /** The place of a value as it was written. */
  value(name: string, written: string, from?: number): Span | null {
    for (let at = this.key(name, from); at !== -1; at = this.key(name, at + 1)) {
      const start = this.#text.indexOf(written, at + name.length + 2);
      if (start !== -1 && start <= at + name.length + NEAR && start < this.#entry.end)
        return { start, end: start + written.length };
    }
    return null;
  }

  /** The place of whatever text a key has. */
  text(name: string, from: number): Span | null {
    const at = this.key(name, from);
    const start = at === -1 ? -1 : this.#text.indexOf('"', at + name.length + 2);
    return start === -1 || start > at + name.length + NEAR
      ? null
      : { start: start + 1, end: endOfText(this.#text, start) - 1 };
  }
}

/** A piece that stands in the file as it is, between words that do not. */
function quoted(text: string, before: string, place: Span | null, after: string): readonly Piece[] {
  if (place === null) return [];
  const { start, end } = place;
  return [
    { text: before, start, end: start },
    { text: text.slice(start, end), start, end },
    { text: after, start: end, end },
  ];
}

function headerPieces(text: string, places: Places, response: unknown, from: number): readonly Piece[] {
  const headers = inside(response, 'headers');
  return (Array.isArray(headers) ? headers : []).flatMap((header): readonly Piece[] => {
    const [name, content] = [words(inside(header, 'name')), words(inside(header, 'value'))];
    if (content === '' || !TELLING.test(name)) return [];
    return quoted(text, `${name}: `, places.value('value', inJson(content), from), '\n');
  });
}

function bodyPieces(text: string, places: Places, response: unknown, from: number): readonly Piece[] {
  const content = inside(response, 'content');
  if (words(inside(content, 'text')) === '' || inside(content, 'encoding') === 'base64') return [];
  const place = places.text('text', places.key('content', from));
  return quoted(text, '\n', place && { start: place.start, end: Math.min(place.end, place.start + MOST_BODY) }, '\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A wait is shorter than this where it is not what took the time. */
const NO_WAIT_MS = 1000;

/** How long the answer took: without the queue of the browser, where the file says so. */
function elapsedOf(entry: unknown): number | undefined {
  const wait = amount(inside(inside(entry, 'timings'), 'wait')) ?? 0;
  const ms = wait > NO_WAIT_MS ? wait : (amount(inside(entry, 'time')) ?? -1);
  return ms < 0 ? undefined : Math.round(ms);
}

function readEntry(text: string, span: Span): HarEntry | null {
  const value = parse(text.slice(span.start, span.end));
  const [request, response] = [inside(value, 'request'), inside(value, 'response')];
  const url = words(inside(request, 'url'));
  const status = amount(inside(response, 'status'));
  if (url === '' || status === undefined) return null;
  const places = new Places(text, span);
  const from = Math.max(span.start, places.key('response'));
  const error = words(inside(response, '_error')) || words(inside(value, '_error'));
  const numbered = places.value('status', String(status), from);
  const line = status === 0 ? ['HAR: status ', '\n'] : ['HTTP/1.1 ', ` ${words(inside(response, 'statusText'))}\n`];
  return {
    ...{ url, status, method: words(inside(request, 'method')) || 'GET' },
    elapsedMs: elapsedOf(value),
    address: places.value('url', inJson(url)) ?? span,
    failed: status === 0 || status >= 400 || error !== '',
    pieces: [
      ...(error !== '' && status === 0 ? [] : quoted(text, line[0] ?? '', numbered, line[1] ?? '')),
      ...headerPieces(text, places, response, from),
      ...quoted(text, '\n', error === '' ? null : places.value('_error', inJson(error)), '\n'),
      ...bodyPieces(text, places, response, from),
    ],
  };
}

/** More failures than this are not judged one by one. */
const MOST_ENTRIES = 500;

/** The requests that failed, in their order; null for a text that is no HAR file. */
export function failedEntries(text: string): readonly HarEntry[] | null {
  const from = startOfEntries(text);
  if (from === -1) return null;
  const failed: HarEntry[] = [];
  for (const span of objectsFrom(text, from)) {
    const entry = readEntry(text, span);
    if (entry?.failed === true) failed.push(entry);
    if (failed.length >= MOST_ENTRIES) break;
  }
  return failed;
}

/** The text that stands for an entry, with the place in the file of each of its positions. */
export function entryText({ pieces }: HarEntry): { readonly text: string; readonly placeOf: (span: Span) => Span } {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  /** A piece that stands in the file has a place for each of its characters; another one has its beginning only. */
  const place = (position: number): number => {
    const index = Math.max(
      0,
      starts.findLastIndex((start) => start <= position),
    );
    const piece = pieces[index];
    return piece === undefined ? 0 : Math.min(piece.start + position - (starts[index] ?? 0), piece.end);
  };
  return {
    text: pieces.map(({ text }) => text).join(''),
    placeOf: ({ start, end }) => ({ start: place(start), end: place(Math.max(start, end - 1)) + 1 }),
  };
}
