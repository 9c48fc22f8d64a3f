import { z } from 'zod';
import { RETRY_WORDS, statusSchema } from '../../schema/page-status.ts';
import { site } from '../site.ts';
import { statusPages } from '../status-pages.ts';
import type { DataFile } from './data-file.ts';

/** What the file says beyond the frontmatter of the codes' pages. */
const added = {
  description: z.string(),
  url: z.url(),
  retryInWords: z.string(),
};

/** Every status code that has a page: the registered ones and those that only one vendor uses. */
export const statusCodesFile: DataFile = {
  name: 'status-codes',
  version: '1.0.0',
  title: 'HTTP status codes: who sends them, and what a client may do',
  madeFrom: ['content/status'],
  schema: z.object({ statusCodes: z.array(statusSchema.extend(added)) }),
  content: () => ({
    statusCodes: statusPages().map(({ description, href, facts }) => ({
      ...facts,
      description,
      url: site.url + href,
      retryInWords: RETRY_WORDS[facts.retry],
    })),
  }),
};
