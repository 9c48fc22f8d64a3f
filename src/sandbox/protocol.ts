import type { Exchange } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { GatewayKit } from '../gateway/kit.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { GuestPorts, PartTexts } from './part-texts.ts';
import type { ProgramImports } from './libraries.ts';

/** What the page sends to a guest: one program to run, once. A guest runs one program and is then thrown away. */
export interface RunRequest {
  readonly kind: 'run';
  /** JavaScript (TypeScript is stripped before it comes here), as an ES module; or the language that the guest has become one for. */
  readonly code: string;
  /** Name that stack traces show, e.g. `client.js`. */
  readonly fileName: string;
  readonly scenario: Scenario;
  /** What the scenario's gateway needs in order to answer. */
  readonly kit: GatewayKit;
  /** Code that only some programs need; left out under Node, where all of it is there. */
  readonly parts?: PartTexts;
  /** Left out when the program imports nothing. */
  readonly imports?: ProgramImports;
  readonly time: TimeMode;
  /** Time stands as soon as the first request leaves, as after a `step`. */
  readonly stepwise?: boolean;
  /** What the reader has typed already, in earlier goes of this run (`python/keyboard.ts`). */
  readonly answers?: readonly Answer[];
  readonly ports?: GuestPorts;
}

/** What the reader gives a program that asks for a line of input. */
export type Answer =
  { readonly kind: 'line'; readonly text: string } | { readonly kind: 'end' } | { readonly kind: 'interrupt' };

/** `pause`: time stands. `step`: on to the next request or the next end of an exchange. `run`: on to the end. */
export type Pace = 'run' | 'pause' | 'step';

/** Makes a guest one for another language, before it runs anything; it says `ready` again when it is. */
export interface Becoming {
  /** A script that exports `become`, as an ES module (`python/become-python.ts`). */
  readonly text: string;
  /** On which its files come, each when it is there (`python/python-files.ts`). */
  readonly files: MessagePort;
  /** What it will most likely run. */
  readonly likely: LikelyRun;
  /** On which the guest answers the editor's questions until it has a program to run (`python/questions.ts`). */
  readonly questions: MessagePort;
}

/** A guest on its way to another language. */
export interface ComingUp {
  readonly becoming: Becoming;
  /** Rejects when a file that it waits for cannot be had: it will never be ready. */
  readonly files: Promise<unknown>;
}

/** The gateway that a guest gets ready for. */
export type LikelyRun = Pick<RunRequest, 'scenario' | 'kit'>;

/** What the page asks for. The guest has to answer to `ask`, so that the page knows that it still can. */
export type PageMessage =
  | RunRequest
  | ({ readonly kind: 'become' } & Becoming)
  | { readonly kind: 'pace'; readonly pace: Pace }
  /** The reader has stopped the program, which may end in its own way if it does so soon. */
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'ask' };

/** A run as the page orders it. */
export type PageRequest = Omit<RunRequest, 'kind' | 'ports'>;

/** The scenario's gateway as code: each guest script is built with one. */
export interface GatewayModule {
  readonly openGateway: (scenario: Scenario, kit: GatewayKit) => Gateway;
}

/** `instant`: the clock jumps over every wait. `fast`: ten times as fast as life. `real`: as long as in life. */
export type TimeMode = 'instant' | 'fast' | 'real';

/** What a guest sends to the page, in the order in which it happened. Plain JSON. `at` is simulated ms since the run began. */
export type GuestMessage =
  | { readonly kind: 'ready' }
  | ConsoleEntry
  | {
      readonly kind: 'requested';
      readonly id: number;
      readonly at: number;
      readonly method: string;
      readonly url: string;
    }
  | { readonly kind: 'exchanged'; readonly exchange: Exchange }
  | ProgramFailure
  /** Time stands until the page says `step` or `run`. */
  | { readonly kind: 'paused'; readonly at: number }
  | { readonly kind: 'finished'; readonly simulatedMs: number };

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug' | 'table';

export interface ConsoleEntry {
  readonly kind: 'console';
  readonly level: ConsoleLevel;
  readonly values: readonly ConsoleValue[];
  readonly at: number;
  readonly position: SourcePosition | null;
  /** How many `console.group()`s are open around it; left out when none is. */
  readonly depth?: number;
}

/** The program ended with an error that it did not handle. */
export interface ProgramFailure {
  readonly kind: 'failed';
  readonly how: 'syntax' | 'uncaught' | 'rejection';
  readonly name: string;
  readonly message: string;
  /** The stack with the reader's own frames only, e.g. `at placeOrder (client.js:12:9)`. */
  readonly stack: string;
  readonly at: number;
  readonly position: SourcePosition | null;
}

/** Line and column in the reader's program, from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/**
 * A value as the console shows it: JavaScript structure that survives JSON, cut where it is deep or long. `label` names
 * the class, e.g. `Set` or `Order`; it is empty for plain arrays and objects. `more` counts what was left out.
 */
export type ConsoleValue =
  | {
      readonly type: 'string' | 'number' | 'bigint' | 'boolean' | 'symbol' | 'null' | 'undefined';
      readonly text: string;
    }
  | { readonly type: 'function' | 'class'; readonly text: string }
  | {
      readonly type: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly cause?: ConsoleValue;
    }
  | { readonly type: 'list'; readonly label: string; readonly items: readonly ConsoleValue[]; readonly more: number }
  | {
      readonly type: 'record';
      readonly label: string;
      readonly fields: readonly (readonly [string, ConsoleValue])[];
      readonly more: number;
    }
  | {
      readonly type: 'map';
      readonly label: string;
      readonly entries: readonly (readonly [ConsoleValue, ConsoleValue])[];
      readonly more: number;
    }
  /** Cut off: too deep, or seen before (circular). */
  | { readonly type: 'elided'; readonly text: string };

/** Everything one run showed. The page draws from it; the build computes it for the unedited program. */
export interface RunResult {
  readonly console: readonly ConsoleEntry[];
  readonly exchanges: readonly Exchange[];
  readonly failure: ProgramFailure | null;
  /** ms of simulated time from start to end. */
  readonly simulatedMs: number;
}

/** How a run came to its end: by itself, by Stop, or because the sandbox could not go on. */
export type RunEnd = 'finished' | 'stopped' | 'crashed';
