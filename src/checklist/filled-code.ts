import { fillEdits, type Edit, type Filling } from './fill-command.ts';

/** The content of each code as its author wrote it. */
const originals = new WeakMap<Element, readonly Node[]>();

/** Shows a command with the reader's values in it. Its colors stay, and what copies it copies what it shows. */
export function fillCode(code: Element, fillings: readonly Filling[]): void {
  if (fillings.length === 0 && !originals.has(code)) return;
  const original = originals.get(code) ?? [...code.childNodes];
  originals.set(code, original);
  code.replaceChildren(...original.map((node) => node.cloneNode(true)));
  const edits = fillEdits(code.textContent, fillings);
  if (edits.length === 0) return;
  let offset = 0;
  for (const node of textNodes(code)) {
    const { data } = node;
    node.replaceWith(...edited(data, offset, edits));
    offset += data.length;
  }
}

function textNodes(code: Element): Text[] {
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode);
  return nodes;
}

/** A text of the code with the edits in it. One that goes over several texts is shown in the first of them. */
function edited(data: string, offset: number, edits: readonly Edit[]): (string | Element)[] {
  const pieces: (string | Element)[] = [];
  let done = 0;
  for (const { start, end, text } of edits) {
    if (end <= offset || start >= offset + data.length) continue;
    pieces.push(data.slice(done, Math.max(start - offset, done)));
    if (start >= offset) {
      const value = document.createElement('span');
      value.className = 'checklist-value';
      value.textContent = text;
      pieces.push(value);
    }
    done = Math.min(end - offset, data.length);
  }
  return [...pieces, data.slice(done)];
}
