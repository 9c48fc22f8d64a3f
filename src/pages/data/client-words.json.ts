import type { APIRoute } from 'astro';
import { recordedClientWords } from '../../build/client-words.ts';

/** What other clients say, as an asset that the page loads when a reader opens an exchange. */
export const GET: APIRoute = () =>
  new Response(JSON.stringify(recordedClientWords()), { headers: { 'Content-Type': 'application/json' } });
