import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleText, openBundle, openShare, shareHash } from './share-link.ts';
import type { Share } from './share.ts';

const share: Share = {
  id: 'first-502',
  page: '/guides/502-bad-gateway-in-api-calls/',
  title: 'A retry meets a 502',
  file: 'client.js',
  code: {
    'client.js': 'await fetch("https://api.example.com/"); // käse 🧀\n'.repeat(30),
    'client.ts': 'let n: number;',
  },
  scenario: { id: 'first-two-attempts-fail', adjust: { gateway: 'haproxy', failFirst: null, failureRate: 0.25 } },
  time: 'fast',
};
const link = (payload: unknown, version = 2): string =>
  `#play=${version}.${deflateRawSync(JSON.stringify(payload)).toString('base64url')}`;

describe('share links', () => {
  it('bring back the same program, scenario and settings', async () => {
    const hash = await shareHash(share);
    expect(hash).toMatch(/^#play=2\.[\w-]+$/);
    expect(hash.length).toBeLessThan(800);
    expect(await openShare(hash)).toEqual({ ok: true, share });
  });

  it('bring back whatever was shared', async () => {
    const name = fc.stringMatching(/^[a-z0-9][\w.-]{0,20}$/);
    const scenario = fc.oneof(
      fc.record({ yaml: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
      fc.record({ id: name, adjust: fc.record({ fault: name, seed: fc.nat() }, { requiredKeys: [] }) }),
    );
    const any: fc.Arbitrary<Share> = fc.record({
      id: fc.option(name),
      page: fc.constantFrom('', '/', '/guides/x-1/'),
      title: fc.string({ unit: 'grapheme', maxLength: 60 }),
      file: name,
      code: fc.dictionary(name, fc.string({ unit: 'grapheme' }), { minKeys: 1, maxKeys: 8, noNullPrototype: true }),
      scenario,
      time: fc.constantFrom('instant' as const, 'fast' as const, 'real' as const),
    });
    await fc.assert(
      fc.asyncProperty(any, async (shared) => {
        expect(await openShare(await shareHash(shared))).toEqual({ ok: true, share: shared });
        expect(openBundle(JSON.parse(bundleText(shared)))).toEqual({ ok: true, share: shared });
      }),
      { numRuns: 100 },
    );
  });

  it('of the first version still open', async () => {
    const first = { v: 1, id: 'first-502', code: 'await fetch("/")', file: 'client.js', scenario: 'cold-start' };
    expect(await openShare(link(first, 1))).toEqual({
      ok: true,
      share: {
        id: 'first-502',
        page: '',
        title: '',
        file: 'client.js',
        code: { 'client.js': 'await fetch("/")' },
        scenario: { id: 'cold-start' },
        time: 'instant',
      },
    });
  });

  it.each([
    ['cut', '#play=2.q1YqU7Iy'],
    ['not base64', '#play=2.%%%'],
    ['empty', '#play=2.'],
    ['without a version', '#play='],
    ['of a version that never was', '#play=0.abcd'],
    ['not a share', link({ v: 2, id: 'x' })],
    ['a share of the first version under the second', link({ v: 1, id: 'a', code: '', file: 'a.js', scenario: 'b' })],
    ['with a name that is a way out', link({ ...share, code: { '../x.js': '' } })],
    ['with a name that is no own field', link(JSON.parse(`{"__proto__":{"x":1}}`))],
    ['with a prototype among the files', link({ ...share, code: JSON.parse('{"__proto__":"x"}') as object })],
    ['with a page of another site', link({ ...share, page: 'https://evil.example.com/' })],
    ['with a page of another host', link({ ...share, page: '//evil.example.com/' })],
    ['with another time', link({ ...share, time: 'warp' })],
    ['with a rate beyond one', link({ ...share, scenario: { id: 'x', adjust: { failureRate: 2 } } })],
    [
      'with too many files',
      link({ ...share, code: Object.fromEntries([...Array(20).keys()].map((n) => [`f${n}.js`, ''])) }),
    ],
    ['with a scenario that is too long', link({ ...share, scenario: { yaml: 'x'.repeat(200_000) } })],
    ['too long when unpacked', link({ ...share, code: { 'client.js': ' '.repeat(1_100_000) } })],
  ])('that are %s get a kind sentence', async (_, hash) => {
    expect(await openShare(hash)).toEqual({ ok: false, sentence: expect.stringContaining('damaged') as string });
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('of a later version say that the page is too old', async () => {
    expect(await openShare('#play=3.abc')).toEqual({
      ok: false,
      sentence: expect.stringContaining('newer version') as string,
    });
  });
});

describe('bundles', () => {
  it('are told from any other file', () => {
    expect(openBundle({ mappings: [] })).toBeNull();
    expect(openBundle(null)).toBeNull();
    const damaged = { ...(JSON.parse(bundleText(share)) as object), time: 'warp' };
    expect(openBundle(damaged)).toMatchObject({ ok: false });
    const later = { ...(JSON.parse(bundleText(share)) as object), version: 3 };
    expect(openBundle(later)).toEqual({ ok: false, sentence: expect.stringContaining('newer version') as string });
  });
});
