import type { Chapter } from '../../schema/fault-schedule.ts';
import { scheduleOf, type Asked, type Strikes } from './schedules.ts';

/** The story of a run, chapter by chapter. Before the first chapter nothing is special. */
export class Chapters {
  readonly #chapters: readonly Chapter[];
  readonly #schedules: readonly Strikes[];

  /** @param chapters in order of their begin */
  constructor(chapters: readonly Chapter[], seed: number) {
    this.#chapters = chapters;
    this.#schedules = chapters.map(({ schedule }, index) => scheduleOf(schedule, seed + 15_485_863 * (index + 1)));
  }

  /** The chapter that runs at `at`; null before the first. */
  chapterAt(at: number): Chapter | null {
    return this.#chapters[this.#indexAt(at)] ?? null;
  }

  /** The fault that the running chapter puts on this request; null when none. Call it once for a request. */
  faultFor(at: number, request: Asked): string | null {
    const index = this.#indexAt(at);
    const chapter = this.#chapters[index];
    if (!chapter || chapter.fault === 'ok') return null;
    return this.#schedules[index]?.strikes(at, request) ? chapter.fault : null;
  }

  /** Factor on service that begins at `at`. */
  readonly slowAt = (at: number): number => this.chapterAt(at)?.slow ?? 1;

  /** Factor on the arrival rate at `at`. */
  readonly loadAt = (at: number): number => this.chapterAt(at)?.load ?? 1;

  /** When the next chapter after `at` begins; Infinity after the last. */
  readonly changeAfter = (at: number): number => this.#chapters[this.#indexAt(at) + 1]?.at ?? Infinity;

  /** Position of the last chapter that began until `at`; -1 before the first. */
  #indexAt(at: number): number {
    let low = 0;
    let high = this.#chapters.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#chapters[middle] as Chapter).at <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
