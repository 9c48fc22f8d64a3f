import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allTerms, definitionOf } from '../../src/build/glossary.ts';
import { loadScenario, scenarioIds } from '../../src/build/scenarios.ts';
import { pageSources } from './page-sources.ts';

/** Words that say nothing, or that tell a reader who does not find it so that the fault is theirs. */
const FILLER =
  /\b(?:simply|just|easy|easily|obviously|of course|basically|click here|leverag(?:e|es|ed|ing)|seamless(?:ly)?|robust|powerful|delv(?:e|es|ed|ing))\b/i;

const fillersIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line, index) => {
    const word = FILLER.exec(line)?.[0];
    return word === undefined ? [] : [`line ${index + 1}: "${word}" in: ${line.trim()}`];
  });

const pages = pageSources();

test('the filter catches what it is for', () => {
  expect(fillersIn(['Good.', 'It is just a robust, powerful tool.'])).toEqual([
    'line 2: "just" in: It is just a robust, powerful tool.',
  ]);
  expect(fillersIn(['Adjust the timeout with justification, uneasy reader.'])).toEqual([]);
});

describe.each(pages)('$file', ({ proseLines }) => {
  test('has no filler words', () => {
    expect(fillersIn(proseLines)).toEqual([]);
  });

  test('uses every component that it imports', () => {
    const source = proseLines.join('\n');
    const imported = [...source.matchAll(/^import (\w+) from '~\/components\//gm)].map(([, name = '']) => name);
    expect(imported.filter((name) => !source.includes(`<${name}`))).toEqual([]);
  });
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s has no filler words', (file) => {
  expect(fillersIn(readFileSync(file, 'utf8').split('\n'))).toEqual([]);
});

test.each(scenarioIds())('the words of the scenario %s have no filler', (id) => {
  const { title, summary } = loadScenario(id);
  expect(fillersIn([title, summary])).toEqual([]);
});

test('every term that a page marks has a meaning', () => {
  const marked = pages.flatMap(({ source }) => [...source.matchAll(/<Term\s+id="([^"]+)"/g)].map(([, id = '']) => id));
  expect(marked.length).toBeGreaterThan(0);
  for (const id of marked) expect(definitionOf(id).definition).not.toBe('');
});

test.each(allTerms())(
  'the meaning of $term has no filler, and its words mean nothing else',
  ({ id, term, also, definition }) => {
    expect(fillersIn([definition])).toEqual([]);
    const others = allTerms().filter((other) => other.id !== id);
    for (const word of [term, ...also]) {
      expect(others.filter((other) => [other.term, ...other.also].includes(word)).map((other) => other.id)).toEqual([]);
    }
  },
);
