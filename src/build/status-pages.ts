import { pageFacts, type PageFacts } from './page-facts.ts';
import type { StatusFacts } from '../schema/page-status.ts';

let pages: readonly PageFacts<StatusFacts>[] | undefined;

/** Every status code that has a page, by number. Read once a build. */
export const statusPages = (): readonly PageFacts<StatusFacts>[] => (pages ??= pageFacts('status'));

/** What the page of a status code calls it; undefined without a page. */
export const statusName = (code: number): string | undefined =>
  statusPages().find(({ facts }) => facts.code === code)?.facts.name;
