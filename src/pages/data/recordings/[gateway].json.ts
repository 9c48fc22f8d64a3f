import type { APIRoute, GetStaticPaths } from 'astro';
import { recordingsAsset } from '../../../build/scenario-recordings.ts';
import { recordedVersions, recordingsFor } from '../../../build/scenarios.ts';
import { isGatewayId } from '../../../gateway/ids.ts';
import type { RecordingSet } from '../../../gateway/recording.ts';

/** The recordings as assets of their own, so that a page loads those of its gateway, and only at the first run. */
export const getStaticPaths = (() =>
  recordedVersions().flatMap(({ gateway, version }) => {
    if (!isGatewayId(gateway)) return [];
    const recordings = recordingsFor(gateway, version);
    return [{ params: { gateway: recordingsAsset(recordings) }, props: { recordings } }];
  })) satisfies GetStaticPaths;

export const GET: APIRoute<{ recordings: RecordingSet }> = ({ props }) =>
  new Response(JSON.stringify(props.recordings), { headers: { 'Content-Type': 'application/json' } });
