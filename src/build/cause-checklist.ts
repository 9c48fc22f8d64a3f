import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CauseId } from '../gateway/ids.ts';

/**
 * Address of the list that goes on from a cause: its own where there is one, else the one that begins before any cause.
 * @param folder of the lists
 */
export const checklistOf = (cause: CauseId, folder = path.resolve('content/checklists')): string =>
  existsSync(path.join(folder, `${cause}.mdx`)) ? `/checklists/${cause}/` : '/checklists/first-five-minutes/';
