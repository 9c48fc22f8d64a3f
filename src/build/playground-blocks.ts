/** One code fence of a playground: a file of the reader's program. */
export interface PlaygroundFence {
  /** Language of the fence, e.g. `js`. */
  readonly lang: string;
  /** File name from the fence's `title`, e.g. `client.js`. */
  readonly name: string;
  readonly code: string;
  /** Line of the source on which the code's first line stands, from 1. */
  readonly line: number;
}

/** One `<Playground>` of a page, as its author wrote it. */
export interface PlaygroundBlock {
  readonly id: string;
  readonly title: string;
  /** Id of a file in `content/scenarios/`. */
  readonly scenario: string;
  /** The author says that the unedited program ends with an error. */
  readonly fails: boolean;
  readonly files: readonly PlaygroundFence[];
  /** Line of the opening tag, from 1. */
  readonly line: number;
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})([\w-]*)[ \t]*(.*)$/;
const ATTRIBUTE = /([A-Za-z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}))?/g;

/**
 * Finds the playgrounds in a page's MDX source. Tags inside other code fences are text and are left alone.
 * Throws a sentence with file and line when a tag is not closed, lacks an attribute or holds no fence, when a fence has no
 * title, and when two playgrounds of the page share an id.
 * @param fileName the name that messages use
 */
export function playgroundBlocks(mdxSource: string, fileName = 'page'): PlaygroundBlock[] {
  const lines = mdxSource.split(/\r?\n/);
  const blocks: PlaygroundBlock[] = [];
  let open: { tag: Omit<PlaygroundBlock, 'files'>; files: PlaygroundFence[] } | null = null;

  for (let index = 0; index < lines.length; index++) {
    const text = lines[index] ?? '';
    const fence = readFence(lines, index);
    if (fence) {
      if (open) open.files.push(titled(fence, fileName));
      index = fence.end;
    } else if (/^\s*<Playground(?:[\s>]|$)/.test(text)) {
      if (open)
        throw problem(
          fileName,
          index,
          `a <Playground> begins inside the one of line ${open.tag.line}; close that first.`,
        );
      const { attributes, end } = readTag(lines, index, fileName);
      open = { tag: { ...requireAttributes(attributes, fileName, index), line: index + 1 }, files: [] };
      index = end;
    } else if (open && /^\s*<\/Playground>/.test(text)) {
      blocks.push(closed(open.tag, open.files, blocks, fileName));
      open = null;
    }
  }
  if (open)
    throw problem(fileName, open.tag.line - 1, 'this <Playground> is never closed; add </Playground> after its code.');
  return blocks;
}

interface RawFence {
  readonly lang: string;
  readonly meta: string;
  readonly code: string;
  readonly start: number;
  /** Index of the closing line. */
  readonly end: number;
}

function readFence(lines: readonly string[], start: number): RawFence | null {
  const opening = FENCE.exec(lines[start] ?? '');
  if (!opening) return null;
  const [, indent = '', marker = '', lang = '', meta = ''] = opening;
  const closing = new RegExp(`^[ \\t]*${marker[0] ?? ''}{${marker.length},}[ \\t]*$`);
  let end = start + 1;
  while (end < lines.length && !closing.test(lines[end] ?? '')) end++;
  const code = lines
    .slice(start + 1, end)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()));
  return { lang, meta, code: code.join('\n'), start, end };
}

function titled({ lang, meta, code, start }: RawFence, fileName: string): PlaygroundFence {
  const name = /\btitle=(?:"([^"]+)"|'([^']+)')/.exec(meta);
  if (!name)
    throw problem(fileName, start, 'a code fence in a <Playground> needs a file name, such as title="client.js".');
  return { lang, name: name[1] ?? name[2] ?? '', code, line: start + 2 };
}

function readTag(
  lines: readonly string[],
  start: number,
  fileName: string,
): { attributes: Map<string, string>; end: number } {
  let text = '';
  for (let end = start; end < lines.length; end++) {
    text += `${lines[end] ?? ''}\n`;
    const tag = /^\s*<Playground((?:"[^"]*"|'[^']*'|[^"'>])*)>/.exec(text);
    if (!tag) continue;
    const attributes = new Map<string, string>();
    for (const [, name = '', double, single, braced] of (tag[1] ?? '').matchAll(ATTRIBUTE)) {
      attributes.set(name, double ?? single ?? braced ?? 'true');
    }
    return { attributes, end };
  }
  throw problem(fileName, start, 'the tag <Playground … has no closing ">".');
}

function requireAttributes(attributes: ReadonlyMap<string, string>, fileName: string, index: number) {
  const value = (name: string, example: string): string => {
    const text = attributes.get(name)?.trim();
    if (!text) throw problem(fileName, index, `<Playground> needs ${name}="…", such as ${name}="${example}".`);
    return text;
  };
  const fails = attributes.get('fails') ?? 'false';
  return {
    id: value('id', 'first-502'),
    title: value('title', 'Watch a retry meet a 502'),
    scenario: value('scenario', 'first-two-attempts-fail'),
    fails: fails === 'true',
  };
}

function closed(
  tag: Omit<PlaygroundBlock, 'files'>,
  files: readonly PlaygroundFence[],
  earlier: readonly PlaygroundBlock[],
  fileName: string,
): PlaygroundBlock {
  if (files.length === 0) {
    throw problem(
      fileName,
      tag.line - 1,
      'this <Playground> holds no code; put a ```js title="client.js" fence between its tags.',
    );
  }
  const twin = earlier.find(({ id }) => id === tag.id);
  if (twin) {
    throw problem(
      fileName,
      tag.line - 1,
      `the id "${tag.id}" is already taken by the playground of line ${twin.line}; choose another.`,
    );
  }
  return { ...tag, files };
}

const problem = (fileName: string, index: number, sentence: string): Error =>
  new Error(`${fileName}:${index + 1}: ${sentence}`);
