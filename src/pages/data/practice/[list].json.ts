import type { APIRoute, GetStaticPaths } from 'astro';
import { practicedLists } from '../../../build/practice.ts';
import { practiceChoice } from '../../../build/practice-data.ts';

/** The recorded incidents that a checklist can be practiced on, and the causes to choose from. */
export const getStaticPaths = (() => practicedLists().map((list) => ({ params: { list } }))) satisfies GetStaticPaths;

export const GET: APIRoute<never, { list: string }> = ({ params: { list } }) => Response.json(practiceChoice(list));
