import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openShare, shareHash, type Share } from './share-link.ts';

const share: Share = {
  v: 1,
  id: 'first-502',
  code: 'await fetch("https://api.example.com/"); // käse 🧀\n'.repeat(30),
  file: 'client.js',
  scenario: 'first-two-attempts-fail',
};
const link = (payload: unknown): string => `#play=1.${deflateRawSync(JSON.stringify(payload)).toString('base64url')}`;

describe('share links', () => {
  it('bring back the same code', async () => {
    const hash = await shareHash(share);
    expect(hash).toMatch(/^#play=1\.[\w-]+$/);
    expect(hash.length).toBeLessThan(400);
    expect(await openShare(hash)).toEqual({ ok: true, share });
  });

  it('are raw deflate in base64url, as documented', async () => {
    expect(await openShare(link(share))).toEqual({ ok: true, share });
  });

  it.each([
    ['cut', '#play=1.q1YqU7Iy'],
    ['not base64', '#play=1.%%%'],
    ['empty', '#play=1.'],
    ['without a version', '#play='],
    ['not a share', link({ v: 1, id: 'x' })],
    ['too long when unpacked', link({ ...share, code: ' '.repeat(1_100_000) })],
  ])('that are %s get a kind sentence', async (_, hash) => {
    expect(await openShare(hash)).toEqual({ ok: false, sentence: expect.stringContaining('damaged') as string });
  });

  it('of a later version say that the page is too old', async () => {
    expect(await openShare('#play=2.abc')).toEqual({
      ok: false,
      sentence: expect.stringContaining('newer version') as string,
    });
  });
});
