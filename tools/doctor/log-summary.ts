import { detailsOf } from '../../src/doctor/line-details.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import type { CauseId, GatewayId } from '../../src/gateway/ids.ts';
import { Counts, namedTallies, ownCopy, type CountedLog, type Tally } from './counted-log.ts';

/**
 * Counts a log of any size. Memory stays bounded: lines of one form are diagnosed once, and all that is kept is counts
 * under a limited number of names. Lines of nginx's error log, of which the largest logs consist, take a short way.
 */

const FORMS_KEPT = 20_000;
const LONGEST_LINE = 16_384;
const COUNTED_AS_NOTHING = new Set<CauseId>(['unrelated-text', 'not-a-failure']);
const LINE_END = 10;

/** A time, a level, ids of the process and of the thread: the number of the connection stands before this column. */
const MOST_BEFORE_MESSAGE = 90;
/** `2026/03/02 10`, in nginx's error log. */
const HOUR_LENGTH = 13;

/** What stays of a line when numbers, paths and addresses are left out. */
function formOf(line: string): string {
  return line
    .slice(0, 2000)
    .replace(/"(GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS) [^" ]{0,1900}/, '"$1')
    .replace(/[0-9a-f]{8,64}/gi, '#')
    .replace(/\d{1,20}/g, '#');
}

/** A form that keeps the status, the elapsed time's size being of no matter here. */
function withStatus(line: string): string {
  const status = /" (\d{3}) /.exec(line)?.[1] ?? '';
  return `${status}|${formOf(line)}`;
}

/** Feed it pieces of the log in order, then ask for the counts. */
export class LogSummary {
  /** The beginning of a line whose end is in the next piece. */
  #rest: Buffer = Buffer.alloc(0);
  #lines = 0;
  /** By the very text of nginx's message, which nearly every line of an error log repeats. */
  readonly #messages = new Map<string, Tally | null>();
  readonly #forms = new Map<string, Tally | null>();
  readonly #tallies = new Map<string, Tally>();
  readonly #hours = new Counts();
  /** The hour of the line before, and how many failures it has that are not in `#hours` yet. */
  #hour = '-';
  #hourCount = 0;

  /** @param piece bytes; they are read and not kept */
  push(piece: Buffer): void {
    const first = piece.indexOf(LINE_END);
    if (first === -1) return this.#keep(piece);
    let start = 0;
    if (this.#rest.length > 0) {
      this.#keep(piece.subarray(0, first));
      this.#read(`${this.#rest.toString('latin1')}\n`);
      this.#rest = Buffer.alloc(0);
      start = first + 1;
    }
    const last = piece.lastIndexOf(LINE_END);
    // One byte, one character: that is all that counting needs, and several times as fast as decoding.
    this.#read(piece.toString('latin1', start, last + 1));
    this.#keep(piece.subarray(last + 1));
  }

  finish(): CountedLog {
    if (this.#rest.length > 0) this.push(Buffer.from([LINE_END]));
    this.#countHour('-');
    return { lines: this.#lines, tallies: namedTallies([...this.#tallies.values()]), hours: this.#hours.named() };
  }

  #keep(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes.subarray(0, LONGEST_LINE - this.#rest.length)]);
  }

  /** @param text whole lines */
  #read(text: string): void {
    // Where the marks of nginx's lines stand next. Each is looked for once, however many other lines lie between.
    let connection = -1;
    let client = -1;
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      if (end > start) {
        this.#lines += 1;
        if (connection < start) connection = nextIn(text, ': *', start);
        if (client < connection) client = nextIn(text, ', client: ', connection);
        if (client < end && connection - start < MOST_BEFORE_MESSAGE)
          this.#nginxLine(text, start, text.indexOf(' ', connection + 3), client, end);
        else this.#line(text.slice(start, end));
      }
      start = end + 1;
    }
  }

  /** The tally of lines of this form; null when they name no failure. */
  #tallyOf(form: string, line: string): Tally | null {
    const known = this.#forms.get(form);
    if (known !== undefined) return known;
    const { causes, gateway } = diagnose(line.slice(0, LONGEST_LINE));
    const cause = causes[0]?.cause;
    const tally = cause === undefined || COUNTED_AS_NOTHING.has(cause) ? null : this.#tally(cause, gateway);
    if (this.#forms.size >= FORMS_KEPT) this.#forms.clear();
    this.#forms.set(ownCopy(form), tally);
    return tally;
  }

  #tally(cause: CauseId, gateway: GatewayId | null): Tally {
    const name = `${cause} ${gateway}`;
    const tally = this.#tallies.get(name) ?? { cause, gateway, count: 0, upstreams: new Counts() };
    this.#tallies.set(name, tally);
    return tally;
  }

  /** @param message where the message begins, after the number of the connection */
  #nginxLine(text: string, start: number, message: number, client: number, end: number): void {
    const words = text.slice(message, client);
    let tally = this.#messages.get(words);
    if (tally === undefined) {
      tally = this.#tallyOf(formOf(words), text.slice(start, end));
      if (this.#messages.size >= FORMS_KEPT) this.#messages.clear();
      this.#messages.set(ownCopy(words), tally);
    }
    if (tally === null) return;
    tally.count += 1;
    tally.upstreams.add(nginxUpstream(text, client, end));
    if (!text.startsWith(this.#hour, start)) this.#countHour(text.slice(start, start + HOUR_LENGTH));
    this.#hourCount += 1;
  }

  #line(line: string): void {
    const tally = this.#tallyOf(withStatus(line), line);
    if (tally === null) return;
    tally.count += 1;
    tally.upstreams.add(detailsOf(line).upstream ?? '-');
    this.#countHour(hourOf(line));
    this.#hourCount += 1;
  }

  /** The failures from here on are of this hour. */
  #countHour(hour: string): void {
    if (hour === this.#hour && hour !== '-') return;
    if (this.#hourCount > 0) this.#hours.add(this.#hour, this.#hourCount);
    this.#hour = ownCopy(hour);
    this.#hourCount = 0;
  }
}

/** Where `mark` stands next; beyond every place when it does not. */
const nextIn = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from);
  return at === -1 ? Infinity : at;
};

/** The address that the line names, `-` when it names none. */
function nginxUpstream(text: string, from: number, end: number): string {
  const at = text.indexOf('upstream: "', from);
  if (at === -1 || at > end) return '-';
  const scheme = text.indexOf('://', at);
  const start = scheme === -1 || scheme > end ? at + 11 : scheme + 3;
  if (text.startsWith('unix:', start)) return text.slice(start, text.indexOf(':', start + 5));
  const slash = text.indexOf('/', start);
  const quote = text.indexOf('"', start);
  return text.slice(start, slash === -1 || slash > quote ? quote : slash);
}

const HOUR = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d|\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d(?=:)/;

function hourOf(line: string): string {
  return HOUR.exec(line.slice(0, 300))?.[0] ?? '-';
}
