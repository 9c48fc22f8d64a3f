import { panelButton, type Host } from '../host.ts';
import { judge, proofLines } from './judge.ts';
import { link, node } from './nodes.ts';
import type { PracticeStore } from './practice-store.ts';
import type { NamedCause } from './recorded.ts';

const GROUPS: Readonly<Record<NamedCause['kind'], string>> = {
  gateway: 'The gateway, or what is behind it',
  client: 'The client, or its way to the gateway',
  other: 'Neither',
};

export interface CauseForm {
  readonly element: HTMLElement;
  /** Puts the keyboard there. */
  readonly focus: () => void;
  /** A step was tried: what was said of a wrong cause may hold no longer. */
  readonly changed: () => void;
}

/**
 * Asks for the cause of the incident and says whether it is that.
 * @param end ends the practice; `again` when the reader wants another incident
 */
export function causeForm(host: Host, store: PracticeStore, end: (again: boolean) => void): CauseForm {
  const { recorded, causes } = store.run;
  const select = node('select', '', new Option('Choose a cause', ''), ...optionGroups(causes));
  const check = node('button', '', 'Check');
  const giveUp = panelButton('Show me', () => finish('shown'));
  const said = node('p', 'practice-said');
  said.role = 'status';
  const label = node('label', '', node('b', '', 'Name the cause'), select);
  const form = node('form', '', label, node('p', 'practice-buttons', check, giveUp), said);
  const result = node('div', 'practice-result');
  result.tabIndex = -1;
  const element = node('section', 'practice-cause not-content', form, result);
  element.ariaLabel = 'Cause of the incident';
  element.dataset['practice'] = '';

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (select.value === '') {
      said.textContent = 'Choose a cause first.';
      return;
    }
    const judgment = judge(store.run, select.value);
    if (judgment.kind === 'right') finish('named');
    else said.replaceChildren(...wrongWords(host, judgment.kind, judgment.step));
  });
  const finish = (how: 'named' | 'shown'): void => {
    store.end(how);
    draw();
    result.focus();
  };
  const draw = (): void => {
    form.hidden = store.run.ended !== null;
    result.hidden = !form.hidden;
    if (form.hidden) result.replaceChildren(...resultNodes(host, store, end));
  };
  draw();
  return {
    element,
    focus: () => (form.hidden ? result : select).focus(),
    changed() {
      said.replaceChildren();
      draw();
    },
  };

  function optionGroups(all: readonly NamedCause[]): HTMLElement[] {
    return Object.entries(GROUPS).map(([kind, words]) => {
      const group = node('optgroup', '', ...all.filter((one) => one.kind === kind).map(option));
      group.label = words;
      return group;
    });
  }

  function option({ id, title }: NamedCause): HTMLOptionElement {
    return new Option(title, id, false, id === recorded.cause && store.run.ended === 'named');
  }
}

const stepLink = (host: Host, id: string): Node => {
  const view = host.views.find((one) => one.id === id);
  return view ? link(view.words, `#${view.box.id}`) : document.createTextNode(id);
};

const wrongWords = (host: Host, kind: 'against' | 'open', step: string): (Node | string)[] =>
  kind === 'against'
    ? ['It is another one. What this step printed speaks against it: ', stepLink(host, step)]
    : ['It is another one. You have not tried the step that decides: ', stepLink(host, step)];

function resultNodes(host: Host, { run }: PracticeStore, end: (again: boolean) => void): HTMLElement[] {
  const { recorded, causes, ended, tried } = run;
  const { cause: id, deciding, recordedWith, recorded: day } = recorded;
  const cause = causes.find((one) => one.id === id);
  const title = cause?.title ?? id;
  const count = host.views.filter((view) => tried.includes(view.id)).length;
  const unproved = ended === 'named' && !tried.includes(deciding) ? ' You named it without this step.' : '';
  const another = panelButton('Another incident', () => end(true));
  return [
    node('p', '', node('b', '', `${ended === 'named' ? 'Right' : 'The cause'}: ${title}`)),
    node('p', '', 'The step that decides: ', stepLink(host, deciding), unproved),
    ...proofNodes(host, run),
    node(
      'p',
      'practice-soft',
      `As recorded with ${recordedWith} on ${day}. You tried ${count} of ${host.views.length} steps.`,
    ),
    node(
      'p',
      'practice-links',
      link('The cause, and how to fix it', `/causes/${id}/`),
      ...(cause ? [link('Its checklist', cause.checklist)] : []),
    ),
    node(
      'p',
      'practice-buttons',
      another,
      panelButton('End practice', () => end(false)),
    ),
  ];
}

/** The proof as the deciding step printed it, marked, and what the list says of it. */
function proofNodes(host: Host, { recorded }: PracticeStore['run']): HTMLElement[] {
  const outcomes = outcomesOf(host, recorded.deciding, recorded.cause);
  const lines = proofLines(recorded, outcomes.flatMap(wordsToLookFor));
  const texts = lines.map(({ text, proves }) => (proves ? node('mark', '', text) : text));
  const pre = node('pre', '', ...texts.flatMap((text, index) => (index > 0 ? ['\n', text] : [text])));
  const box = node('div', 'practice-output practice-proof', pre);
  box.role = 'group';
  box.ariaLabel = 'The proof';
  const said = outcomes.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
  return [box, ...said.map((words) => node('p', '', `In the list: “${words}”`))];
}

/** The outcomes of a step that lead to a cause. */
const outcomesOf = (host: Host, step: string, cause: string): Element[] =>
  [
    ...(host.views
      .find(({ id }) => id === step)
      ?.box.closest('li')
      ?.querySelectorAll(':scope > ul > li') ?? []),
  ].filter((outcome) => outcome.querySelector(`a[href*="/causes/${cause}/"]`));

/** What an outcome says to look for in the output: the code at its head, else a status. */
function wordsToLookFor(outcome: Element): string[] {
  const head = outcome.querySelector('.checklist-outcome');
  const code = [...(head?.querySelectorAll('code') ?? [])].map(({ textContent }) => textContent);
  return code.length > 0 ? code : (head?.textContent.match(/\b[1-5]\d\d\b/g) ?? []);
}
