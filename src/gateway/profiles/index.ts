import type { GatewayId } from '../ids.ts';
import type { Profile } from '../profile.ts';
import { nginx } from './nginx.ts';

const PROFILES: readonly Profile[] = [nginx];

/** The profile of a gateway. Throws when the gateway cannot be simulated yet. */
export function profileOf(id: GatewayId): Profile {
  const profile = PROFILES.find((candidate) => candidate.id === id);
  if (profile) return profile;
  throw new Error(`The gateway ${id} cannot be simulated; there are ${PROFILES.map((known) => known.id).join(', ')}.`);
}
