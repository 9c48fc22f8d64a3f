import type { APIRoute, GetStaticPaths } from 'astro';
import { guestScript } from '../../../build/guest-bundle.ts';
import {
  DOCUMENTED_GUEST,
  guestName,
  needsFullGuest,
  scenarioWithRecordings,
} from '../../../build/scenario-recordings.ts';
import { scenarioIds } from '../../../build/scenarios.ts';
import { isDocumented } from '../../../gateway/answer-set.ts';
import { RECORDED_GATEWAY_IDS, type GatewayId } from '../../../gateway/ids.ts';

type Props = Readonly<{ gateway: GatewayId | 'documented'; full: boolean }>;

/** The guest scripts: small ones for the scenarios that need no more, and a full one for every gateway, because a reader may choose any. */
export const getStaticPaths = (() => {
  const needed = new Map<string, Props>(
    RECORDED_GATEWAY_IDS.map((gateway) => [`${gateway}-full`, { gateway, full: true }]),
  );
  needed.set(DOCUMENTED_GUEST, { gateway: 'documented', full: true });
  for (const id of scenarioIds()) {
    const { scenario, recordings } = scenarioWithRecordings(id, `content/scenarios/${id}.yaml`);
    if (isDocumented(recordings) || needsFullGuest(scenario)) continue;
    needed.set(guestName(scenario, recordings), { gateway: recordings.gateway, full: false });
  }
  return [...needed].map(([name, props]) => ({ params: { name }, props }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props }) =>
  new Response(await guestScript(process.cwd(), props.gateway, props.full), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
