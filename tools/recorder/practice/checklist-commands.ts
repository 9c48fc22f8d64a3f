import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../content/checklists/', import.meta.url));

/** One item of a checklist, with its command as the page shows it before anyone fills in their own values. */
export interface ItemCommand {
  readonly item: string;
  readonly command: string;
}

/** Ids of all checklists, sorted. */
export const checklistIds = (): string[] =>
  fs
    .readdirSync(FOLDER)
    .filter((name) => name.endsWith('.mdx') && name !== 'index.mdx')
    .map((name) => name.slice(0, -'.mdx'.length))
    .sort();

/** The items of a checklist in their order, each with its command. Throws a sentence where an item has none. */
export function checklistCommands(list: string): ItemCommand[] {
  const source = fs.readFileSync(`${FOLDER}${list}.mdx`, 'utf8');
  const [, ...items] = source.split(/^- \[ \] (?=<Item )/m);
  return items.map((text) => {
    const item = /^<Item id="([^"]+)"/.exec(text)?.[1] ?? '';
    const [, indent = '', code] = /^( *)```sh\n([^]*?)^ *```$/m.exec(text) ?? [];
    if (code === undefined) throw new Error(`The item "${item}" of content/checklists/${list}.mdx has no sh fence.`);
    return { item, command: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd() };
  });
}
