import { CAUSE_IDS, GATEWAY_IDS } from '../gateway/ids.ts';

/** What a checklist is for, when it is named after a cause or a gateway. */
export const CHECKLIST_KINDS = ['The cause is known', 'The gateway is known'] as const;
export type ChecklistKind = (typeof CHECKLIST_KINDS)[number];

/** The kind of the checklist `id`, which is its name; undefined for lists that are for everybody. */
export function checklistKind(id: string): ChecklistKind | undefined {
  if ((CAUSE_IDS as readonly string[]).includes(id)) return 'The cause is known';
  if ((GATEWAY_IDS as readonly string[]).includes(id)) return 'The gateway is known';
  return undefined;
}
