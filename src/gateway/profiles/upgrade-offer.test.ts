import { expect, it } from 'vitest';
import type { ResponseHead } from '../http-message.ts';
import { goReverseproxy } from './go-reverseproxy.ts';
import { haproxy } from './haproxy.ts';
import { nginx } from './nginx.ts';

/** What three programs made of one 426; nginx 1.22.1 and 1.31.3, HAProxy 2.6.12 and Go 1.26 were asked. */
const OFFER: ResponseHead = {
  version: 'HTTP/1.1',
  status: 426,
  reason: 'Upgrade Required',
  headers: [
    ['Upgrade', 'TLS/1.3'],
    ['Connection', 'Upgrade'],
    ['Content-Length', '2'],
  ],
};
const SENT = { method: 'GET', complete: true, bodyLength: 2 };
const namesOf = ({ headers }: ResponseHead): string[] => headers.map(([name, value]) => `${name}: ${value}`);

it('nginx hands the offer of another protocol through, and speaks for one hop only', () => {
  expect(namesOf(nginx.passOn(OFFER, 'nginx/1.22.1', SENT))).toEqual(
    expect.arrayContaining(['Connection: keep-alive', 'Upgrade: TLS/1.3']),
  );
});

it('HAProxy hands it through with the word that makes it one', () => {
  expect(namesOf(haproxy.passOn(OFFER, 'HAProxy', SENT))).toEqual([
    'upgrade: TLS/1.3',
    'connection: Upgrade',
    'content-length: 2',
  ]);
});

it('Go’s proxy keeps it', () => {
  expect(namesOf(goReverseproxy.passOn(OFFER, 'go', SENT)).join()).not.toMatch(/upgrade:/i);
});
