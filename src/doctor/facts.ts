/**
 * What a reader of a log format finds in one line. Readers know formats, rules know what the facts mean: a reader says
 * `haproxy:SC`, a rule says that this is a refused connection.
 */

/** A place in the text, from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A named fact with the place that proves it, e.g. `envoy:UF` or `status:502`. */
export interface Mark extends Span {
  readonly name: string;
}

/** Details of a request, as far as a line gives them. */
export interface Details {
  readonly method?: string;
  readonly host?: string;
  readonly path?: string;
  readonly upstream?: string;
  readonly status?: number;
  readonly elapsedMs?: number;
  readonly requestId?: string;
  /** The line names several upstreams, one for each try. */
  readonly retried?: true;
}

export interface LineFacts {
  readonly marks: readonly Mark[];
  readonly details: Details;
}

/** Knows one format of line. `line` is cleaned text without its line break; spans count from its start. */
export interface Reader {
  readonly id: string;
  /** A word that every such line contains; others are not looked at. */
  readonly sign: string;
  readonly read: (line: string) => LineFacts | null;
}

/** The span of one group of a match made with the `d` flag, moved by nothing. */
export function spanOf(match: RegExpExecArray, group: string): Span {
  const indices = match.indices?.groups?.[group];
  return indices === undefined
    ? { start: match.index, end: match.index + match[0].length }
    : { start: indices[0], end: indices[1] };
}

/** One request of a HAR file; the place is that of its address. */
export interface RequestPlace extends Span {
  readonly url: string;
  readonly method: string;
  /** 0: no answer. */
  readonly status: number;
}
