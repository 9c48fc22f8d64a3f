import type { Incident } from '../incident.ts';
import type { Store } from '../incident-store.ts';
import { incidentFrom, practiceKey } from '../stored.ts';
import type { NamedCause, RecordedIncident } from './recorded.ts';

/** A reader's way through a recorded incident. */
export interface Run {
  readonly recorded: RecordedIncident;
  readonly causes: readonly NamedCause[];
  /** What the reader has ticked, noted and seen. */
  readonly incident: Incident;
  /** Ids of the steps that were tried, in order. */
  readonly tried: readonly string[];
  /** How it ended: the reader named the cause, or had it shown. */
  readonly ended: 'named' | 'shown' | null;
}

/** A run in which nothing is done yet. @param values what the commands of the recording ran with */
export const newRun = (recorded: RecordedIncident, causes: readonly NamedCause[], values: Incident['values']): Run => ({
  ...{ recorded, causes, tried: [], ended: null },
  incident: { id: 'practice', name: 'Practice', values, steps: {} },
});

/**
 * In place of the reader's incidents while a list is practiced: one incident, kept for this tab only and under a key of its
 * own, so that nothing of it can reach theirs.
 */
export class PracticeStore implements Store {
  readonly key: string;
  readonly kept = true;
  #run: Run;

  constructor(listId: string, run: Run) {
    this.key = practiceKey(listId);
    this.#run = run;
    this.#keep();
  }

  get run(): Run {
    return this.#run;
  }

  get practice(): string {
    const { recordedWith, recorded } = this.#run.recorded;
    return `Practice on an incident recorded with ${recordedWith} on ${recorded}. Nothing of this happened on a system in use.`;
  }

  get all(): readonly Incident[] {
    return [this.#run.incident];
  }

  get current(): Incident {
    return this.#run.incident;
  }

  read(): void {
    // Nothing else changes it.
  }

  changeAll(change: (incidents: readonly Incident[]) => readonly Incident[]): void {
    const changed = change(this.all).find(({ id }) => id === this.current.id);
    if (changed) this.#change({ incident: changed });
  }

  change(change: (incident: Incident) => Incident): void {
    this.changeAll((incidents) => incidents.map(change));
  }

  put(incident: Incident): void {
    this.changeAll(() => [incident]);
  }

  open(): void {
    // There is one incident, and it is open.
  }

  /** Keeps that a step was tried. */
  try(id: string): void {
    const { tried } = this.#run;
    if (!tried.includes(id)) this.#change({ tried: [...tried, id] });
  }

  /** Keeps how the search for the cause ended. */
  end(ended: 'named' | 'shown'): void {
    this.#change({ ended });
  }

  /** Leaves nothing behind. */
  forget(): void {
    forgetRun(this.key);
  }

  #change(change: Partial<Run>): void {
    this.#run = { ...this.#run, ...change };
    this.#keep();
  }

  #keep(): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ format: 1, ...this.#run }));
    } catch {
      // It lasts until the reader leaves the page.
    }
  }
}

/** The run that this tab was in the middle of; null when there is none that this edition of the site can go on with. */
export function keptRun(listId: string): Run | null {
  const key = practiceKey(listId);
  try {
    const data = JSON.parse(sessionStorage.getItem(key) ?? 'null') as ({ format: number } & Run) | null;
    const incident = incidentFrom(data?.incident);
    const isOurs = data?.format === 1 && typeof data.recorded.steps === 'object' && Array.isArray(data.tried);
    if (data && incident && isOurs && Array.isArray(data.causes)) {
      const { recorded, causes, tried, ended } = data;
      return { recorded, causes, incident, tried, ended };
    }
  } catch {
    // It is as good as none.
  }
  forgetRun(key);
  return null;
}

function forgetRun(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Then nothing was kept.
  }
}
