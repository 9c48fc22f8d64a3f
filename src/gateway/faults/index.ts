import type { Fault } from '../fault.ts';
import { nearestNames } from '../nearest.ts';
import { ACCEPT_FAULTS } from './accept.ts';
import { BYTES_FAULTS } from './bytes.ts';
import { CONNECT_FAULTS } from './connect.ts';
import { CONTROL_FAULTS } from './control.ts';
import { REQUEST_FAULTS } from './request.ts';
import { SLOW_FAULTS } from './slow.ts';
import { STATUS_FAULTS } from './status.ts';

/** Every fault that the lab knows, in the order in which a reader meets them. */
export const FAULTS: readonly Fault[] = [
  ...CONTROL_FAULTS,
  ...CONNECT_FAULTS,
  ...ACCEPT_FAULTS,
  ...BYTES_FAULTS,
  ...SLOW_FAULTS,
  ...STATUS_FAULTS,
  ...REQUEST_FAULTS,
];

const byId: ReadonlyMap<string, Fault> = new Map(FAULTS.map((fault) => [fault.id, fault]));

/** The fault with this id. Throws a sentence that names the nearest known ids when there is none. */
export function faultById(id: string): Fault {
  const fault = byId.get(id);
  if (fault) return fault;
  throw new Error(`There is no fault "${id}"; the nearest are ${nearestNames(id, [...byId.keys()]).join(', ')}.`);
}
