import { ASIDE_IN_DRAFT, draftFrom, SCENARIO_IN_DRAFT, type Draft } from './draft.ts';
import { restoreScenario, type Sharing } from './store-sharing.ts';
import type { Playground } from './store.ts';

/** The drafts that made room for this one. */
export function asideOf(draft: Draft): readonly Draft[] {
  try {
    const drafts: unknown = JSON.parse(draft[ASIDE_IN_DRAFT] ?? '[]');
    return Array.isArray(drafts) ? drafts.map(draftFrom).filter((one) => one !== null) : [];
  } catch {
    return [];
  }
}

/**
 * Shows a draft in place of what is there. One that cannot be shown in full, because its scenario cannot be had, stays
 * aside for another try.
 * @param others what is aside then
 */
export async function showDraft(playground: Sharing, draft: Draft, others: readonly Draft[]): Promise<void> {
  const { data, replaceCode, setScenario, setAside } = playground;
  const scenario = draft[SCENARIO_IN_DRAFT];
  try {
    replaceCode(data.files.map(({ name }) => draft[name]));
    if (scenario === undefined) setScenario(data.scenario, data.scenarioId);
    else await restoreScenario(playground, scenario);
    setAside(others);
  } catch (error) {
    setAside([draft, ...others]);
    throw error;
  }
}

/** Brings back the first of the drafts that were put aside. What is there takes its turn after the others. */
export async function bringBackAside(playground: Playground): Promise<void> {
  const [first, ...others] = playground.aside.peek();
  if (!first) return;
  const now = playground.draft();
  await showDraft(playground, first, now ? [...others, now] : others);
  playground.notify({ kind: 'draft' });
  playground.say('Your draft is back.');
}
