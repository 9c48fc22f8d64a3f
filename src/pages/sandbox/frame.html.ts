import type { APIRoute } from 'astro';
import { frameDocument } from '../../sandbox/frame.ts';

export const GET: APIRoute = async () =>
  new Response(await frameDocument(), { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
