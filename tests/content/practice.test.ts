import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePractice, practicedLists, practicesFor } from '../../src/build/practice.ts';
import { faultById } from '../../src/gateway/faults/index.ts';
import { checklistCommands, checklistIds } from '../../tools/recorder/practice/checklist-commands.ts';
import { INCIDENTS } from '../../tools/recorder/practice/incidents.ts';

/** The recorded incidents of `content/practice/` are those of the recorder, and fit the lists as they stand today. */

const AGAIN = 'record it again: npm run record:practice';

test('the first five minutes can be practiced with every incident', () => {
  expect(practicesFor('first-five-minutes').map(({ incident }) => incident)).toEqual(
    INCIDENTS.map(({ id }) => id).sort(),
  );
});

test('every list that is practiced is there', () => {
  expect(checklistIds()).toEqual(expect.arrayContaining(practicedLists()));
});

test('no file lies where nothing reads it', () => {
  const files = readdirSync('content/practice', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\./.test(name),
  );
  const read = practicedLists().flatMap((list) => practicesFor(list).map(({ incident }) => `${list}/${incident}.json`));
  expect(files.sort()).toEqual(read.sort());
});

const practices = practicedLists().flatMap((list) => practicesFor(list));

describe.each(practices)('$list × $incident', (practice) => {
  const { list, incident, title, story, cause, steps } = practice;

  test('has a step for each item, in their order', () => {
    expect(Object.keys(steps), AGAIN).toEqual(checklistCommands(list).map(({ item }) => item));
  });

  test('tells what the recorder tells', () => {
    const known = INCIDENTS.find(({ id }) => id === incident);
    expect({ title, story, cause }, AGAIN).toEqual({ title: known?.title, story: known?.story, cause: known?.cause });
  });

  test('shows nothing of the computer on which it was recorded', () => {
    expect(JSON.stringify(practice)).not.toMatch(
      /\/tmp\/|\/home\/|\/workspace|node_modules|tools\/recorder|\/etc\/ssl\/certs\/(?!ca-certificates)/,
    );
  });
});

test('incidents meet faults of their own cause, but for two that look like another to the gateway', () => {
  const others = INCIDENTS.filter(({ fault, cause }) => faultById(fault).cause !== cause).map(({ id }) => id);
  expect(others).toEqual(['orders-with-notes', 'moved-today']);
});

test.each([
  [
    'the name of the file',
    'content/practice/other/one-order.json',
    {},
    /its name has to be content\/practice\/x\/one-order/,
  ],
  [
    'a cause that nobody knows',
    'content/practice/x/one-order.json',
    { cause: 'bad-luck' },
    /cause is none of the causes/,
  ],
  ['no such deciding step', 'content/practice/x/one-order.json', { deciding: 'b' }, /steps has no such item/],
  ['no whole sentence', 'content/practice/x/one-order.json', { story: 'all is bad' }, /story is whole sentences/],
])('a mistake in a file is named: %s', (_, file, change, says) => {
  const [good] = practices;
  const source = {
    ...good,
    list: 'x',
    incident: 'one-order',
    deciding: 'a',
    steps: { a: good?.steps[good.deciding] },
    ...change,
  };
  expect(() => parsePractice(JSON.stringify(source), file)).toThrow(says);
});
