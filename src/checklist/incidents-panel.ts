import { panelButton, panelOf, type Host } from './host.ts';
import { stepOf, type Incident } from './incident.ts';
import { newIncident } from './new-incident.ts';

/** Opens the list of incidents under the buttons, or closes it. */
export function toggleIncidents(host: Host, button: Element | null): void {
  const panel = panelOf(host);
  if (!panel || !button) return;
  const isOpen = button.ariaExpanded === 'true';
  button.ariaExpanded = String(!isOpen);
  panel.hidden = isOpen;
  panel.replaceChildren();
  if (isOpen) return;
  panel.role = 'group';
  panel.ariaLabel = 'Incidents';
  draw(host, panel);
  const stop = new AbortController();
  host.addEventListener(
    'shown',
    () => {
      if (button.ariaExpanded !== 'true') stop.abort();
      // A name that is being written is drawn already.
      else if (!(document.activeElement instanceof HTMLInputElement && panel.contains(document.activeElement)))
        draw(host, panel);
    },
    { signal: stop.signal },
  );
}

function draw(host: Host, panel: HTMLElement): void {
  const before = document.activeElement;
  const focused = before instanceof HTMLElement && panel.contains(before) ? before.dataset['key'] : undefined;
  const add = panelButton('New incident', () => {
    const { all, current } = host.store;
    // The same system fails again more often than another one.
    const incident = newIncident(all, current.values);
    host.store.put(incident);
    open(host, incident.id, `Started “${incident.name}”, with your values.`);
    const name = panel.querySelector<HTMLInputElement>(`input[data-key="name-${incident.id}"]`);
    name?.focus();
    name?.select();
  });
  add.dataset['key'] = 'new';
  panel.replaceChildren(...host.store.all.map((incident) => row(host, incident)), add);
  if (focused !== undefined) {
    const again = [...panel.querySelectorAll<HTMLElement>('[data-key]')].find(
      ({ dataset }) => dataset['key'] === focused,
    );
    (again ?? add).focus();
  }
}

function row(host: Host, incident: Incident): HTMLElement {
  const { id, name } = incident;
  const isShown = host.store.current.id === id;
  const line = document.createElement('div');
  line.className = 'checklist-row';

  const input = document.createElement('input');
  input.value = name;
  input.maxLength = 80;
  input.ariaLabel = 'Name of the incident';
  input.dataset['key'] = `name-${id}`;
  input.addEventListener('input', () => {
    const written = input.value.trim();
    if (written === '') return;
    host.store.changeAll((all) => all.map((one) => (one.id === id ? { ...one, name: written } : one)));
    host.show();
  });
  input.addEventListener('blur', () => (input.value ||= name));

  const done = host.views.filter((view) => stepOf(incident, view.id, view.was).ticked).length;
  const count = document.createElement('span');
  count.textContent = `${done} of ${host.views.length}${isShown ? ', shown now' : ''}`;

  const show = panelButton('Show', () => open(host, id, `This is “${name}”.`), `Show ${name}`);
  show.dataset['key'] = `show-${id}`;
  show.ariaPressed = String(isShown);
  const remove = panelButton('Delete', () => deleteIncident(host, incident), `Delete ${name}`);
  line.append(input, count, show, remove);
  return line;
}

function open(host: Host, id: string, words: string): void {
  host.store.open(id);
  host.show();
  host.say(words);
}

function deleteIncident(host: Host, incident: Incident): void {
  const { all, current } = host.store;
  const place = all.indexOf(incident);
  const wasShown = current.id === incident.id;
  /** What stands in its place when it was the only one. */
  const instead = newIncident([]);
  host.store.changeAll((incidents) => {
    const others = incidents.filter(({ id }) => id !== incident.id);
    return others.length > 0 ? others : [instead];
  });
  host.show();
  const focus = panelOf(host)?.querySelector('[data-key="new"]') ?? null;
  if (focus instanceof HTMLElement) focus.focus();
  host.say(`Deleted “${incident.name}”.`, {
    act: () => {
      host.store.changeAll((incidents) => {
        const others = incidents.filter(({ id, steps }) => id !== instead.id || Object.keys(steps).length > 0);
        return [...others.slice(0, place), incident, ...others.slice(place)];
      });
      if (wasShown) host.store.open(incident.id);
    },
    words: `“${incident.name}” is back.`,
    focus,
  });
}
