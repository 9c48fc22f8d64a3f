import type { ServerSettings } from '../../schema/system.ts';

/** One run of a server's process, from start to end, ms. All of it is known in advance. */
export interface Life {
  readonly from: number;
  /** When it begins to work on requests. */
  readonly ready: number;
  /** Until then it is slow. */
  readonly warm: number;
  /** When it stops taking new connections; Infinity when it never does. */
  readonly drainFrom: number;
  /** When the process ends and takes all its work along; Infinity when it never does. */
  readonly death: number;
  /** What draining means; `close`: it still answers, and closes each connection after its answer. */
  readonly draining: 'refuse' | 'close';
}

/** The lives of a server, in order. A stop at a time when the process does not run changes nothing. */
export function livesOf({
  startsAt,
  startup,
  stops,
}: Pick<ServerSettings, 'startsAt' | 'startup' | 'stops'>): readonly Life[] {
  const lives: Life[] = [];
  const begin = (from: number): Life => {
    const ready = from + startup.takes;
    return { from, ready, warm: ready + startup.cold, drainFrom: Infinity, death: Infinity, draining: 'refuse' };
  };
  let current: Life | null = begin(startsAt ?? -Infinity);
  for (const stop of [...stops].sort((a, b) => a.at - b.at)) {
    if (stop.at < current.from) continue;
    const death: number = stop.how === 'crash' ? stop.at : stop.at + stop.grace;
    lives.push({ ...current, drainFrom: stop.how === 'drain' ? stop.at : Infinity, death, draining: stop.draining });
    current = stop.restartAfter === undefined ? null : begin(death + stop.restartAfter);
    if (!current) break;
  }
  if (current) lives.push(current);
  return lives;
}
