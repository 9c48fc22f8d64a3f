import { describe, expect, test } from 'vitest';
import { asMarkdown, formatProgress, parseProgress, withItem } from './progress.ts';

describe('progress', () => {
  test('comes back from storage as it went in', () => {
    const done = withItem(withItem([], 'gateway-log', true), 'ask-again', true);
    expect(parseProgress(formatProgress(done))).toEqual(['gateway-log', 'ask-again']);
  });

  test('keeps ticks of items that this page does not know', () => {
    const stored = formatProgress(['item-of-an-older-page', 'ask-again']);
    expect(withItem(parseProgress(stored), 'ask-again', false)).toEqual(['item-of-an-older-page']);
  });

  test('ticking twice is ticking once', () => {
    expect(withItem(['ask-again'], 'ask-again', true)).toEqual(['ask-again']);
  });

  test.each([null, '', 'null', '[]', '{"done":7}', '{"done":', '"done"'])('reads %j as nothing ticked', (text) => {
    expect(parseProgress(text)).toEqual([]);
  });

  test('drops what is not an id', () => {
    expect(parseProgress('{"format":1,"done":["ask-again",3,null]}')).toEqual(['ask-again']);
  });
});

test('Markdown carries the ticks and the address of the list', () => {
  const items = [
    { text: 'Ask again', ticked: true },
    { text: 'Read the log', ticked: false },
  ];
  expect(asMarkdown('First five minutes', 'https://lab.example.com/checklists/x/', items)).toBe(
    '## First five minutes\n\n- [x] Ask again\n- [ ] Read the log\n\nhttps://lab.example.com/checklists/x/\n',
  );
});
