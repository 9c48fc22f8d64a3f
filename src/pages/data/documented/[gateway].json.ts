import type { APIRoute, GetStaticPaths } from 'astro';
import { documentedGatewayIds, documentedSetFor } from '../../../build/documented.ts';

/** What the vendor of a gateway documents, for the pages in which a reader may choose any gateway and any fault. */
export const getStaticPaths = (() =>
  documentedGatewayIds().map((gateway) => ({ params: { gateway } }))) satisfies GetStaticPaths;

export const GET: APIRoute<never, { gateway: string }> = ({ params: { gateway } }) =>
  Response.json(documentedSetFor(gateway));
