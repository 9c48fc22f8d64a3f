import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { APIRoute, GetStaticPaths } from 'astro';
import { PYTHON } from 'virtual:python-files';
import { MEDIA_TYPES } from '../../build/headers-media-types.ts';
import { PYTHON_FOLDER } from '../../build/python-files.ts';

/** What a page loads to run Python. Each address changes with its file, so that browsers keep it. */
export const getStaticPaths = (() =>
  Object.values(PYTHON?.files ?? {}).map(({ url }) => ({
    params: { file: url.slice(url.indexOf('/python/') + '/python/'.length) },
  }))) satisfies GetStaticPaths;

export const GET: APIRoute = ({ params }) => {
  const file = params['file'] ?? '';
  return new Response(readFileSync(path.join(process.cwd(), PYTHON_FOLDER, file)), {
    headers: { 'Content-Type': MEDIA_TYPES[path.extname(file)] ?? 'application/octet-stream' },
  });
};
