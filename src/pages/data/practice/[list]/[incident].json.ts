import type { APIRoute, GetStaticPaths } from 'astro';
import { practicedLists, practicesFor } from '../../../../build/practice.ts';
import { recordedIncident } from '../../../../build/practice-data.ts';
import type { Practice } from '../../../../schema/practice.ts';

/** One recorded incident: what each command of the list printed. */
export const getStaticPaths = (() =>
  practicedLists().flatMap((list) =>
    practicesFor(list).map((practice) => ({ params: { list, incident: practice.incident }, props: { practice } })),
  )) satisfies GetStaticPaths;

export const GET: APIRoute<{ practice: Practice }> = ({ props: { practice } }) =>
  Response.json(recordedIncident(practice));
