import type { APIRoute } from 'astro';
import { allChoices } from '../../build/choices.ts';

/** What the controls of a playground offer. */
export const GET: APIRoute = () => Response.json(allChoices());
