import { goodValues } from './fields.ts';
import { panelButton, panelOf, type Host } from './host.ts';
import { newIncident } from './new-incident.ts';
import type { Incident } from './incident.ts';
import { incidentInHash } from './link-text.ts';

/** Says what a link brings, and asks before anything of the reader's changes. */
export async function askAboutLink(host: Host, hash: string): Promise<void> {
  const carried = await incidentInHash(host.listId, hash);
  const panel = panelOf(host);
  if (!panel) return;
  if (!carried.ok) {
    forgetHash();
    host.say(carried.why);
    return;
  }
  if (host.store.practice !== null) {
    host.say('This link brings an incident. You can look at it when you end practice.');
    return;
  }
  const { incident } = carried;
  const { current } = host.store;
  const close = (words: string): void => {
    forgetHash();
    panel.replaceChildren();
    panel.hidden = true;
    host.show();
    host.say(words);
  };

  const question = document.createElement('div');
  question.textContent = `${whatItBrings(host, incident)} Nothing of yours has changed yet.`;
  const add = panelButton('Add it as an incident', () => {
    const { all } = host.store;
    const { id } = newIncident(all);
    const isTaken = all.some(({ name }) => name === incident.name);
    const name = isTaken ? `${incident.name}, from a link` : incident.name;
    host.store.put({ ...incident, id, name });
    host.store.open(id);
    close(`Added “${name}”. Yours are under Incidents.`);
  });
  const replace = panelButton(`Replace “${current.name}”`, () => {
    const before = host.store.current;
    host.store.put({ ...incident, id: before.id });
    close('');
    const focus = host.querySelector('[data-act="incidents"]');
    host.say(`Replaced “${before.name}”.`, { act: () => host.store.put(before), words: 'Yours is back.', focus });
  });
  panel.replaceChildren(
    question,
    add,
    replace,
    panelButton('Leave it', () => close('Nothing has changed.')),
  );
  panel.role = 'group';
  panel.ariaLabel = 'Incident from a link';
  panel.hidden = false;
  host.querySelector('[data-act="incidents"]')?.setAttribute('aria-expanded', 'false');
  add.focus();
}

/** Values are named in full: they go into commands that the reader will run. */
function whatItBrings(host: Host, incident: Incident): string {
  const steps = Object.values(incident.steps);
  const ticks = steps.filter(({ ticked }) => ticked).length;
  const notes = steps.filter(({ note }) => note !== '').length;
  const values = goodValues(host.fields, incident);
  const filled = host.fields.flatMap(({ id, label }) => (values[id] === undefined ? [] : [`${label} ${values[id]}`]));
  const fills = filled.length === 0 ? '' : ` It fills into the commands: ${filled.join(', ')}.`;
  return `This link brings “${incident.name}”, with ${count(ticks, 'tick')} and ${count(notes, 'note')}.${fills}`;
}

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** A reload asks no second time. */
const forgetHash = (): void => history.replaceState(history.state, '', location.pathname + location.search);
