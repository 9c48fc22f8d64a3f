import type { GatewayKit } from '../gateway/kit.ts';
import type { Scenario } from '../schema/scenario.ts';

/** Which parts of the network a run needs; the page asks before it hands them over. */

/** The program's page has another origin than the API, so that a browser enforces CORS. */
export const isOnAnotherOrigin = ({ page, origin }: Pick<Scenario, 'page' | 'origin'>): boolean =>
  page !== undefined && new URL(page).origin !== new URL(origin).origin;

/** A response of the application or of the gateway may be compressed, or say that it is. */
export const mayBeEncoded = (kit: GatewayKit): boolean => /content-encoding/i.test(JSON.stringify(kit));

const RARE =
  /\b(?:Request|[fF]ormData|Response\.redirect|keepalive|integrity|duplex|createObjectURL|onLine|location|self\.origin)\b|\b(?:data|blob):[^\s]|\.stream\(/;

/** The program speaks of something that only `rare-fetch.ts` knows. */
export const asksForRareThings = (code: string): boolean => RARE.test(code);
