import type { Incident } from './incident.ts';

/** An incident of its own id and number, with nothing done yet. @param values those that it begins with */
export function newIncident(incidents: readonly Incident[], values: Incident['values'] = {}): Incident {
  const numbers = incidents.map(({ name }) => Number(/^Incident (\d+)$/.exec(name)?.[1] ?? 0));
  const random = crypto.getRandomValues(new Uint32Array(2));
  return {
    id: Array.from(random, (number) => number.toString(36)).join(''),
    name: `Incident ${Math.max(incidents.length, ...numbers) + 1}`,
    ...{ values, steps: {} },
  };
}
