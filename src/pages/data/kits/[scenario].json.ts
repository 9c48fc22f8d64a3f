import type { APIRoute, GetStaticPaths } from 'astro';
import { scenarioWithRecordings } from '../../../build/scenario-recordings.ts';
import { scenarioIds } from '../../../build/scenarios.ts';
import { packKit } from '../../../gateway/pack-kit.ts';

/** What the gateway of each scenario needs in order to answer, as an asset that a page loads at its first run. */
export const getStaticPaths = (() =>
  scenarioIds().map((id) => ({ params: { scenario: id } }))) satisfies GetStaticPaths;

export const GET: APIRoute<never, { scenario: string }> = ({ params: { scenario: id } }) => {
  const { scenario, recordings } = scenarioWithRecordings(id, `content/scenarios/${id}.yaml`);
  return new Response(JSON.stringify(packKit(scenario, recordings)), {
    headers: { 'Content-Type': 'application/json' },
  });
};
