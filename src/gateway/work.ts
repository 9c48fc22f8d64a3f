import type { ServerScript, UpstreamResponse } from './fault.ts';
import type { CauseId } from './ids.ts';
import type { Reaction } from './recorded-fault.ts';
import type { Offer } from './system/offer.ts';

/**
 * What the application makes of one request, before it asks its ledger. A gateway that repeats a request gives the
 * application several.
 */
export type Work =
  /** It answers by itself, without doing anything, e.g. with 503. `response` is null where it is the one of the turn. */
  | { readonly kind: 'refuses'; readonly response: UpstreamResponse | null }
  /** It begins and fails, e.g. with an exception; the answer is one that ledgers store. */
  | { readonly kind: 'fails'; readonly response: UpstreamResponse }
  /** It does what it was asked for. Times in ms since the gateway had the request; done, even if nobody hears of it. */
  | { readonly kind: 'does'; readonly askedMs: number; readonly doneMs: number }
  /** Its process ends in the middle: nothing is stored, and nothing has happened. */
  | { readonly kind: 'dies' };

/** Causes with which a FastCGI or uWSGI application has run to its end. */
const RAN: ReadonlySet<CauseId | null> = new Set([null, 'upstream-timeout', 'header-too-big'] as const);

/** Answers after work had begun. An application that refuses (401, 429, 503 …) does so before. */
const BEGUN: ReadonlySet<number> = new Set([500, 502, 504]);

/**
 * The application's part in a fault that was put in, a step for each time the gateway came to a server. Where a server
 * had the whole request and its answer was lost on the way, the work was done: that is the case a client has to fear.
 * @param worksMs how long the application works
 */
export function workIn({ variant, recording, passedOn }: Reaction, oneWayMs: number, worksMs: number): Work[] {
  const done: Work = { kind: 'does', askedMs: 2 * oneWayMs, doneMs: 3 * oneWayMs + worksMs };
  if (variant.cause === 'worker-crashed') return [{ kind: 'dies' }];
  if (variant.cause === 'protocol-mismatch') return [];
  if (variant.group === 'cgi') return RAN.has(variant.cause) ? [done] : [];
  const tried = recording.tried ?? Array.from({ length: Math.max(1, recording.attempts) }, () => 0);
  return tried.flatMap((server, index) => {
    const script = variant.servers[server];
    const answered = passedOn !== null && index === tried.length - 1;
    return script ? workOf(script, variant.group === 'request' ? 'request' : 'answer', answered, done) : [];
  });
}

function workOf(script: ServerScript, broken: 'request' | 'answer', answered: boolean, done: Work): Work[] {
  switch (script.kind) {
    case 'closed':
    case 'blackhole':
    case 'unresolvable':
    case 'unix':
    case 'tls-only':
    case 'http2':
    case 'cgi':
      return [];
    case 'slow-connect':
      return [done];
    case 'http': {
      const { response } = script;
      if (response && response.status >= 400) {
        return [BEGUN.has(response.status) ? { kind: 'fails', response } : { kind: 'refuses', response }];
      }
      // A refused certificate, a connection that had ended, a request that the gateway did not let pass: only an answer proves the rest.
      const doubtful = script.tls !== undefined || script.onReuse !== undefined || broken === 'request';
      return doubtful && !answered ? [] : [done];
    }
    case 'tcp':
      // `head`: it answered, or left, before it had read the body.
      return script.after === 'request' ? [done] : [];
  }
}

/** The application's part in what a simulated system decided: each attempt that a worker finished. */
export function workBehind({ attempts, fault }: Offer): Work[] {
  if (fault === 'app-429' || fault === 'app-503') return [{ kind: 'refuses', response: null }];
  return attempts.flatMap(({ workDoneMs, reason, startedMs }): Work[] => {
    if (workDoneMs !== null) return [{ kind: 'does', askedMs: startedMs, doneMs: workDoneMs }];
    return reason === 'process-died' || reason === 'worker-killed' ? [{ kind: 'dies' }] : [];
  });
}
