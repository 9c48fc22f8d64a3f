import type { APIRoute } from 'astro';
import { frameDocument } from '../../devtools/frame-document.ts';

export const GET: APIRoute = () =>
  new Response(frameDocument(), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
