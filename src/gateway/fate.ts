import type { TimedAttempt, TimeOf } from './timeline.ts';

/**
 * What a simulated system decided about a request before any recording is looked up: which servers the gateway asked, and
 * when it was done. Left out, the recording and the scenario's timers decide alone.
 */
export interface Fate {
  /** When the attempts began that the recording tells of, ms since the gateway had the request. */
  readonly startsMs: number;
  /** When the gateway had the answer; null where one of its timers or its own retries decided, as recorded. */
  readonly endsMs: number | null;
  /** Address of each server, in the order in which the recording names them. */
  readonly addresses: readonly string[];
  /** Attempts that the recording does not tell of. They came first. */
  readonly earlier: readonly TimedAttempt[];
  /** Attempts that the recording tells of as well. */
  readonly told: readonly TimedAttempt[];
}

/** The recording's time line, moved to where this fate puts it. @param firstMs the recording's first event */
export function movedTo(fate: Fate | undefined, firstMs: number, timeOf: TimeOf): TimeOf {
  if (!fate) return timeOf;
  const { startsMs, endsMs } = fate;
  return endsMs === null ? (at) => startsMs + timeOf(at) : (at) => endsMs + Math.max(0, at - firstMs);
}

/** All attempts: the fate's own, and the recording's where the gateway itself made more of them than the system knows. */
export function fatedAttempts(
  fate: Fate,
  recorded: number,
  fromRecording: () => readonly TimedAttempt[],
): TimedAttempt[] {
  if (fate.told.length > 0 && recorded <= fate.told.length) return [...fate.earlier, ...fate.told];
  const { startsMs } = fate;
  const later = fromRecording().map(({ attempt, times }) => ({
    times,
    attempt: {
      ...attempt,
      startedAt: attempt.startedAt + startsMs,
      wire: attempt.wire.map((event) => ({ ...event, at: event.at + startsMs })),
    },
  }));
  return [...fate.earlier, ...later];
}
