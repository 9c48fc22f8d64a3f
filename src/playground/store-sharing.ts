import type { ReadonlySignal } from '@preact/signals';
import type { TimeMode } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Adjustments } from './adjust.ts';
import type { Draft } from './draft.ts';
import { siteUrl } from './fetch-json.ts';
import type { Notice } from './notice.ts';
import type { PlaygroundData } from './playground-data.ts';
import { bundleText, LONGEST_LINK, openShare, shareHash } from './share-link.ts';
import { siteScenario } from './site-scenario.ts';
import { sharedScenarioFrom, type Share, type SharedScenario } from './share.ts';

/** What of a playground is shared, and what it takes to bring a share back. */
export interface Sharing {
  readonly data: PlaygroundData;
  readonly file: ReadonlySignal<number>;
  readonly code: readonly ReadonlySignal<string>[];
  readonly time: ReadonlySignal<TimeMode>;
  readonly source: ReadonlySignal<SharedScenario>;
  /** Comes when what the reader chose or wrote last has been taken over. */
  readonly settled: () => Promise<void>;
  readonly show: (index: number) => void;
  readonly replaceCode: (texts: readonly (string | undefined)[]) => void;
  readonly keepTime: (mode: TimeMode) => void;
  readonly setScenario: (next: Scenario, from: string | { readonly yaml: string }) => void;
  readonly misread: (yaml: string, mistake: string) => void;
  readonly adjust: (change: Adjustments) => Promise<void>;
  readonly draft: () => Draft | null;
  readonly aside: ReadonlySignal<readonly Draft[]>;
  readonly setAside: (drafts: readonly Draft[]) => void;
  readonly notify: (notice: Notice | null) => void;
  readonly say: (sentence: string) => void;
}

/** Everything that makes the reader's next run repeatable. */
export async function shareOf({ data, file, code, time, source, settled }: Sharing): Promise<Share> {
  await settled();
  return {
    id: data.id,
    page: location.pathname,
    title: data.title,
    file: data.files[file.peek()]?.name ?? '',
    code: Object.fromEntries(data.files.map(({ name }, index) => [name, code[index]?.peek() ?? ''])),
    scenario: source.peek(),
    time: time.peek(),
  };
}

/** Copies a link that carries the reader's code, and says so; offers a file where a link would be too long. */
export async function share(playground: Sharing): Promise<void> {
  const shared = await shareOf(playground);
  const link = location.origin + location.pathname + (await shareHash(shared));
  if (link.length > LONGEST_LINK) {
    playground.notify({
      kind: 'offer',
      sentence:
        `This playground is too long for a link: ${link.length.toLocaleString('en')} characters, and many programs cut ` +
        `links after ${LONGEST_LINK.toLocaleString('en')}. Send it as a file: the free playground can import it.`,
      action: 'Save the file',
      act: () => saveBundle(shared),
    });
    playground.say('Too long for a link. Above the code you can save it as a file.');
    return;
  }
  await copy(
    playground,
    link,
    'Link to this code',
    'Link copied. It carries your code and this scenario, and waits for Run.',
  );
}

/** Copies a text and says so; shows it for copying by hand where the clipboard refuses. */
export async function copy(
  { notify, say }: Pick<Sharing, 'notify' | 'say'>,
  text: string,
  label: string,
  done: string,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    notify({ kind: 'copy', label, text });
    say('The browser did not allow copying. The text is above the code: copy it from there.');
  }
}

/** Where the free playground shows the same, ready to be changed. */
export const freeUrl = async (playground: Sharing): Promise<string> =>
  siteUrl('/playground/') + (await shareHash(await shareOf(playground)));

/** Saves the shown file. */
export function download({ data, file, code }: Pick<Sharing, 'data' | 'file' | 'code'>): void {
  const index = file.peek();
  saveAs(data.files[index]?.name ?? 'client.js', code[index]?.peek() ?? '', 'text/javascript');
}

/** Hands the reader a file with everything in it. */
export function saveBundle(shared: Share): void {
  saveAs('playground.json', bundleText(shared), 'application/json');
}

/** Hands the reader a file. @param type its media type */
export function saveAs(name: string, text: string, type: string): void {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(new Blob([text], { type }));
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}

/**
 * Shows what the page's address carries for this playground; never runs it.
 * @returns whether it was for this playground
 * @param first true for the page's first playground, which speaks for links that nobody can read
 */
export async function openLink(
  playground: Sharing,
  hash: string,
  ids: readonly string[],
  first: boolean,
): Promise<boolean> {
  const { data } = playground;
  const opened = await openShare(hash);
  if (!opened.ok) {
    if (first) playground.notify({ kind: 'problem', sentence: opened.sentence });
    return first;
  }
  const { id } = opened.share;
  if (!data.free && first && !ids.includes(id ?? '')) {
    playground.notify({
      kind: 'problem',
      sentence: 'The playground that this link was made for is no longer on this page.',
      link: { text: 'Open its code in the free playground', href: siteUrl('/playground/') + hash },
    });
    return true;
  }
  if (!data.free && id !== data.id) return false;
  await bringBack(playground, opened.share, 'link');
  return true;
}

/** Shows a share: its program, its scenario, its time. Never runs it. A draft of the reader's own makes room for it. */
export async function bringBack(playground: Sharing, shared: Share, from: 'link' | 'file'): Promise<void> {
  const { data, aside } = playground;
  const own = playground.draft();
  const texts = codeFor(data, shared);
  playground.replaceCode(texts);
  const named = data.files.findIndex(({ name }) => name === shared.file);
  const shown = named >= 0 ? named : texts.findIndex((text) => text !== undefined);
  playground.show(Math.max(0, shown));
  playground.keepTime(shared.time);
  playground.notify({ kind: 'link', from, title: shared.title === data.title ? '' : shared.title });
  try {
    await simulate(playground, shared.scenario);
  } finally {
    // A link that is opened again may find itself.
    const there = JSON.stringify(playground.draft());
    const kept = [...aside.peek(), ...(own ? [own] : [])].map((draft) => JSON.stringify(draft));
    playground.setAside(
      [...new Set(kept)].filter((draft) => draft !== there).map((draft) => JSON.parse(draft) as Draft),
    );
  }
}

const EXTENSIONS = { js: /\.[cm]?js$/, ts: /\.[cm]?ts$/, py: /\.py$/ } as const;

/** The shared files by the names that this playground has; a file of another name goes where its language does. */
function codeFor({ files }: PlaygroundData, { code }: Share): (string | undefined)[] {
  const strange = Object.keys(code).filter((name) => !files.some((file) => file.name === name));
  return files.map(({ name, lang }) => {
    const other = strange.find((one) => EXTENSIONS[lang].test(one));
    return code[name] ?? (other === undefined ? undefined : code[other]);
  });
}

/** The scenario of a draft. @param text JSON, as the draft keeps it; the reader may have changed it */
export async function restoreScenario(playground: Sharing, text: string): Promise<void> {
  const shared = sharedScenarioFrom(text);
  if (shared) await simulate(playground, shared);
}

/** Simulates a shared scenario from the next run on. What cannot be had is said, and the page's own stays. */
async function simulate(playground: Sharing, { adjust, ...from }: SharedScenario): Promise<void> {
  const { data } = playground;
  if ('yaml' in from) {
    const [{ readScenario }, { loadChoices }] = await Promise.all([
      import('./free/scenario-reader.ts'),
      import('./choices.ts'),
    ]);
    const { scenario, problems } = readScenario(from.yaml, await loadChoices());
    const [first] = problems;
    if (scenario) playground.setScenario(scenario, { yaml: from.yaml });
    else
      playground.misread(from.yaml, `The scenario has a mistake in line ${first?.line ?? 1}: ${first?.message ?? ''}`);
    if (!scenario) return;
  } else if (from.id === data.scenarioId) playground.setScenario(data.scenario, from.id);
  else playground.setScenario((await siteScenario(from.id)).scenario, from.id);
  if (adjust) await playground.adjust(adjust);
}
