import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { practiceSchema, type Practice } from '../schema/practice.ts';

/** The recorded incidents to practice with, read from `content/practice/` at build time. Mistakes come out as sentences. */

const FOLDER = path.resolve('content/practice');

const jsonFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];

/** The incidents that were recorded for a checklist, sorted by id; none for a list whose commands cannot run there. */
export const practicesFor = (list: string): Practice[] =>
  jsonFiles(path.join(FOLDER, list)).map((name) =>
    parsePractice(readFileSync(path.join(FOLDER, list, name), 'utf8'), `content/practice/${list}/${name}`),
  );

/** Ids of the checklists that can be practiced, sorted. */
export const practicedLists = (): string[] =>
  existsSync(FOLDER)
    ? readdirSync(FOLDER, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];

/**
 * Reads one file.
 * @param file its name from the project's root on, which must be that of its list and incident
 */
export function parsePractice(source: string, file: string): Practice {
  const result = practiceSchema.safeParse(JSON.parse(source));
  if (!result.success)
    throw new Error(
      `${file} cannot be used; record it again (npm run record:practice).\n${z.prettifyError(result.error)}`,
    );
  const { list, incident } = result.data;
  const named = `content/practice/${list}/${incident}.json`;
  if (file !== named) throw new Error(`${file} is about ${list} and ${incident}: its name has to be ${named}.`);
  return result.data;
}
