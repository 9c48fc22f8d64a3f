import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { carriesEvidence, evidenceHash, openEvidence } from './share-link.ts';

it('a link brings the same text back', async () => {
  const text = '2026/11/22 [error] connect() failed (111: Connection refused)\nkäse 🧀\n'.repeat(20);
  const hash = await evidenceHash(text);
  expect(hash).toMatch(/^#doctor=1\.[\w-]+$/);
  expect(hash.length).toBeLessThan(300);
  expect(carriesEvidence(hash)).toBe(true);
  expect(await openEvidence(hash)).toEqual({ ok: true, text });
});

it.each([
  ['cut', '#doctor=1.q1YqU7Iy'],
  ['no base64', '#doctor=1.%%%'],
  ['empty', '#doctor=1.'],
  ['a bomb', `#doctor=1.${deflateRawSync('a'.repeat(5_000_000)).toString('base64url')}`],
])('a link that is %s is a sentence, not an exception', async (_, hash) => {
  expect(await openEvidence(hash)).toEqual({ ok: false, sentence: expect.stringContaining('damaged') as string });
});

it('a link of a later version says so', async () => {
  expect(await openEvidence('#doctor=2.abc')).toEqual({
    ok: false,
    sentence: expect.stringContaining('newer version') as string,
  });
});
