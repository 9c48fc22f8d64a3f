import type { APIRoute } from 'astro';
import { devtoolsFrame } from '../../build/devtools-frame.ts';

export const GET: APIRoute = async () =>
  new Response(await devtoolsFrame(process.cwd()), { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } });
