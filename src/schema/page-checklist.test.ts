import { describe, expect, it } from 'vitest';
import { valueProblem, type KindOfValue } from './checklist-values.ts';
import { checklistSchema } from './page-checklist.ts';

const host = { id: 'host', label: 'Host', kind: 'host', value: 'api.example.com' };

describe('the variables of a checklist', () => {
  it('have an id, a label, a kind and the value that stands in the commands', () => {
    expect(checklistSchema.parse({ variables: [host] }).variables).toEqual([host]);
  });

  it.each([
    [[{ ...host, value: 'https://api.example.com/' }], 'is no host. Write a name'],
    [[{ ...host, kind: 'word' }], 'is one of host, path, port'],
    [[{ ...host, id: 'Host name' }], 'lower-case words with dashes'],
    [[host, host], 'share an id'],
    [Array.from({ length: 9 }, (_, index) => ({ ...host, id: 'abcdefghi'[index] })), 'More than eight'],
  ])('that are wrong are refused with a sentence: %#', (variables, sentence) => {
    const { error } = checklistSchema.safeParse({ variables });
    expect(error?.issues.map(({ message }) => message).join('\n')).toContain(sentence);
  });
});

describe('a value', () => {
  it.each<[KindOfValue, string]>([
    ['host', 'shop.test'],
    ['host', 'localhost'],
    ['host', '192.0.2.7'],
    ['host', 'orders_api.default.svc.cluster.local'],
    ['path', '/'],
    ['path', "/a?b=1&c='x'"],
    ['port', '1'],
    ['port', '65535'],
    ['service', 'orders-api@2.service'],
    ['file', '/var/log/my app/error.log'],
  ])('of the kind %s may be %s', (kind, value) => {
    expect(valueProblem(kind, value)).toBeUndefined();
  });

  it.each<[KindOfValue, string]>([
    ['host', ''],
    ['host', 'https://shop.test'],
    ['host', 'shop.test/orders'],
    ['host', 'shop.test; reboot'],
    ['host', '-oProxyCommand'],
    ['host', `${'a.'.repeat(130)}test`],
    ['path', 'orders'],
    ['path', '/a b'],
    ['path', '/a\nreboot'],
    ['port', '0'],
    ['port', '65536'],
    ['port', '80 '],
    ['service', '--user'],
    ['service', 'a b'],
    ['file', 'error.log'],
    ['file', '/a\n/b'],
  ])('of the kind %s may not be %j', (kind, value) => {
    expect(valueProblem(kind, value)).toMatch(/\.$/);
  });
});
