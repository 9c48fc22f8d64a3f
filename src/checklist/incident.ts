/**
 * What a reader has done with a checklist in one incident. Steps are named by the ids their author gave them, never by
 * position: a list can be reordered, grow and shrink, and what is known of a step stays with it.
 */

/** What was seen of a step's outcomes. */
export interface Seen {
  /** Made of the words of the outcome. */
  readonly id: string;
  readonly words: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

export interface Step {
  readonly ticked: boolean;
  /** When it was ticked; null when that is not known. */
  readonly at: number | null;
  readonly note: string;
  readonly seen: Seen | null;
}

export interface Incident {
  readonly id: string;
  readonly name: string;
  /** The reader's values by the id of the variable. */
  readonly values: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, Step>>;
}

export const UNTOUCHED: Step = { ticked: false, at: null, note: '', seen: null };

/** The incident that everybody begins with. */
export const FIRST: Incident = { id: 'first', name: 'Incident 1', values: {}, steps: {} };

/** What is known of a step; under one of the ids it had in earlier editions, when there is nothing under its own. */
export function stepOf({ steps }: Incident, id: string, was: readonly string[] = []): Step {
  const known = [id, ...was].find((name) => Object.hasOwn(steps, name));
  return (known !== undefined && steps[known]) || UNTOUCHED;
}

/** The incident with a part of a step changed. What stands under an earlier id stays there, for older copies of the page. */
export const withStep = (incident: Incident, id: string, was: readonly string[], change: Partial<Step>): Incident => ({
  ...incident,
  steps: { ...incident.steps, [id]: { ...stepOf(incident, id, was), ...change } },
});

/** Ticked now, or not any more. */
export const ticked = (on: boolean, now: number): Partial<Step> =>
  on ? { ticked: true, at: now } : { ticked: false, at: null };

/** The incident without anything done; its name and its values stay. */
export const cleared = (incident: Incident): Incident => ({ ...incident, steps: {} });

/** What is known of steps that the list does not have any more, by id. */
export const leftSteps = ({ steps }: Incident, ids: readonly string[]): [string, Step][] =>
  Object.entries(steps).filter(
    ([id, { ticked, note, seen }]) => !ids.includes(id) && (ticked || note !== '' || seen !== null),
  );

/** The incidents with one of them replaced, or with it at the end when they do not have it. */
export const withIncident = (incidents: readonly Incident[], incident: Incident): Incident[] =>
  incidents.some(({ id }) => id === incident.id)
    ? incidents.map((other) => (other.id === incident.id ? incident : other))
    : [...incidents, incident];
