import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { allChoices } from '../../build/choices.ts';
import { scenarioFile } from '../../build/scenarios.ts';
import { bundleText } from '../share-link.ts';
import type { Share } from '../share.ts';
import { importFile } from './import-file.ts';
import { readScenario } from './scenario-reader.ts';

const choices = allChoices();
const { text: yaml } = scenarioFile('cold-start');

const WRITTEN = {
  format: 1,
  title: 'The API restarts',
  summary: 'A deploy replaces the process while clients call it.',
  gateway: { id: 'haproxy' },
  routes: [{ match: 'GET /orders/42', fault: 'close-after-request' }],
};

const STUBS = {
  mappings: [
    { request: { method: 'GET', urlPath: '/orders/42' }, response: { fault: 'EMPTY_RESPONSE' } },
    { request: { method: 'ANY', urlPathPattern: '/reports/.*' }, response: { status: 200, jsonBody: { total: 3 } } },
  ],
};

describe('a file that is imported', () => {
  it('as YAML stays as its author wrote it', () => {
    expect(importFile('mine.yml', yaml)).toEqual({ kind: 'scenario', text: yaml, from: 'mine.yml' });
  });

  it.each([
    ['a scenario in JSON', JSON.stringify(WRITTEN)],
    ['a scenario in YAML', stringify(WRITTEN)],
    ["WireMock's stub mappings", JSON.stringify(STUBS)],
    ['one stub mapping', JSON.stringify(STUBS.mappings[0])],
  ])('as %s is a scenario without mistakes', (_, text) => {
    const imported = importFile('mine.json', text);
    expect(imported.kind).toBe('scenario');
    expect(readScenario(imported.kind === 'scenario' ? imported.text : '', choices).problems).toEqual([]);
  });

  it('as a bundle is the playground that was saved', () => {
    const share: Share = {
      id: null,
      page: '/playground/',
      title: 'Mine',
      file: 'client.js',
      code: { 'client.js': 'await fetch("https://api.example.com/");\n'.repeat(2000) },
      scenario: { yaml },
      time: 'real',
    };
    expect(importFile('mine.json', bundleText(share))).toEqual({ kind: 'share', share });
  });

  it('as a scenario with a mistake is taken all the same: the editor tells the mistake', () => {
    expect(importFile('mine.yaml', yaml.replace('format: 1', 'format: one')).kind).toBe('scenario');
  });

  it.each([
    ['an image', '\u0089PNG\r\n\u001a\n\0\0', 'it is no text'],
    ['nothing', ' \n', 'it is empty'],
    ['prose', 'Dear diary', 'neither a scenario'],
    ['a list', '[1,2]', 'its JSON is no object'],
    ['a HAR file', '{"log":{"version":"1.2","entries":[]}}', 'its JSON is neither a scenario'],
    ['a bundle that was changed', JSON.stringify({ format: 'gateway-lab playground', version: 2 }), 'it was changed'],
    [
      'stub mappings that say more than a scenario can',
      JSON.stringify({ mappings: [{ request: { method: 'GET', urlPathPattern: '/a.b' }, response: { status: 200 } }] }),
      'would be lost',
    ],
    ['a novel', 'x'.repeat(1_000_001), 'longer than a megabyte'],
  ])('as %s is refused in a sentence that names the file', (_, text, why) => {
    const imported = importFile('mine.json', text);
    expect(imported).toEqual({ kind: 'refused', sentence: expect.stringContaining(why) as string });
    expect(imported).toMatchObject({ sentence: expect.stringMatching(/^mine\.json was not imported: /) as string });
  });
});
