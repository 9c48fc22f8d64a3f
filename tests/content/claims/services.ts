import { seededRandom } from '../../../src/gateway/random.ts';
import { TimeHeap } from '../../../src/gateway/system/time-heap.ts';
import { UpstreamSystem } from '../../../src/gateway/system/system.ts';
import { systemSchema } from '../../../src/schema/system.ts';
import type { Service } from './trace.ts';

/** Models, and what an AI gateway may have in front of them. Times in ms. */

const TIMEOUTS = { connectMs: 1000, readMs: 5000 };
const REFUSAL_MS = 1;

export interface ModelSettings {
  /** Servers that run all the time. */
  readonly servers: number;
  /** Servers that start later. */
  readonly more?: { readonly count: number; readonly at: number };
  /** The whole model is gone in this span. */
  readonly downFrom?: number;
  readonly downTo?: number;
  /** Work takes this many times as long in a span. */
  readonly slow?: { readonly from: number; readonly to: number; readonly factor: number };
  /** Share of requests that a bug answers with 500, whatever the load. */
  readonly bug?: number;
  readonly seed?: number;
}

/** A model: servers of five workers, a fifth of a second for most answers, and a queue that turns nobody away for long. */
export function model({ servers, more, downFrom, downTo, slow, bug = 0, seed = 1 }: ModelSettings): Service {
  const one = {
    workers: 5,
    queue: 128,
    service: { lognormal: { median: '200ms', sigma: 0.5 } },
    ...(slow ? { slowSpans: [{ from: `${slow.from}ms`, to: `${slow.to}ms`, factor: slow.factor }] } : {}),
    ...(downFrom === undefined || downTo === undefined
      ? {}
      : { stops: [{ at: `${downFrom}ms`, how: 'crash', restartAfter: `${downTo - downFrom}ms` }] }),
  };
  const count = servers + (more?.count ?? 0);
  const system = new UpstreamSystem({
    settings: systemSchema.parse({
      servers: Array.from({ length: count }, (_, index) => ({
        ...one,
        address: `10.0.0.${index + 1}:8080`,
        ...(more && index >= servers ? { startsAt: `${more.at}ms` } : {}),
      })),
      balancer: { policy: 'least-connections', retries: { on: ['error'] } },
    }),
    timeouts: TIMEOUTS,
    oneWayMs: 1,
    seed,
  });
  const random = seededRandom(seed + 1000);
  return (at) => {
    const broken = random() < bug;
    const { fault, endMs } = system.offer({ method: 'GET' }, at);
    return broken && fault === 'ok' ? { fault: 'app-503', endMs } : { fault, endMs };
  };
}

/** Answers a share of the requests from memory. */
export function cached(share: number, service: Service): Service {
  const random = seededRandom(77);
  return (at) => (random() < share ? { fault: 'ok', endMs: REFUSAL_MS } : service(at));
}

/** The median of so many answers, the first ones, is the usual time. */
const FIRST = 50;

/**
 * Lets as many requests in at the same time as the service answers in good time, and finds out how many that are: one more
 * for each round of good answers, a tenth fewer when an answer fails or takes three times as long as usual.
 */
export function adaptiveLimit(service: Service): Service {
  let limit = 20;
  let inFlight = 0;
  let usual = Infinity;
  let calmUntil = 0;
  const times: number[] = [];
  const open = new TimeHeap();
  const finished = (took: number, at: number): void => {
    inFlight--;
    const failed = took < 0;
    if (!failed && usual === Infinity) {
      times.push(took);
      if (times.length === FIRST) usual = times.toSorted((a, b) => a - b)[FIRST / 2] ?? Infinity;
    }
    if ((failed || took > 3 * usual) && at >= calmUntil) {
      limit = Math.max(1, limit * 0.9);
      calmUntil = at + 200;
    } else if (!failed && took <= 3 * usual) limit += 1 / limit;
  };
  return (at) => {
    while (open.first <= at) {
      const [took, end] = [open.firstTag, open.first];
      open.pop();
      finished(took, end);
    }
    if (inFlight >= limit) return { fault: 'app-503', endMs: REFUSAL_MS };
    const answer = service(at);
    inFlight++;
    open.push(at + answer.endMs, answer.fault === 'ok' ? answer.endMs : -1);
    return answer;
  };
}
