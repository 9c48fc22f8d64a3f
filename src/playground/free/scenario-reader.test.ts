import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { allChoices } from '../../build/choices.ts';
import { scenarioFile, scenarioIds } from '../../build/scenarios.ts';
import { scenarioSchema } from '../../schema/scenario.ts';
import { adjusted } from '../adjust.ts';
import { readScenario, textInStep } from './scenario-reader.ts';

const choices = allChoices();
const read = (text: string) => readScenario(text, choices);
const told = (text: string): string[] => read(text).problems.map(({ line, message }) => `${line}: ${message}`);

const TEXT = `format: 1
# What the reader will recognize.
title: The API restarts
summary: A deploy replaces the process while clients call it.
gateway: { id: nginx, readTimeout: 5s } # short
routes:
  - match: GET /orders/42
    fault: close-after-request
    schedule: { first: 2 }
  - match: GET /catalog
`;

describe('the text of a scenario', () => {
  it.each(scenarioIds())('%s reads as the build reads it', (id) => {
    const { text, scenario } = scenarioFile(id);
    expect(read(text)).toEqual({ scenario, problems: [] });
  });

  it.each([
    [
      'a name that nobody knows',
      TEXT.replace('close-after-request', 'close-after-requset'),
      '8: routes.0.fault: there is no fault "close-after-requset"; the nearest are close-after-request,',
    ],
    [
      'a gateway that nobody knows',
      TEXT.replace('id: nginx', 'id: ngnix'),
      '5: gateway.id: there is no gateway "ngnix"; the nearest are nginx,',
    ],
    [
      'a variant that nobody knows',
      TEXT.replace('id: nginx', 'id: cloudflare@flexible'),
      '5: gateway.id: there is no cloudflare@flexible; the variants of cloudflare are full-strict, full.',
    ],
    [
      'a fault that the gateway has no answer to',
      TEXT.replace('id: nginx', 'id: cloudflare').replace('close-after-request', 'unix-missing'),
      '8: routes.0.fault: Cloudflare has no answer to unix-missing. Choose another fault or another gateway.',
    ],
    [
      'servers whose faults the gateway has no answer to',
      `${TEXT.replace('id: nginx', 'id: aws-api-gateway')}system: { servers: [{ whenFull: drop }] }\n`,
      '5: gateway.id: ',
    ],
    [
      'a field in the wrong place',
      TEXT.replace('fault:', 'fualt:'),
      '8: There is no field "fualt" here. Did you mean fault',
    ],
    [
      'a time without its unit',
      TEXT.replace('readTimeout: 5s', 'readTimeout: 5'),
      '5: gateway.readTimeout: must be a duration',
    ],
    ['no YAML', TEXT.replace('nginx,', 'nginx, ]'), '5: This is no YAML'],
    ['nothing', '', '1: '],
    ['a list of itself', 'a: &a [*a]', '1: '],
    [
      'a bomb of aliases',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'b c d e f g h i j'.split(' ').map(
          (name, index) =>
            `${name}: &${name} [${Array(9)
              .fill(`*${'abcdefghij'[index] ?? ''}`)
              .join()}]`,
        ),
      ].join('\n'),
      '1: ',
    ],
    ['too much of it', `${TEXT}# ${'x'.repeat(120_000)}`, '1: The file is too long'],
  ])('with %s says so, with its line', (_, text, sentence) => {
    expect(told(text).join('\n')).toContain(sentence);
    expect(read(text).scenario).toBeNull();
  });
});

describe('a text in step with the controls', () => {
  const { scenario } = read(TEXT);
  if (!scenario) throw new Error('The text of this test is no scenario.');

  it('changes what they changed and keeps comments and the rest', () => {
    const changed = adjusted(scenario, { gateway: 'haproxy', fault: 'read-timeout', failFirst: 3, seed: 7 });
    const expected = TEXT.replace('nginx', 'haproxy')
      .replace('close-after-request', 'read-timeout')
      .replace('2 }', '3 }');
    expect(textInStep(TEXT, changed)).toBe(`${expected}seed: 7\n`);
  });

  it('loses a schedule that says nothing, and gets one that says more', () => {
    const always = adjusted(scenario, { failFirst: null });
    expect(textInStep(TEXT, always)).toBe(TEXT.replace('    schedule: { first: 2 }\n', ''));
    const both = adjusted(scenario, { failureRate: 0.25 });
    expect(textInStep(TEXT, both)).toContain('schedule: [ { first: 2 }, { probability: 0.25 } ]');
  });

  it('reads as the scenario that the controls made, whatever they did, for every scenario of the site', () => {
    const files = scenarioIds().map(scenarioFile);
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.record(
          {
            gateway: fc.constantFrom('haproxy', 'nginx@1.22'),
            fault: fc.constantFrom('ok', 'read-timeout', 'close-mid-chunk'),
            failFirst: fc.option(fc.nat(20)),
            failureRate: fc.option(fc.nat(100).map((percent) => percent / 100)),
            seed: fc.nat(),
          },
          { requiredKeys: [] },
        ),
        (file, change) => {
          const target = adjusted(file.scenario, change);
          const text = textInStep(file.text, target);
          expect(text === null ? null : scenarioSchema.parse(parse(text))).toEqual(target);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is left alone where it is no YAML', () => {
    expect(textInStep(TEXT.replace('nginx,', 'nginx, ]'), scenario)).toBeNull();
  });
});
