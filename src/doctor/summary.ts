import type { CauseId, GatewayId } from '../gateway/ids.ts';
import { diagnose } from './diagnose.ts';
import { detailsOf } from './line-details.ts';

/**
 * Counts a log of any size. Memory stays bounded: lines of one form are diagnosed once, and all that is kept is counts
 * under a limited number of names.
 */

export interface Summary {
  readonly lines: number;
  /** Lines that name a cause. */
  readonly failures: number;
  readonly causes: readonly (readonly [CauseId, number])[];
  readonly gateways: readonly (readonly [GatewayId, number])[];
  readonly upstreams: readonly (readonly [upstream: string, cause: CauseId, count: number])[];
  /** Failures per hour, in the log's own writing of time. */
  readonly hours: readonly (readonly [hour: string, number])[];
}

interface Verdict {
  readonly cause: CauseId | null;
  readonly gateway: GatewayId | null;
}

const FORMS_KEPT = 20_000;
const NAMES_KEPT = 5000;
const LONGEST_LINE = 16_384;
const NOTHING: Verdict = { cause: null, gateway: null };
const COUNTED_AS_NOTHING = new Set<CauseId>(['unrelated-text', 'not-a-failure']);
/** The rest of names, when there are too many of them. */
const REST = '(others)';

class Counts<Name extends string> {
  readonly #counts = new Map<Name, number>();

  add(name: Name): void {
    const before = this.#counts.get(name);
    if (before === undefined && this.#counts.size >= NAMES_KEPT) {
      const rest = REST as Name;
      this.#counts.set(rest, (this.#counts.get(rest) ?? 0) + 1);
    } else this.#counts.set(name, (before ?? 0) + 1);
  }

  sorted(): readonly (readonly [Name, number])[] {
    return [...this.#counts].sort((a, b) => b[1] - a[1]);
  }
}

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
  #rest = '';
  #lines = 0;
  #failures = 0;
  readonly #forms = new Map<string, Verdict>();
  readonly #causes = new Counts<CauseId>();
  readonly #gateways = new Counts<GatewayId>();
  readonly #upstreams = new Counts<string>();
  readonly #hours = new Counts<string>();

  push(piece: string): void {
    let start = 0;
    let end = piece.indexOf('\n');
    if (this.#rest !== '' && end !== -1) {
      this.#line(this.#rest + piece.slice(0, end));
      this.#rest = '';
      start = end + 1;
      end = piece.indexOf('\n', start);
    }
    while (end !== -1) {
      this.#line(piece.slice(start, end));
      start = end + 1;
      end = piece.indexOf('\n', start);
    }
    const rest = this.#rest + piece.slice(start);
    this.#rest = rest.length > LONGEST_LINE ? rest.slice(0, LONGEST_LINE) : rest;
  }

  finish(): Summary {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
    return {
      lines: this.#lines,
      failures: this.#failures,
      causes: this.#causes.sorted(),
      gateways: this.#gateways.sorted(),
      upstreams: this.#upstreams.sorted().map(([name, count]) => {
        const space = name.lastIndexOf(' ');
        return [name.slice(0, space), name.slice(space + 1) as CauseId, count];
      }),
      hours: [...this.#hours.sorted()].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
    };
  }

  #verdict(form: string, line: string): Verdict {
    const known = this.#forms.get(form);
    if (known !== undefined) return known;
    const { causes, gateway } = diagnose(line.slice(0, LONGEST_LINE));
    const top = causes[0];
    const verdict = top === undefined || COUNTED_AS_NOTHING.has(top.cause) ? NOTHING : { cause: top.cause, gateway };
    if (this.#forms.size >= FORMS_KEPT) this.#forms.clear();
    this.#forms.set(form, verdict);
    return verdict;
  }

  #line(line: string): void {
    if (line === '') return;
    this.#lines += 1;
    // The message of an nginx error log stands between `: *connection ` and `, client: `; most logs to count are of that form.
    const connection = line.indexOf(': *', 20);
    const message = connection > 0 && connection < 90 ? line.indexOf(' ', connection + 3) : -1;
    const client = message > 0 ? line.indexOf(', client: ', message) : -1;
    const isNginx = client > 0;
    const verdict = this.#verdict(isNginx ? line.slice(message, client) : withStatus(line), line);
    if (verdict.cause === null) return;
    this.#failures += 1;
    this.#causes.add(verdict.cause);
    if (verdict.gateway !== null) this.#gateways.add(verdict.gateway);
    const upstream = isNginx ? nginxUpstream(line, client) : detailsOf(line).upstream;
    this.#upstreams.add(`${upstream ?? '-'} ${verdict.cause}`);
    this.#hours.add(isNginx ? line.slice(0, 13) : hourOf(line));
  }
}

function nginxUpstream(line: string, from: number): string | undefined {
  const at = line.indexOf('upstream: "', from);
  if (at === -1) return undefined;
  const scheme = line.indexOf('://', at);
  const start = scheme === -1 ? at + 11 : scheme + 3;
  if (line.startsWith('unix:', start)) return line.slice(start, line.indexOf(':', start + 5));
  const slash = line.indexOf('/', start);
  const quote = line.indexOf('"', start);
  return line.slice(start, slash === -1 || (quote !== -1 && quote < slash) ? quote : slash);
}

const HOUR = /\d{4}[-/]\d\d[-/]\d\d[T ]\d\d|\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d(?=:)/;

function hourOf(line: string): string {
  return HOUR.exec(line.slice(0, 300))?.[0] ?? '-';
}
