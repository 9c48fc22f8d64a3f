import { describe, expect, it } from 'vitest';
import { termFinder } from './glossary-words.ts';

const find = termFinder([
  { id: 'gateway', term: 'gateway', also: ['gateways'] },
  { id: 'idempotent', term: 'idempotent', also: [] },
  { id: 'idempotency-key', term: 'idempotency key', also: ['idempotency keys'] },
  { id: 'key', term: 'key', also: [] },
  { id: 'sni', term: 'SNI', also: [] },
  { id: 'cause', term: 'cause', also: ['causes'], everyday: true },
]);
/** The words that are found in a text, each behind its id. */
const found = (text: string): string[] => find(text).map(({ id, start, end }) => `${id}: ${text.slice(start, end)}`);

describe('the words of the glossary', () => {
  it('are found in their order, in the forms that the glossary lists', () => {
    expect(found('An idempotent call passes two gateways.')).toEqual(['idempotent: idempotent', 'gateway: gateways']);
  });

  it('may stand on two lines, and are the longest that fit', () => {
    expect(found('Send an idempotency\nkey, not a key.')).toEqual(['idempotency-key: idempotency\nkey', 'key: key']);
  });

  it('begin with a capital only where a sentence does', () => {
    expect(found('Gateways fail. Idempotent or not: Gateway says no.')).toEqual([
      'gateway: Gateways',
      'idempotent: Idempotent',
      'gateway: Gateway',
    ]);
    expect(found('Gateway Timeout is a name, and so is 502 Bad Gateway, or the Gateway of Kong.')).toEqual([]);
  });

  it('keep the capitals that they have', () => {
    expect(found('Without SNI, sni is no word.')).toEqual(['sni: SNI']);
  });

  it('are whole words: no parts of names, addresses or longer words', () => {
    expect(found('non-idempotent, gateway-lab, gateway.example, a/gateway, #key, keyed, gateway_id')).toEqual([]);
    expect(found('the gateway’s log (gateway), “gateway”')).toHaveLength(3);
  });

  it('are left alone when everybody uses them', () => {
    expect(found('The cause of a cause has causes.')).toEqual([]);
  });
});
