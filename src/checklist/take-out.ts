import { goodValues } from './fields.ts';
import type { Host } from './host.ts';
import { leftSteps, stepOf } from './incident.ts';
import { incidentHash, LONGEST_LINK } from './link-text.ts';
import { asJson, asMarkdown, type Report } from './report.ts';

const NO_COPYING = 'Your browser did not allow copying. Select the list and copy it by hand.';

/** Hands the incident that is shown to its reader: as Markdown or a link to paste, or as a JSON file. */
export async function takeOut(host: Host, as: 'copy' | 'link' | 'json'): Promise<void> {
  if (as === 'copy') await copy(host, asMarkdown(reportOf(host)), 'Copied.');
  else if (as === 'link') await copyLink(host);
  else saveJson(host);
}

function reportOf(host: Host): Report {
  const { current } = host.store;
  const values = goodValues(host.fields, current);
  const known = host.views.flatMap(({ id, was }) => [id, ...was]);
  return {
    list: host.listId,
    title: document.querySelector('h1')?.textContent.trim() ?? document.title,
    address: location.origin + location.pathname,
    incident: current.name,
    practice: host.store.practice,
    values: host.fields.flatMap(({ id, label }) =>
      values[id] === undefined ? [] : [{ id, label, value: values[id] }],
    ),
    steps: host.views.map(({ id, was, words }) => ({ id, text: words, step: stepOf(current, id, was) })),
    left: leftSteps(current, known).map(([id, step]) => ({ id, text: id, step })),
  };
}

async function copyLink(host: Host): Promise<void> {
  const link = location.origin + location.pathname + (await incidentHash(host.listId, host.store.current));
  if (link.length > LONGEST_LINK) {
    host.say(
      `The link would have ${link.length} characters, and many programs cut what is longer than ${LONGEST_LINK}. ` +
        'Use Copy as Markdown or Save JSON.',
    );
    return;
  }
  await copy(
    host,
    link,
    'Copied a link that carries this incident: ticks, times, notes and your values. It is all behind the #, which browsers send to nobody.',
  );
}

async function copy(host: Host, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    host.say(done);
  } catch {
    host.say(NO_COPYING);
  }
}

function saveJson(host: Host): void {
  const url = URL.createObjectURL(new Blob([asJson(reportOf(host))], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${host.listId}${host.store.practice === null ? '' : '-practice'}.json`;
  link.click();
  // The browser has taken hold of the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  host.say(`Saved as ${link.download}.`);
}
