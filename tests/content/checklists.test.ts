import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { fillCommand, fillEdits } from '../../src/checklist/fill-command.ts';
import { checklistSchema } from '../../src/schema/page-checklist.ts';
import { commandsIn } from './fences/shell-words.ts';
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
  const ids = tasks.map(
    (task) => /^- \[ \] <Item id="([a-z0-9-]+)"(?: was="[a-z0-9 -]+")?>.+<\/Item>$/.exec(task)?.[1],
  );

  test('is stored under the name in its address', () => {
    expect(lines[0]).toBe(`<Checklist id="${path.split('/').at(-2) ?? ''}">`);
  });

  test('gives every task an id of its own and starts with none ticked', () => {
    expect(tasks.length).toBeGreaterThan(0);
    expect(ids, 'write each task as - [ ] <Item id="ask-again">Ask again.</Item>').not.toContain(undefined);
    expect(new Set(ids).size, `ids: ${ids.join(', ')}`).toBe(ids.length);
  });

  test('has no link in what can be chosen: an outcome is a button', () => {
    expect(lines.filter((line) => /^\s+- \*\*[^*]*\]\(/.test(line))).toEqual([]);
  });

  test('tells in every task what to run', () => {
    expect(fences.filter(({ lang }) => lang === 'sh')).toHaveLength(tasks.length);
  });
});

describe.each(lists.filter(({ frontmatter }) => frontmatter['checklist'] !== undefined))(
  'the variables of $file',
  ({ frontmatter, fences }) => {
    const { variables } = checklistSchema.parse(frontmatter['checklist']);
    const commands = fences.filter(({ lang }) => lang === 'sh').map(({ code }) => code);

    test.each(variables)('$label: $value stands in a command', ({ value }) => {
      const found = commands.filter(
        (command) => fillEdits(command, [{ placeholder: value, value: 'else' }]).length > 0,
      );
      expect(found).not.toEqual([]);
    });

    test('stand where a value can be quoted', () => {
      for (const command of commands) expect(command).not.toMatch(/<<(?!<)|`/);
    });

    test.each(commands)('fill this command, and it stays the same command: %s', (command) => {
      const hostile = (id: string) => `/${id}'s "a" $HOME !! \\; b`;
      const fillings = variables.map(({ id, value }) => ({ placeholder: value, value: hostile(id) }));
      const filled = fillCommand(command, fillings);
      execFileSync('bash', ['-n'], { input: filled });
      const restored = commandsIn(filled).map((words) =>
        words.map((word) => variables.reduce((text, { id, value }) => text.replaceAll(hostile(id), value), word)),
      );
      expect(restored).toEqual(commandsIn(command));
    });
  },
);

test('no two checklists share an id', () => {
  const ids = lists.map(({ source }) => /<Checklist id="([^"]+)"/.exec(source)?.[1]);
  expect(new Set(ids).size).toBe(ids.length);
});
