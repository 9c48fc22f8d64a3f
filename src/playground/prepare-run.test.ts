import { expect, test } from 'vitest';
import { asksForRareThings } from '../network/needs.ts';
import { UNUSUAL } from './prepare-run.ts';

const RARE = [
  'new Request(url)',
  'await response.formData()',
  'new FormData()',
  'Response.redirect(url)',
  'fetch(url, { keepalive: true })',
  'fetch(url, { integrity })',
  "fetch(url, { duplex: 'half' })",
  'URL.createObjectURL(blob)',
  'navigator.onLine',
  'location.href',
  'self.origin',
  "fetch('data:,x')",
  "fetch('blob:x')",
  'file.stream()',
];

test('a program that needs a part never counts as an ordinary one', () => {
  for (const code of RARE) {
    expect(asksForRareThings(code), code).toBe(true);
    expect(UNUSUAL.test(code), code).toBe(true);
  }
  for (const code of ['crypto.subtle.digest()', 'new XMLHttpRequest()']) expect(UNUSUAL.test(code), code).toBe(true);
  expect(UNUSUAL.test("const response = await fetch('https://api.example.com/orders/42');")).toBe(false);
});
