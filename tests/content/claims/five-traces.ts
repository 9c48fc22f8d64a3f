import { adaptiveLimit, cached, model, type ModelSettings } from './services.ts';
import type { Service } from './trace.ts';

/** Five traces of a model that does 88 requests a second, and what an AI gateway may do about each. Times in ms. */

const MINUTE = 60_000;
const PER_SECOND = 60;
const RUSH = 2.5;

interface Trace {
  readonly perSecond: (at: number) => number;
  /** What happens to the model. */
  readonly model: Omit<ModelSettings, 'servers'>;
  /** When the trouble begins, which an alarm notices at once. */
  readonly begins: number;
}

const rush =
  (from: number, to: number) =>
  (at: number): number =>
    at >= from && at < to ? RUSH * PER_SECOND : PER_SECOND;
const steady = (): number => PER_SECOND;

export const TRACES: Readonly<Record<string, Trace>> = {
  rush: { perSecond: rush(2 * MINUTE, 4 * MINUTE), model: {}, begins: 2 * MINUTE },
  'early rush': { perSecond: rush(MINUTE, 3 * MINUTE), model: {}, begins: MINUTE },
  slow: {
    perSecond: steady,
    model: { slow: { from: 2 * MINUTE, to: 3 * MINUTE, factor: 6 } },
    begins: 2 * MINUTE,
  },
  down: { perSecond: steady, model: { downFrom: 2 * MINUTE, downTo: 3 * MINUTE }, begins: 2 * MINUTE },
  bug: { perSecond: steady, model: { bug: 0.05 }, begins: 2 * MINUTE },
};

const SERVERS = 4;
const MORE = 4;
/** From the alarm to servers that work. */
const SCALING_MS = 1.5 * MINUTE;
/** The forecast says that the rush comes after two minutes; its servers are there half a minute before. */
const FORECAST_MS = 1.5 * MINUTE;

const plain = ({ model: settings }: Trace): Service => model({ servers: SERVERS, ...settings });
const scaledAt = (at: number, { model: settings }: Trace): Service =>
  model({ servers: SERVERS, more: { count: MORE, at }, ...settings });
/** Another model of half the size, which has nothing else to do. */
const second = (): Service => model({ servers: SERVERS / 2, seed: 9 });

/** The services of a trace under each measure, the first one asked first. */
export const MEASURES: Readonly<Record<string, (trace: Trace) => readonly Service[]>> = {
  nothing: (trace) => [plain(trace)],
  autoscaling: (trace) => [scaledAt(trace.begins + SCALING_MS, trace)],
  prediction: (trace) => [scaledAt(FORECAST_MS, trace)],
  'adaptive limit': (trace) => [adaptiveLimit(plain(trace))],
  fallback: (trace) => [plain(trace), second()],
  'limit and fallback': (trace) => [adaptiveLimit(plain(trace)), second()],
  'cache, 5 % hits': (trace) => [cached(0.05, plain(trace))],
  'cache, 50 % hits': (trace) => [cached(0.5, plain(trace))],
};
