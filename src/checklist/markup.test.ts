import { expect, test } from 'vitest';
import { tickable } from './markup.ts';

const task = (id: string, text: string) =>
  `<li class="task-list-item">\n<input type="checkbox" disabled> <label data-item="${id}">${text}</label>\n<p>Then <em>look</em>.</p></li>`;
const list = (...tasks: string[]) => `<ul class="contains-task-list">${tasks.join('\n')}</ul>`;

test('every task becomes a checkbox that its words label, under its own id', () => {
  const { html, items } = tickable(
    list(task('ask-again', 'Ask <code>again</code>'), task('read-log', 'Read')),
    'first',
  );
  expect(items).toEqual(['ask-again', 'read-log']);
  expect(html).toContain(
    '<input type="checkbox" id="first--ask-again" data-item="ask-again" autocomplete="off"> <label for="first--ask-again">Ask <code>again</code></label>',
  );
  expect(html).not.toContain('disabled');
  expect(html).toContain('<p>Then <em>look</em>.</p>');
});

test('a task names the ids that it had', () => {
  const { html } = tickable(list(task('a" data-was="b c', 'A')), 'first');
  expect(html).toContain('data-item="a" data-was="b c" autocomplete');
});

test.each([
  [
    'a task without an id',
    list(task('a', 'A'), '<li><input type="checkbox" disabled> B</li>'),
    /2 tasks and 1 of them begin with/,
  ],
  ['two tasks with one id', list(task('a', 'A'), task('a', 'B')), /two items with the id "a"/],
  ['a task that was another', list(task('a" data-was="b', 'A'), task('b', 'B')), /are or were "b"/],
  ['an id that is not one', list(task('Ask Again', 'A')), /id "Ask Again"/],
  ['an item outside a task', list(task('a', 'A')) + '<label data-item="b">B</label>', /does not follow a "- \[ \]"/],
  ['no task at all', '<ul><li>A</li></ul>', /has no tasks/],
])('%s stops the build with a sentence', (_, html, message) => {
  expect(() => tickable(html, 'first')).toThrow(message);
});
