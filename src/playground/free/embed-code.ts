import { copy, freeUrl, type Sharing } from '../store-sharing.ts';

/** HTML that shows this playground, with its program and its scenario, in a page of another site. */
export async function embedCode(playground: Sharing): Promise<string> {
  const url = new URL(await freeUrl(playground), location.href);
  url.search = '?embed';
  const title = `Gateway Lab: ${playground.data.title}`;
  return (
    `<iframe src="${escaped(url.href)}" title="${escaped(title)}" loading="lazy" allow="clipboard-write" ` +
    'style="width: 100%; height: 60rem; border: 1px solid #83888d"></iframe>'
  );
}

/** Copies that HTML, and says how to choose a theme. */
export async function copyEmbedCode(playground: Sharing): Promise<void> {
  const done = 'HTML for your page copied. Write ?embed&theme=light or ?embed&theme=dark to choose its theme.';
  await copy(playground, await embedCode(playground), 'HTML for your page', done);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
