import type { Scenario } from '../schema/scenario.ts';
import type { SystemSettings } from '../schema/system.ts';
import type { SystemFault } from './system/offer.ts';

/** What a server with a full queue does, as the fault that the gateway meets. */
const WHEN_FULL = {
  refuse: 'connect-refused',
  reset: 'rst-on-accept',
  drop: 'connect-timeout',
  shed: 'app-503',
} as const satisfies Record<SystemSettings['servers'][number]['whenFull'], SystemFault>;

/** Recordings of a gateway that met a fault and then had an answer from the next server. */
export const THEN_NEXT: Readonly<Partial<Record<SystemFault, string>>> = {
  'connect-refused': 'retry-refused',
  'close-after-request': 'retry-close-get',
  'read-timeout': 'retry-timeout-get',
  'app-503': 'retry-503-on',
};

/** Every fault that a run of the scenario can come to, so that a missing recording shows before the run. */
export function faultsOf({ routes, chapters, system }: Scenario): readonly string[] {
  const written = [...routes, ...chapters].map(({ fault }) => fault);
  return [...new Set(['ok', ...written, ...(system ? systemFaults(system) : [])])];
}

/** Recordings that make a run truer where the gateway has them: it asked one server, and then the next. */
export const welcomeFaultsOf = ({ system }: Scenario): readonly string[] =>
  system && system.servers.length > 1 ? Object.values(THEN_NEXT) : [];

/** Every fault that a system with these settings can put before the gateway. */
function systemFaults(settings: SystemSettings): Iterable<SystemFault> {
  const { servers, balancer, circuit, pool, rateLimit, maintenance } = settings;
  const faults = new Set<SystemFault>(['read-timeout']);
  for (const { whenFull, stops, startsAt, startup, workerTimeout } of servers) {
    faults.add(WHEN_FULL[whenFull]);
    if (stops.length > 0) faults.add('rst-after-request');
    if (startsAt !== undefined || stops.length > 0) {
      faults.add('connect-refused');
      if (startup.until === '503') faults.add('app-503');
    }
    if (workerTimeout !== undefined) faults.add('close-after-request');
  }
  if (servers.length > 1 || circuit || balancer.active) faults.add('all-down');
  if (pool) for (const fault of ['ka-race-get', 'ka-race-post', 'rst-after-request'] as const) faults.add(fault);
  if (rateLimit) faults.add(rateLimit.status === 429 ? 'app-429' : 'app-503');
  if (maintenance.length > 0) faults.add('app-503');
  return faults;
}
