import type { APIRoute, GetStaticPaths } from 'astro';
import { dataText } from '../../build/data/data-file.ts';
import { DATA_FILES } from '../../build/data/index.ts';

export const getStaticPaths = (() =>
  DATA_FILES.map((file) => ({ params: { name: file.name }, props: { file } }))) satisfies GetStaticPaths;

/** What the site knows, for programs of others. */
export const GET: APIRoute<{ file: (typeof DATA_FILES)[number] }> = ({ props }) =>
  new Response(dataText(props.file), { headers: { 'Content-Type': 'application/json' } });
