import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { scenarioSchema } from '../schema/scenario.ts';
import { yamlCompletions, yamlHover, type YamlSuggestions } from './yaml-completions.ts';
import { yamlProblems } from './yaml-problems.ts';
import type { JsonSchema } from './yaml-schema.ts';

const schema: JsonSchema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const suggestions: YamlSuggestions = {
  'gateway.id': [{ value: 'haproxy', about: 'HAProxy' }],
  'routes.*.fault': [{ value: 'close-after-request', about: 'The upstream closes without an answer' }],
};
const check = (value: unknown) => scenarioSchema.safeParse(value).error?.issues ?? [];
const problems = (text: string) => yamlProblems(text, check, schema);

/** Splits a text at `|`, which stands for the caret. */
function at(textWithCaret: string): { text: string; offset: number } {
  const offset = textWithCaret.indexOf('|');
  return { text: textWithCaret.replace('|', ''), offset };
}
function offered(textWithCaret: string) {
  const { text, offset } = at(textWithCaret);
  return yamlCompletions(text, offset, schema, suggestions)?.items ?? [];
}
const labels = (textWithCaret: string): string[] => offered(textWithCaret).map(({ label }) => label);
/** The text after the reader chose a completion; `|` shows where the caret is then. */
function choose(textWithCaret: string, label: string): string {
  const { text, offset } = at(textWithCaret);
  const found = yamlCompletions(text, offset, schema, suggestions);
  const insert = found?.items.find((item) => item.label === label)?.insert ?? 'not offered';
  return text.slice(0, found?.start) + insert.replace('$0', '|') + text.slice(found?.end);
}

const scenarios = readdirSync('content/scenarios')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({
    file,
    text: readFileSync(`content/scenarios/${file}`, 'utf8'),
  }));

describe('completions in a scenario', () => {
  it('offers the fields of the top in an empty file, required ones first', () => {
    expect(labels('|').slice(0, 5)).toEqual(['format', 'title', 'summary', 'gateway', 'routes']);
  });

  it('offers only fields that are not written yet', () => {
    expect(labels('format: 1\ntitle: Hello\n|')).not.toContain('title');
    expect(labels('format: 1\ntitle: Hello\n|')).toContain('seed');
  });

  it.each([
    ['a mapping', 'gateway:\n  |', 'readTimeout'],
    ['a mapping that has fields', 'gateway:\n  id: nginx\n  rea|', 'readTimeout'],
    ['braces', 'gateway: { | }', 'id'],
    ['braces with fields', 'gateway: { id: nginx, | }', 'sendTimeout'],
    ['a list item', 'routes:\n  - |', 'match'],
    ['a list item with fields', 'routes:\n  - match: GET /a\n    |', 'schedule'],
    ['a list of one that is written plain', 'routes:\n  - match: GET /a\n    schedule: { | }', 'first'],
    ['a mapping deep inside', 'system:\n  servers:\n    - service:\n        |', 'lognormal'],
  ])('offers fields in %s', (_, text, field) => {
    expect(labels(text)).toContain(field);
  });

  it.each([
    ['from the list that it was given', 'gateway:\n  id: |', 'haproxy'],
    ['inside braces', 'gateway: { id: ha| }', 'haproxy'],
    ['in a list item', 'routes:\n  - match: GET /a\n    fault: close|', 'close-after-request'],
    ['of an enumeration', 'system:\n  servers:\n    - whenFull: |', 'refuse'],
  ])('offers values %s', (_, text, value) => {
    expect(labels(text)).toContain(value);
  });

  it('offers nothing in comments, in running text and where the schema knows nothing', () => {
    expect(labels('# |')).toEqual([]);
    expect(labels('title: The API | restarts')).toEqual([]);
    expect(labels('nonsense:\n  |')).toEqual([]);
  });

  it.each([
    ['form|', 'format', 'format: |'],
    ['gate|', 'gateway', 'gateway:\n  |'],
    ['rou|', 'routes', 'routes:\n  - |'],
    ['routes:\n  |', 'match', 'routes:\n  - match: |'],
    ['routes:\n  - match: GET /a\n    resp|', 'response', 'routes:\n  - match: GET /a\n    response:\n      |'],
    ['routes:\n  - |', 'response', 'routes:\n  - response:\n      |'],
    ['gateway: { i| }', 'id', 'gateway: { id: | }'],
    ['gateway: { rea|: 60s }', 'readTimeout', 'gateway: { readTimeout: 60s }'],
  ])('turns %j with %j into YAML that goes on at the right place', (text, label, after) => {
    expect(choose(text, label)).toBe(after);
  });

  it('offers, at each field of each scenario of the site, that very field', () => {
    const seen = new Set<string>();
    for (const { file, text } of scenarios) {
      visit(parseDocument(text), {
        Pair(_, { key }, ancestors) {
          // A quoted key completes as its quotes say.
          if (!isScalar(key) || key.type !== 'PLAIN' || !key.range || !isMap(ancestors.at(-1))) return undefined;
          const above = ancestors.flatMap((node) =>
            'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
          );
          const field = [...above, String(key.value)].join('.');
          if (seen.has(field) || above.some(isFree)) return undefined;
          seen.add(field);
          const found = yamlCompletions(text, key.range[1], schema, suggestions)?.items ?? [];
          expect(
            found.map(({ label }) => label),
            `${file}: ${field}`,
          ).toContain(key.value);
          return undefined;
        },
      });
    }
    expect(seen.size).toBeGreaterThan(60);
  });
});

/** Fields whose inner names are the author's own. */
const isFree = (name: string): boolean => ['body', 'headers', 'percentiles'].includes(name);

describe('hovers in a scenario', () => {
  const hover = (textWithCaret: string) => {
    const { text, offset } = at(textWithCaret);
    return yamlHover(text, offset, schema, suggestions);
  };
  it('says what a field is for, its range and what happens when it is left out', () => {
    expect(hover('routes:\n  - match: GET /a\n    response: { sta|tus: 201 }')).toMatchObject({
      title: 'status',
      about: 'Status code that the upstream answers when it is well. From 200 to 999. 200 when left out.',
    });
  });
  it('says what a suggested value means', () => {
    expect(hover('routes:\n  - match: GET /a\n    fault: close-|after-request')).toMatchObject({
      title: 'close-after-request',
      about: 'The upstream closes without an answer',
    });
  });
  it('says nothing where nothing is written', () => {
    expect(hover('|\nformat: 1')).toBeNull();
  });
});

describe('problems of a scenario', () => {
  it('finds none in the scenarios of the site', () => {
    for (const { file, text } of scenarios) expect(problems(text), file).toEqual([]);
  });

  const valid = scenarios.find(({ file }) => file === 'first-two-attempts-fail.yaml')?.text ?? '';

  it('marks a mistyped field and names the one that is near', () => {
    expect(problems(valid.replace('    fault:', '    fualt:'))).toEqual([
      {
        message: expect.stringMatching(/^There is no field "fualt" here\. Did you mean fault/) as string,
        line: 9,
        column: 5,
        endLine: 9,
        endColumn: 10,
      },
    ]);
  });

  it('marks a wrong value at its place, with the sentence of the schema', () => {
    const [problem, ...more] = problems(valid.replace('{ id: nginx }', '{ id: nginx, readTimeout: 60 }'));
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ line: 6, column: 36, endLine: 6, endColumn: 38 });
    expect(problem?.message).toMatch(/^gateway\.readTimeout: .*duration.*such as 250ms/);
  });

  it('marks the parent of what is missing', () => {
    expect(problems(valid.replace('match: GET /orders/42', 'effect: order placed'))).toMatchObject([
      { line: 8, message: 'The field "routes.0.match" is missing.' },
    ]);
  });

  it('tells a YAML mistake at its line and stops there', () => {
    const found = problems(`${valid}    response: [`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ message }) => message.startsWith('This is no YAML: '))).toBe(true);
  });

  it('survives an empty file', () => {
    expect(problems('')).toMatchObject([{ line: 1, column: 1 }]);
  });
});
