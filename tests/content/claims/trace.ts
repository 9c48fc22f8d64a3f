import type { SystemFault } from '../../../src/gateway/system/offer.ts';
import { seededRandom } from '../../../src/gateway/random.ts';
import { TimeHeap } from '../../../src/gateway/system/time-heap.ts';

/** Five minutes of requests that do not care how the service does, and who gets an answer. Times in ms. */

const LENGTH_MS = 5 * 60_000;
const SEED = 502;

/** What one request got, and when. */
export interface Answer {
  readonly fault: SystemFault;
  readonly endMs: number;
}

/** Whoever takes requests: a model, or something in front of it. Asked in the order of time. */
export type Service = (at: number) => Answer;

export interface Outcome {
  readonly offered: number;
  readonly served: number;
  /** Requests by what they met. */
  readonly met: ReadonlyMap<SystemFault, number>;
  /** Attempts that the services saw, in order of the services. */
  readonly asked: readonly number[];
}

/**
 * Sends a trace to the first service, and what fails there to the next one, as soon as it has failed.
 * @param perSecond rate of arrival at a moment
 */
export function play(perSecond: (at: number) => number, services: readonly Service[]): Outcome {
  const random = seededRandom(SEED);
  const later = new TimeHeap();
  const met = new Map<SystemFault, number>();
  const asked = services.map(() => 0);
  let offered = 0;

  const send = (place: number, at: number): void => {
    const service = services[place];
    if (!service) return;
    asked[place] = (asked[place] ?? 0) + 1;
    const { fault, endMs } = service(at);
    if (fault !== 'ok' && place + 1 < services.length) later.push(at + endMs, place + 1);
    else met.set(fault, (met.get(fault) ?? 0) + 1);
  };
  const catchUp = (until: number): void => {
    while (later.first <= until && later.first !== Infinity) {
      const at = later.first;
      const place = later.firstTag;
      later.pop();
      send(place, at);
    }
  };

  for (let at = 0; ;) {
    at -= (Math.log(1 - random()) * 1000) / perSecond(at);
    if (at >= LENGTH_MS) break;
    catchUp(at);
    offered++;
    send(0, at);
  }
  catchUp(Infinity);
  return { offered, served: met.get('ok') ?? 0, met, asked };
}
