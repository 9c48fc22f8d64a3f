import type { Fault } from '../fault.ts';
import { nearestNames } from '../nearest.ts';
import { ACCEPT_FAULTS } from './accept.ts';
import { BYTES_FAULTS } from './bytes.ts';
import { CGI_FAULTS } from './cgi.ts';
import { CONNECT_FAULTS } from './connect.ts';
import { CONTROL_FAULTS } from './control.ts';
import { KEEPALIVE_FAULTS } from './keepalive.ts';
import { REQUEST_FAULTS } from './request.ts';
import { RETRY_FAULTS } from './retry.ts';
import { SLOW_FAULTS } from './slow.ts';
import { STATUS_FAULTS } from './status.ts';
import { TLS_FAULTS } from './tls.ts';

/** Every fault that the lab knows, in the order in which a reader meets them. */
export const FAULTS: readonly Fault[] = [
  ...CONTROL_FAULTS,
  ...CONNECT_FAULTS,
  ...TLS_FAULTS,
  ...ACCEPT_FAULTS,
  ...BYTES_FAULTS,
  ...SLOW_FAULTS,
  ...STATUS_FAULTS,
  ...KEEPALIVE_FAULTS,
  ...REQUEST_FAULTS,
  ...RETRY_FAULTS,
  ...CGI_FAULTS,
];

const byId: ReadonlyMap<string, Fault> = new Map(FAULTS.map((fault) => [fault.id, fault]));

/** The fault with this id. Throws a sentence that names the nearest known ids when there is none. */
export function faultById(id: string): Fault {
  const fault = byId.get(id);
  if (fault) return fault;
  throw new Error(`There is no fault "${id}"; the nearest are ${nearestNames(id, [...byId.keys()]).join(', ')}.`);
}

/**
 * The catalogue's own entry for asking this fault with another method (`close-after-request` and
 * `close-after-request-post`, `ka-race-get` and `ka-race-post`); the fault itself where there is none.
 */
export function faultForMethod(fault: Fault, method: string): Fault {
  if ((fault.request?.method ?? 'GET') === method) return fault;
  const { id } = fault;
  const names =
    method === 'POST'
      ? [id.replace(/-get(?=-|$)/, '-post'), `${id}-post`]
      : [id.replace(/-post(?=-|$)/, '-get'), id.replace(/-post$/, '')];
  for (const name of names) {
    const other = byId.get(name);
    if (other && other !== fault && (other.request?.method ?? 'GET') === method) return other;
  }
  return fault;
}

/** Ids of all entries that answer for a fault, whatever the method of a request: what a recording of it has to hold. */
export const variantIds = (id: string): string[] => {
  const fault = faultById(id);
  return [...new Set([id, faultForMethod(fault, 'GET').id, faultForMethod(fault, 'POST').id])];
};
