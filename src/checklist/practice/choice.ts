import { panelButton, type Host } from '../host.ts';
import { loadData, NotLoaded } from './load-data.ts';
import { node } from './nodes.ts';
import { newRun, type Run } from './practice-store.ts';
import type { PracticeChoice, RecordedIncident } from './recorded.ts';

/** What the list's page has practiced since it was opened: a surprise is another one. */
const practiced = new Set<string>();

const choiceOf = (host: Host): Element | null => host.querySelector('.practice-choice');

/** Takes the choice away. */
export function closeChoice(host: Host): void {
  choiceOf(host)?.remove();
  host.querySelector('[data-act="practice"]')?.setAttribute('aria-expanded', 'false');
}

/** Asks which incident it is to be, under the buttons; or takes the question back. */
export function openChoice(host: Host, button: HTMLElement, start: (run: Run) => void): void {
  if (choiceOf(host)) {
    closeChoice(host);
    return;
  }
  const choice = node('div', 'practice-choice');
  choice.dataset['practice'] = '';
  choice.role = 'group';
  choice.ariaLabel = 'Practice';
  const isWaitedFor = (): boolean => choice.contains(document.activeElement) || document.activeElement === button;
  button.ariaExpanded = 'true';
  host.querySelector('.checklist-bar .checklist-note')?.before(choice);
  const cancel = (): void => {
    closeChoice(host);
    button.focus();
  };
  const folder = `/data/practice/${host.listId}`;
  const loadOffer = (slow: () => void) => loadData<PracticeChoice>(`${folder}.json`, slow);
  void whenLoaded(choice, loadOffer, cancel, (offer) => {
    drawOffer(choice, offer, cancel, (incident) => {
      const loadIncident = (slow: () => void) => loadData<RecordedIncident>(`${folder}/${incident}.json`, slow);
      void whenLoaded(choice, loadIncident, cancel, (recorded) => {
        practiced.add(`${host.listId}/${incident}`);
        const values = Object.fromEntries(host.fields.map(({ id, placeholder }) => [id, placeholder]));
        start(newRun(recorded, offer.causes, values));
      });
    });
  });

  function drawOffer(place: Element, { incidents }: PracticeChoice, stop: () => void, chosen: (id: string) => void) {
    const form = node('form', '');
    const radios = [
      radio('', ['Surprise me', ''], true),
      ...incidents.map(({ incident, title, story }) => radio(incident, [`${title}.`, ` ${story}`])),
    ];
    const begin = node('button', '', 'Start');
    const buttons = node('p', 'practice-buttons', begin, panelButton('Cancel', stop));
    const fieldset = node('fieldset', '', node('legend', '', 'Which incident?'), ...radios);
    form.append(fieldset, buttons);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const named = new FormData(form).get('incident');
      chosen(typeof named === 'string' && named !== '' ? named : surprise(host.listId, incidents));
    });
    const isNext = isWaitedFor();
    place.replaceChildren(form);
    if (isNext) radios[0]?.querySelector('input')?.focus();
  }
}

function radio(value: string, [head, rest]: readonly [string, string], checked = false): HTMLElement {
  const input = document.createElement('input');
  Object.assign(input, { type: 'radio', name: 'incident', value, checked });
  return node('label', '', input, node('span', '', node('b', '', head), rest));
}

/** Any of them; one that was practiced only when all were. */
function surprise(listId: string, incidents: PracticeChoice['incidents']): string {
  const fresh = incidents.filter(({ incident }) => !practiced.has(`${listId}/${incident}`));
  const from = fresh.length > 0 ? fresh : incidents;
  return from[Math.floor(Math.random() * from.length)]?.incident ?? '';
}

/** Goes on when the data is there; until then, and when it does not come, `place` says so. */
async function whenLoaded<Data>(
  place: Element,
  load: (slow: () => void) => Promise<Data>,
  cancel: () => void,
  then: (data: Data) => void,
): Promise<void> {
  const status = node('p', '', 'Loading…');
  status.ariaLive = 'polite';
  const stop = panelButton('Cancel', cancel);
  const buttons = node('p', 'practice-buttons', stop);
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(status, buttons);
  if (hadFocus) stop.focus();
  try {
    const data = await load(() => (status.textContent = 'Still loading: the site answers slowly.'));
    // The reader may have canceled in the meantime.
    if (place.isConnected) then(data);
  } catch (error) {
    if (!(error instanceof NotLoaded)) throw error;
    status.textContent = `${error.message} Nothing of yours has changed.`;
    const again = panelButton('Try again', () => void whenLoaded(place, load, cancel, then));
    buttons.prepend(again);
    if (document.activeElement === stop) again.focus();
  }
}
