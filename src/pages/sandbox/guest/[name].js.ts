import type { APIRoute, GetStaticPaths } from 'astro';
import { guestScript } from '../../../build/guest-bundle.ts';
import { guestName, needsFullGuest, scenarioWithRecordings } from '../../../build/scenario-recordings.ts';
import { scenarioIds } from '../../../build/scenarios.ts';
import type { GatewayId } from '../../../gateway/ids.ts';

type Props = Readonly<{ gateway: GatewayId; full: boolean }>;

/** The guest scripts that the scenarios need, each built for one gateway. */
export const getStaticPaths = (() => {
  const needed = new Map<string, Props>();
  for (const id of scenarioIds()) {
    const { scenario, recordings } = scenarioWithRecordings(id, `content/scenarios/${id}.yaml`);
    const props = { gateway: recordings.gateway, full: needsFullGuest(scenario) };
    needed.set(guestName(scenario, recordings), props);
  }
  return [...needed].map(([name, props]) => ({ params: { name }, props }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<Props> = async ({ props }) =>
  new Response(await guestScript(process.cwd(), props.gateway, props.full), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
