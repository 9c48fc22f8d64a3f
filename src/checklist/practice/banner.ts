import { panelButton } from '../host.ts';
import { node } from './nodes.ts';
import type { PracticeStore } from './practice-store.ts';

/** Says above the list that this is practice, and what somebody knows who was just woken up. */
export function banner(
  { run: { recorded } }: PracticeStore,
  act: { readonly end: () => void; readonly nameCause: () => void },
): HTMLElement {
  const said = node('p', '', node('b', '', 'Practice: nothing here touches your own incidents.'));
  // The keyboard and a screen reader begin here.
  said.tabIndex = -1;
  const story = node('p', '', node('b', '', `${recorded.title}.`), ` ${recorded.story}`);
  const how = node(
    'p',
    'practice-soft',
    'Take the steps as at night. “Try it” under a command shows what it printed on the machine of this incident.',
  );
  const buttons = node(
    'p',
    'practice-buttons',
    panelButton('Name the cause', act.nameCause),
    panelButton('End practice', act.end),
  );
  const section = node('section', 'practice-banner not-content', said, story, how, buttons);
  section.ariaLabel = 'Practice';
  section.dataset['practice'] = '';
  return section;
}
