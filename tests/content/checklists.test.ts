import { describe, expect, test } from 'vitest';
import { pageSources } from './page-sources.ts';

const lists = pageSources().filter(({ source }) => source.includes('<Checklist '));

/** The task list's lines, from its opening tag to its closing one. */
const checklistOf = (lines: readonly string[]): string[] => {
  const start = lines.findIndex((line) => line.startsWith('<Checklist '));
  const end = lines.indexOf('</Checklist>');
  return lines.slice(start, end);
};

test('there is a checklist', () => {
  expect(lists.map(({ path }) => path)).toContain('/checklists/first-five-minutes/');
});

describe.each(lists)('$file', ({ path, proseLines, fences }) => {
  const lines = checklistOf(proseLines);
  const tasks = lines.filter((line) => /^- \[[ x]\]/.test(line));
  const ids = tasks.map((task) => /^- \[ \] <Item id="([a-z0-9-]+)">.+<\/Item>$/.exec(task)?.[1]);

  test('is stored under the name in its address', () => {
    expect(lines[0]).toBe(`<Checklist id="${path.split('/').at(-2) ?? ''}">`);
  });

  test('gives every task an id of its own and starts with none ticked', () => {
    expect(tasks.length).toBeGreaterThan(0);
    expect(ids, 'write each task as - [ ] <Item id="ask-again">Ask again.</Item>').not.toContain(undefined);
    expect(new Set(ids).size, `ids: ${ids.join(', ')}`).toBe(ids.length);
  });

  test('tells in every task what to run', () => {
    expect(fences.filter(({ lang }) => lang === 'sh')).toHaveLength(tasks.length);
  });
});

test('no two checklists share an id', () => {
  const ids = lists.map(({ source }) => /<Checklist id="([^"]+)"/.exec(source)?.[1]);
  expect(new Set(ids).size).toBe(ids.length);
});
