import type { APIRoute, GetStaticPaths } from 'astro';
import { recordedVersions, recordingsFor } from '../../../../build/scenarios.ts';
import { isGatewayId } from '../../../../gateway/ids.ts';
import { portableRecordings } from '../../../../gateway/portable-recordings.ts';
import { profileOf } from '../../../../gateway/profiles/index.ts';

/** All recordings of one version of a gateway, for the pages in which a reader may choose any gateway and any fault. */
export const getStaticPaths = (() => recordedVersions().map((params) => ({ params }))) satisfies GetStaticPaths;

export const GET: APIRoute<never, { gateway: string; version: string }> = ({ params: { gateway, version } }) => {
  if (!isGatewayId(gateway)) throw new Error(`content/recordings/${gateway} is named after no gateway.`);
  return Response.json(portableRecordings(recordingsFor(gateway, version), profileOf(gateway)));
};
