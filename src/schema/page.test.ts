import { describe, expect, it } from 'vitest';
import { pageProblem, pageSchema } from './page.ts';

const described = { description: 'What a gateway means by it.' };

describe('the frontmatter of a page', () => {
  it('takes a review date and sources', () => {
    const page = pageSchema.parse({
      reviewed: new Date('2026-11-21'),
      sources: [{ name: 'RFC 9110', url: 'https://www.rfc-editor.org/rfc/rfc9110' }, { name: 'A printed book' }],
    });
    expect(page.sources).toHaveLength(2);
  });

  it('has no sources unless it names some', () => {
    expect(pageSchema.parse({}).sources).toEqual([]);
  });

  it.each([
    [{ reviewed: 'yesterday' }, 'reviewed must be a date without quotes'],
    [{ sources: 'RFC 9110' }, 'sources must be a list'],
    [{ sources: [{ url: 'https://example.com/' }] }, 'A source needs a name'],
    [{ sources: [{ name: 'RFC 9110', url: 'rfc9110' }] }, 'must be a full https:// address'],
  ])('refuses %j with a sentence', (frontmatter, sentence) => {
    const result = pageSchema.safeParse(frontmatter);
    expect(result.error?.issues.map(({ message }) => message).join('\n')).toContain(sentence);
  });

  it.each(['guides/a', 'checklists/a', 'encryption/a', 'causes'])('must say in %s when it was last checked', (id) => {
    expect(pageProblem(id, described)).toContain('reviewed: 2026-11-21');
    expect(pageProblem(id, { ...described, reviewed: new Date('2026-11-21') })).toBeUndefined();
  });

  it('must carry the facts that are drawn above its text, unless it is the first page of its folder', () => {
    const reviewed = { ...described, reviewed: new Date('2026-11-21') };
    expect(pageProblem('causes/a', reviewed)).toContain('under "cause:"');
    expect(pageProblem('status', reviewed)).toBeUndefined();
    expect(pageProblem('status/502', { ...reviewed, status: { code: 502 } })).toBeUndefined();
  });

  it('needs no review date elsewhere', () => {
    expect(pageProblem('index', described)).toBeUndefined();
  });

  it('always needs a description', () => {
    expect(pageProblem('index', {})).toContain('no description');
  });
});
