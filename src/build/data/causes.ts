import { z } from 'zod';
import { CAUSE_IDS } from '../../gateway/ids.ts';
import { faultsOf } from '../cause-pages.ts';
import { pageFacts } from '../page-facts.ts';
import { site } from '../site.ts';
import type { DataFile } from './data-file.ts';

const cause = z.strictObject({
  id: z.enum(CAUSE_IDS),
  title: z.string(),
  description: z.string(),
  url: z.url(),
  kind: z.enum(['gateway', 'client', 'other']).describe('Who is in trouble'),
  inShort: z.string().describe('The cause in one sentence'),
  repeat: z.string().describe('May a client repeat the request?'),
  firstStep: z.string().describe('The first thing to do'),
  command: z.string().describe('The first command to run'),
  faults: z.array(z.string()).describe('Ids of the faults in matrix.json that end in this diagnosis'),
  confusedWith: z.array(z.string()).describe('Ids of causes that look alike'),
});

/** Every cause that has a page. */
export const causesFile: DataFile = {
  name: 'causes',
  version: '1.0.0',
  title: 'Causes of a failed API call',
  madeFrom: ['content/causes'],
  schema: z.object({ causes: z.array(cause) }),
  content: () => ({
    causes: CAUSE_IDS.flatMap((id) => {
      const page = pageFacts('causes').find((other) => other.id === id);
      if (!page) return [];
      const { kind, inShort, repeat, firstStep, command, confusedWith } = page.facts;
      const { title, description, href } = page;
      const faults = faultsOf(id).map((fault) => fault.id);
      const url = site.url + href;
      return [{ id, title, description, url, kind, inShort, repeat, firstStep, command, faults, confusedWith }];
    }),
  }),
};
