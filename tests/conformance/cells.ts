import { isDeepStrictEqual } from 'node:util';
import type { Recording, RecordingSet } from '../../src/gateway/recording.ts';
import { toldBy, type Told } from '../../tools/recorder/told.ts';
import { simulate, toldInExchange } from './told.ts';

/** A gateway may be early by rounding, and late on a busy machine, ms. */
const EARLY_MS = 300;
const LATE_MS = 1500;

/** How one fault of one gateway compares: the program now, its recording, the simulator. */
export type Cell =
  | { readonly kind: 'equal' }
  /** The program gave another of the answers that were recorded of it. */
  | { readonly kind: 'race' }
  | {
      readonly kind: 'differs';
      readonly reason: string;
      /** The program was measured, so trying again can tell more: the machine may have been busy. */
      readonly again: boolean;
    };

/**
 * @param now what the real program did just now
 * @param grainMs how rarely the program looks at its timers
 */
export function compare(now: Recording, stored: Recording, recordings: RecordingSet, grainMs = 0): Cell {
  const told = toldBy(now, now.method);
  const recorded = toldBy(stored, stored.method);
  const exchange = simulate(stored.fault, recordings);
  const simulated = toldInExchange(exchange, recordings.gateway, recorded.crash);
  const inSimulator = differences(simulated, recorded);
  if (inSimulator.length > 0) return differs('the simulator and the recording', inSimulator, false);
  if (now.config !== stored.config)
    return { kind: 'differs', reason: 'it is configured in another way than when it was recorded', again: false };
  const inProgram = differences(told, recorded);
  if (inProgram.length > 0) {
    const race = stored.others?.some((other) => isDeepStrictEqual(told, toldBy(other, stored.method))) === true;
    return race ? { kind: 'race' } : differs('the program and its recording', inProgram, true);
  }
  const [took = 0, simulatedTook = 0] = [now.wire, exchange.wire].map((wire) => wire.at(-1)?.at ?? 0);
  if (took < simulatedTook - EARLY_MS - grainMs || took > simulatedTook + LATE_MS) {
    return { kind: 'differs', reason: `it took ${took} ms, ${simulatedTook} ms in the simulator`, again: true };
  }
  return { kind: 'equal' };
}

const differs = (between: string, what: readonly string[], again: boolean): Cell => ({
  kind: 'differs',
  reason: `${between} differ in ${what.join('; ')}`,
  again,
});

/** The parts in which two differ, each with both texts. */
function differences(actual: Told, expected: Told): string[] {
  return (Object.keys(expected) as (keyof Told)[])
    .filter((part) => !isDeepStrictEqual(actual[part], expected[part]))
    .map((part) => `${part} (${short(actual[part])} instead of ${short(expected[part])})`);
}

const short = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};
