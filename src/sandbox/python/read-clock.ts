import type { VirtualClock } from '../../gateway/clock.ts';
import { RUN_EPOCH } from '../../gateway/run-epoch.ts';

/** So often a program may look at the clock between two waits, and sees the same time. */
const FROZEN_READINGS = 1000;
/** From then on each look moves it by so many ms. */
const TICK_MS = 1;

/**
 * Lets every clock of Python's show simulated time; it reads no others than these two. Time stands still between waits. A
 * program that only looks at the clock until it is late enough would never end that way, so after many looks in a row each
 * one takes a little time, always the same: what is due meanwhile happens, and every run of a program sees the same times.
 * @returns `waited` begins to count anew; `thaw` gives the platform's clocks back
 */
export function freezeClocks(clock: VirtualClock): { readonly waited: () => void; readonly thaw: () => void } {
  let readings = 0;
  const read = (): number => {
    if (++readings > FROZEN_READINGS) tick(clock);
    return clock.now();
  };
  const before = { now: Object.getOwnPropertyDescriptor(performance, 'now'), date: Date.now };
  Object.defineProperty(performance, 'now', { configurable: true, writable: true, value: read });
  Date.now = () => RUN_EPOCH + read();
  return {
    waited: () => {
      readings = 0;
    },
    thaw: () => {
      if (before.now) Object.defineProperty(performance, 'now', before.now);
      else Reflect.deleteProperty(performance, 'now');
      Date.now = before.date;
    },
  };
}

function tick(clock: VirtualClock): void {
  const end = clock.now() + TICK_MS;
  clock.setTimer(() => undefined, TICK_MS);
  while (clock.nextDue !== null && clock.nextDue <= end) clock.fireNext();
}
