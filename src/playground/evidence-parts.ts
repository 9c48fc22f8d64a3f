import type { ButtonHTMLAttributes, ComponentChildren, JSX } from 'preact';
import type { Exchange } from '../gateway/exchange.ts';
import type { ConsoleEntry, ConsoleValue, ProgramFailure } from '../sandbox/protocol.ts';
import type { StructureValue } from './console-preview.ts';

/** Rows that a view draws without {@link EvidenceTools}. */
export const FEW = 100;

/** A request that has been sent and not answered yet. */
export interface PendingRequest {
  readonly id: number;
  /** Simulated ms since the run began. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
}

export interface NetworkProps {
  /** Name of the table; `Network` when left out. */
  readonly label?: string;
  readonly exchanges: readonly Exchange[];
  readonly pending: readonly PendingRequest[];
  /** Origin whose URLs are shown as paths. */
  readonly origin: string;
  /** Simulated ms that the whole width of the time line stands for. */
  readonly spanMs: number;
  /** Id of the exchange whose details are shown. */
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
  readonly empty: string;
}

/** How the reader looks at the table of exchanges. */
export interface NetworkState {
  /** Index of the column that sorts; the first one when left out. */
  readonly column?: number;
  readonly down?: boolean;
  readonly query?: string;
}

export interface ConsoleProps {
  readonly entries: readonly ConsoleEntry[];
  readonly failure: ProgramFailure | null;
  /** What stands there when nothing was printed. */
  readonly empty: string;
}

/** Levels that the reader wants to see. */
export type ConsoleState = 'all' | 'no-debug' | 'problems' | 'errors';

export interface GatewayLogProps extends LedgerProps {
  /** What stands there when there is no line. */
  readonly empty: string;
}

export interface LedgerProps {
  readonly exchanges: readonly Exchange[];
  /** Id of the exchange whose details are shown. */
  readonly chosen: number | null;
  readonly onChoose: (id: number) => void;
}

export interface LogLine {
  /** Id of the exchange that the line is about. */
  readonly id: number;
  readonly kind: 'access' | 'error';
  readonly text: string;
}

/** The files that the reader wants to see. */
export type GatewayLogState = 'both' | LogLine['kind'];

/** How a reader looks at a view, and how that changes. */
export interface Look<State> {
  readonly state: State;
  readonly setState: (state: State) => void;
}

/** What a row's button can do beside choosing the row. */
export type ButtonExtras = ButtonHTMLAttributes;

type Parts<Name extends string> = Readonly<Record<Name, ComponentChildren>>;
type ErrorValue = Extract<ConsoleValue, { readonly type: 'error' }>;
type DrawValue = (value: ConsoleValue) => JSX.Element | string;

/** What the views can do beyond drawing a few rows: each function draws the parts of its view that the reader can use. */
export interface EvidenceTools {
  network(
    props: NetworkProps,
    look: Look<NetworkState>,
    drawRow: (exchange: Exchange, extras: ButtonExtras) => JSX.Element,
  ): Parts<'filter' | 'head' | 'body'>;
  console(
    props: ConsoleProps,
    look: Look<ConsoleState>,
    drawEntry: (entry: ConsoleEntry, index: number) => JSX.Element,
  ): Parts<'head' | 'lines'>;
  gatewayLog(
    props: Pick<GatewayLogProps, 'chosen' | 'onChoose'>,
    lines: readonly LogLine[],
    look: Look<GatewayLogState>,
    drawLine: (line: LogLine, index: number, extras: ButtonExtras) => JSX.Element,
  ): Parts<'head' | 'lines'>;
  /** What the upstream's application did because of the requests. */
  ledger(props: LedgerProps): JSX.Element;
  /** An error with its stack and what caused it. */
  error(value: ErrorValue, draw: DrawValue): JSX.Element;
  /** What a structure holds, one member a line. */
  members(value: StructureValue, draw: DrawValue): JSX.Element;
  /** `console.table`: a row for each member, a column for each name that a row has. */
  table(value: ConsoleValue, draw: DrawValue): JSX.Element | string;
}
