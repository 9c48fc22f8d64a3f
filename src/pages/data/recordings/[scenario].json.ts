import type { APIRoute, GetStaticPaths } from 'astro';
import { recordingsOf, scenarioWithRecordings } from '../../../build/scenario-recordings.ts';
import { scenarioIds } from '../../../build/scenarios.ts';
import type { RecordingSet } from '../../../gateway/recording.ts';

/** What the gateway of each scenario may have to answer, as an asset that a page loads at its first run. */
export const getStaticPaths = (() =>
  scenarioIds().map((id) => {
    const { scenario, recordings } = scenarioWithRecordings(id, `content/scenarios/${id}.yaml`);
    return { params: { scenario: id }, props: { recordings: recordingsOf(scenario, recordings) } };
  })) satisfies GetStaticPaths;

export const GET: APIRoute<{ recordings: RecordingSet }> = ({ props }) =>
  new Response(JSON.stringify(props.recordings), { headers: { 'Content-Type': 'application/json' } });
