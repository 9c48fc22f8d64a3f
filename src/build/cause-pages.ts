import { existsSync } from 'node:fs';
import { pageFacts } from './page-facts.ts';
import type { CauseId } from '../gateway/ids.ts';
import { FAULTS } from '../gateway/faults/index.ts';

/** Address of the page about a cause; undefined while nobody has written it. */
export const causeHref = (id: string): string | undefined =>
  existsSync(`content/causes/${id}.mdx`) ? `/causes/${id}/` : undefined;

/** What the page about a cause is called; its id while nobody has written it. */
export const causeTitle = (id: string): string => titles().get(id) ?? id;

let known: ReadonlyMap<string, string> | undefined;
const titles = (): ReadonlyMap<string, string> =>
  (known ??= new Map(pageFacts('causes').map(({ id, title }) => [id, title])));

/** The faults that end in this diagnosis. */
export const faultsOf = (cause: CauseId) => FAULTS.filter((fault) => fault.cause === cause);
