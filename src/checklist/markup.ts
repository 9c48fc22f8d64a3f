/**
 * Turns the HTML of a rendered task list into one that can be ticked. Markdown gives disabled checkboxes without a name;
 * `<Item id="…">` marks the words that become the checkbox's label and gives the id under which its tick is kept.
 */

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const CHECKBOX = /<input\b[^>]*\btype="checkbox"[^>]*>/g;
const ITEM = /<label\b[^>]*\bdata-item="([^"]*)"[^>]*>/g;
const TASK = /<input\b[^>]*\btype="checkbox"[^>]*>\s*<label\b[^>]*\bdata-item="([^"]*)"[^>]*>/g;

export interface ChecklistMarkup {
  readonly html: string;
  /** Ids of the items, in order. */
  readonly items: readonly string[];
}

/**
 * The list with working, labelled checkboxes. Throws a sentence for the author when an item has no id, two items share
 * one, or an `<Item>` stands outside a task.
 */
export function tickable(html: string, checklistId: string): ChecklistMarkup {
  const where = `The checklist "${checklistId}"`;
  if (!ID.test(checklistId))
    throw new Error(`${where} needs an id of lower-case words with dashes, such as "first-five-minutes".`);

  const items = [...html.matchAll(TASK)].map(([, id = '']) => id);
  const tasks = html.match(CHECKBOX)?.length ?? 0;
  const labels = html.match(ITEM)?.length ?? 0;
  if (tasks === 0)
    throw new Error(`${where} has no tasks. Write them as "- [ ] <Item id="ask-again">Ask again.</Item>".`);
  if (tasks > items.length) {
    throw new Error(
      `${where} has ${tasks} tasks and ${items.length} of them begin with an <Item id="…">. Give the others one: progress is kept by it.`,
    );
  }
  if (labels > items.length)
    throw new Error(
      `${where} has an <Item> that does not follow a "- [ ]". Put every <Item> at the start of its task.`,
    );

  for (const [index, id] of items.entries()) {
    if (!ID.test(id))
      throw new Error(
        `${where} has an item with the id "${id}". Use lower-case words with dashes, such as "ask-again".`,
      );
    if (items.indexOf(id) < index)
      throw new Error(`${where} has two items with the id "${id}". Give one of them another.`);
  }

  const taken = new Set(items);
  const tickableHtml = html.replace(TASK, (task, id: string) => {
    const was = /\bdata-was="([^"]*)"/.exec(task)?.[1] ?? '';
    for (const earlier of was.split(' ').filter(Boolean)) {
      if (taken.has(earlier))
        throw new Error(`${where} has two items that are or were "${earlier}". An earlier id leads to one item only.`);
      taken.add(earlier);
    }
    const control = `${checklistId}--${id}`;
    const earlierIds = was === '' ? '' : ` data-was="${was}"`;
    return `<input type="checkbox" id="${control}" data-item="${id}"${earlierIds} autocomplete="off"> <label for="${control}">`;
  });
  return { html: tickableHtml, items };
}
