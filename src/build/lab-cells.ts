import type { Exchange } from '../gateway/exchange.ts';
import { GATEWAY_NAMES } from '../gateway/gateway-names.ts';
import { GATEWAY_IDS, RECORDED_GATEWAY_IDS, type GatewayId } from '../gateway/ids.ts';
import { documentedSetFor } from './documented.ts';
import { labAnswer, type LabAnswer } from './lab-exchange.ts';

/** The matrix of all gateways and faults, each cell computed once a build. */

const cells = new Map<string, LabAnswer>();

/** What a gateway does with a fault in the laboratory; see {@link labAnswer}. */
export function labCell(gateway: string, fault: string): LabAnswer {
  const key = `${gateway} ${fault}`;
  const known = cells.get(key);
  if (known) return known;
  const answer = labAnswer({ gateway, fault });
  cells.set(key, answer);
  return answer;
}

/** The exchanges of all gateways that have an answer to a fault, in the order of {@link GATEWAY_IDS}. */
export const exchangesOf = (fault: string, gateways: readonly string[] = GATEWAY_IDS): Exchange[] =>
  gateways.flatMap((gateway) => {
    const cell = labCell(gateway, fault);
    return cell.kind === 'exchange' ? [cell.exchange] : [];
  });

/** What a gateway calls itself. */
export const gatewayName = (id: GatewayId): string =>
  (RECORDED_GATEWAY_IDS as readonly string[]).includes(id)
    ? GATEWAY_NAMES[id as (typeof RECORDED_GATEWAY_IDS)[number]]
    : documentedSetFor(id).name;
