import type { APIRoute, GetStaticPaths } from 'astro';
import { scenarioFile, scenarioIds } from '../../../build/scenarios.ts';

/** A scenario of the site, as its author wrote it and as it is understood, for a reader who chooses it in a playground. */
export const getStaticPaths = (() => scenarioIds().map((id) => ({ params: { id } }))) satisfies GetStaticPaths;

export const GET: APIRoute<never, { id: string }> = ({ params: { id } }) => Response.json(scenarioFile(id));
