import { FIRST, UNTOUCHED, type Incident, type Seen, type Step } from './incident.ts';

/**
 * Incidents as text for the browser's storage. An id that the page does not have stays in it, so that an older copy of the
 * page in another tab loses nothing.
 */

/** The key under which a checklist's incidents are stored. */
export const storageKey = (checklistId: string): string => `gateway-lab:checklist:${checklistId}`;

/** The key under which a tab keeps the practice that it is in the middle of. */
export const practiceKey = (checklistId: string): string => `gateway-lab:practice:${checklistId}`;

/** The text to store. `format` lets a later version of the site read it knowingly. */
export const formatIncidents = (incidents: readonly Incident[]): string => JSON.stringify({ format: 2, incidents });

/** The incidents, at least one. What is not ours counts as nothing. The first format had ticks, and nothing else. */
export function parseIncidents(text: string | null): Incident[] {
  const { done, incidents } = recordOf(parsed(text));
  if (Array.isArray(done)) {
    const ids = done.filter((id) => typeof id === 'string');
    return [{ ...FIRST, steps: Object.fromEntries(ids.map((id) => [id, { ...UNTOUCHED, ticked: true }])) }];
  }
  const read = Array.isArray(incidents) ? incidents.map((one) => incidentFrom(one)).filter((one) => one !== null) : [];
  return read.length > 0 ? read : [FIRST];
}

/** Takes an incident out of data that anybody may have written; null when it is none. */
export function incidentFrom(data: unknown): Incident | null {
  const { id, name, values, steps } = recordOf(data);
  if (typeof id !== 'string' || typeof name !== 'string') return null;
  return {
    id,
    name,
    values: mapped(values, (value) => (typeof value === 'string' ? value : null)),
    steps: mapped(steps, stepFrom),
  };
}

function stepFrom(data: unknown): Step | null {
  if (typeof data !== 'object' || data === null) return null;
  const { ticked, at, note, seen } = recordOf(data);
  return {
    ticked: ticked === true,
    at: isTime(at) ? at : null,
    note: typeof note === 'string' ? note : '',
    seen: seenFrom(seen),
  };
}

function seenFrom(data: unknown): Seen | null {
  const { id, words, at } = recordOf(data);
  return typeof id === 'string' && typeof words === 'string' && isTime(at) ? { id, words, at } : null;
}

/** A time that a `Date` can be made of. */
const isTime = (at: unknown): at is number => typeof at === 'number' && Math.abs(at) <= 8.64e15;

const recordOf = (data: unknown): Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null ? { ...data } : {};

/** The entries that `read` takes. */
const mapped = <T>(data: unknown, read: (value: unknown) => T | null): Record<string, T> =>
  Object.fromEntries(
    Object.entries(recordOf(data)).flatMap(([key, value]) => {
      const taken = read(value);
      return taken === null ? [] : [[key, taken]];
    }),
  );

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
