import type { Exchange } from '../gateway/exchange.ts';
import { outcomeOf } from '../gateway/exchange.ts';
import type { RunResult } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';

/** What the page carries for one playground, beside its HTML. Plain JSON. */
export interface PlaygroundData {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly scenarioId: string;
  readonly scenario: Scenario;
  /** What the scenario simulates, in one line. */
  readonly simulates: string;
  /** Where the kit of the scenario's gateway is served. */
  readonly kitUrl: string;
  /** Where the script is served that runs programs against this gateway. */
  readonly guestUrl: string;
  /** For the free playground, whose reader chooses and writes scenarios: the text of its first one. */
  readonly free?: { readonly yaml: string };
  readonly files: readonly PlaygroundFile[];
  /** What the unedited program did when the page was built. */
  readonly recorded: RunResult | null;
}

/** What a playground can run. */
export type ProgramLanguage = 'js' | 'ts' | 'py';

export interface PlaygroundFile {
  /** E.g. `client.js`. */
  readonly name: string;
  readonly lang: ProgramLanguage;
}

/** A file as the page shows it: its program, and the same highlighted. */
export interface PlaygroundSource {
  readonly code: string;
  readonly html: string;
}

/** The exchange whose details are worth showing first: the first one that failed, else the first. */
export const instructive = (exchanges: readonly Exchange[]): Exchange | null =>
  exchanges.find((exchange) => outcomeOf(exchange) !== '2xx') ?? exchanges[0] ?? null;
