import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock.ts';
import { RealClock } from './real-clock.ts';

describe('virtual clock', () => {
  it('jumps from timer to timer, and fires those due together in the order they were set', () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    const note = (name: string) => () => fired.push(`${name}@${clock.now()}`);
    clock.setTimer(note('late'), 60_000);
    clock.setTimer(note('first'), 100);
    clock.setTimer(note('second'), 100);
    while (clock.fireNext());
    expect(fired).toEqual(['first@100', 'second@100', 'late@60000']);
  });

  it('does not fire a cleared timer, nor wait for it', () => {
    const clock = new VirtualClock();
    const fired: number[] = [];
    const cleared = clock.setTimer(() => fired.push(1), 10);
    clock.setTimer(() => fired.push(2), 20);
    clock.clearTimer(cleared);
    clock.clearTimer(12345);
    expect(clock.pending).toBe(1);
    expect(clock.nextDue).toBe(20);
    while (clock.fireNext());
    expect(fired).toEqual([2]);
    expect(clock.now()).toBe(20);
  });

  it('counts a timer that is set inside a timer from there', () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    clock.setTimer(() => clock.setTimer(() => times.push(clock.now()), 5), 10);
    while (clock.fireNext());
    expect(times).toEqual([15]);
  });

  it('never goes back in time, whatever the delays', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.double(), fc.constant(NaN)), { maxLength: 60 }), (delays) => {
        const clock = new VirtualClock();
        const seen: number[] = [];
        for (const delay of delays) clock.setTimer(() => seen.push(clock.now()), delay);
        while (clock.fireNext());
        expect(seen).toHaveLength(delays.length);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      }),
    );
  });
});

describe('real clock', () => {
  it('asks the platform for a tenth of the wait at ten times the speed', () => {
    const asked: number[] = [];
    let platformNow = 500;
    const host = {
      now: () => platformNow,
      setTimeout: (_: () => void, ms: number) => asked.push(ms),
      clearTimeout: () => undefined,
    };
    const clock = new RealClock(host, 10);
    clock.setTimer(() => undefined, 10_000);
    platformNow = 700;
    expect(asked).toEqual([1000]);
    expect(clock.now()).toBe(2000);
  });
  it('stands while it is held', () => {
    const waiting = new Map<number, { callback: () => void; ms: number }>();
    let platformNow = 0;
    const host = {
      now: () => platformNow,
      setTimeout: (callback: () => void, ms: number) => {
        waiting.set(waiting.size + 1, { callback, ms });
        return waiting.size;
      },
      clearTimeout: (timer: number) => void waiting.delete(timer),
    };
    const clock = new RealClock(host, 10);
    let fired = 0;
    clock.setTimer(() => (fired += 1), 1000);
    platformNow = 30;
    clock.hold(true);
    platformNow = 1_000_000;
    expect([clock.now(), waiting.size]).toEqual([300, 0]);
    clock.setTimer(() => (fired += 10), 50);
    clock.hold(false);
    expect(clock.now()).toBe(300);
    expect([...waiting.values()].map(({ ms }) => ms)).toEqual([70, 5]);
    for (const { callback } of [...waiting.values()]) callback();
    expect(fired).toBe(11);
  });
  it('fires in order though the platform rounds the waits', () => {
    const waiting: { callback: () => void; at: number }[] = [];
    let platformNow = 0;
    const host = {
      now: () => platformNow,
      setTimeout: (callback: () => void, ms: number) => waiting.push({ callback, at: platformNow + Math.trunc(ms) }),
      clearTimeout: (timer: number) => {
        waiting.splice(timer - 1, 1, { callback: () => undefined, at: Infinity });
      },
    };
    const clock = new RealClock(host);
    const fired: string[] = [];
    clock.setTimer(() => fired.push('first'), 5.2);
    platformNow = 0.1;
    clock.setTimer(() => fired.push('second'), 5.2);
    clock.setTimer(() => fired.push('cleared'), 5.2);
    clock.setTimer(() => clock.clearTimer(3), 0);
    // The platform's clock creeps on while the timers are set, so that the second is cut down to fewer milliseconds.
    const [first, second] = waiting;
    if (first && second) [first.at, second.at] = [6, 5];
    for (const { callback } of waiting.toSorted((a, b) => a.at - b.at)) callback();
    expect(fired).toEqual(['first', 'second']);
  });
});
