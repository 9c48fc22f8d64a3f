import { existsSync } from 'node:fs';
import type { CauseId } from '../gateway/ids.ts';
import { FAULTS } from '../gateway/faults/index.ts';

/** Address of the page about a cause; undefined while nobody has written it. */
export const causeHref = (id: string): string | undefined =>
  existsSync(`content/causes/${id}.mdx`) ? `/causes/${id}/` : undefined;

/** The faults that end in this diagnosis. */
export const faultsOf = (cause: CauseId) => FAULTS.filter((fault) => fault.cause === cause);
