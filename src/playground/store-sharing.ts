import { shareHash, openShare } from './share-link.ts';
import type { Playground } from './store.ts';

/** Copies a link that carries the reader's code, and says so; shows the link where the clipboard refuses. */
export async function share(playground: Playground): Promise<void> {
  const { data, file, code, time } = playground;
  const hash = await shareHash({
    id: data.id,
    page: location.pathname,
    title: data.title,
    file: data.files[file.peek()]?.name ?? '',
    code: Object.fromEntries(data.files.map(({ name }, index) => [name, code[index]?.peek() ?? ''])),
    scenario: { id: data.scenarioId },
    time: time.peek(),
  });
  const link = location.origin + location.pathname + hash;
  try {
    await navigator.clipboard.writeText(link);
    playground.say('Link copied. It carries your code and this scenario, and waits for Run.');
  } catch {
    playground.notify({ kind: 'copy', link });
    playground.say('The browser did not allow copying. The link is above the code: copy it from there.');
  }
}

/** Saves the shown file. */
export function download({ data, file, shownCode }: Playground): void {
  saveAs(data.files[file.peek()]?.name ?? 'client.js', shownCode(), 'text/javascript');
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
 * Shows the code that the page's address carries for this playground; never runs it.
 * @returns whether it was for this playground
 * @param first true for the page's first playground, which speaks for links that nobody can read
 */
export async function openLink(
  playground: Playground,
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
  const { id, code: shared, file: name } = opened.share;
  if (first && !ids.includes(id ?? '')) {
    const sentence = 'The playground that this link was made for is no longer on this page.';
    playground.notify({ kind: 'problem', sentence });
    return true;
  }
  if (id !== data.id) return false;
  const index = Math.max(
    0,
    data.files.findIndex((candidate) => candidate.name === name),
  );
  playground.show(index);
  playground.replaceCode(data.files.map((file) => shared[file.name]));
  playground.keepTime(opened.share.time);
  playground.notify({ kind: 'link' });
  return true;
}
