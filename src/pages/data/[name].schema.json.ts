import type { APIRoute, GetStaticPaths } from 'astro';
import { schemaText } from '../../build/data/data-file.ts';
import { DATA_FILES } from '../../build/data/index.ts';

export const getStaticPaths = (() =>
  DATA_FILES.map((file) => ({ params: { name: file.name }, props: { file } }))) satisfies GetStaticPaths;

/** The JSON Schema of a file beside it. */
export const GET: APIRoute<{ file: (typeof DATA_FILES)[number] }> = ({ props }) =>
  new Response(schemaText(props.file), { headers: { 'Content-Type': 'application/schema+json' } });
