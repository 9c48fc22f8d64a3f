import { describe, expect, it } from 'vitest';
import { withAnswers } from './answers.ts';

const page = (data: string): string =>
  `<head><script type="application/ld+json">${data}</script></head><main><h1>FAQ</h1><div class="sl-markdown-content"><p>Before.</p>` +
  '<div class="sl-heading-wrapper level-h2"><h2 id="a">502 or 504?</h2><a class="sl-anchor-link" href="#a">#</a></div><p>One <code>timed out</code>.</p><ul><li>More</li></ul>' +
  '<h2>What is 499?</h2><p>nginx’s own &lt;mark&gt;.</p></div></main>';

describe('questions and answers', () => {
  it('fills the list that a page of questions leaves open', () => {
    const html = withAnswers(page('{"@graph":[{"@type":"FAQPage","mainEntity":[]}]}'));
    const [, json = ''] = /ld\+json">([^<]*)</.exec(html) ?? [];
    const questions = (JSON.parse(json) as { '@graph': [{ mainEntity: unknown[] }] })['@graph'][0].mainEntity;
    const item = (name: string, text: string) => ({
      '@type': 'Question',
      name,
      acceptedAnswer: { '@type': 'Answer', text },
    });
    expect(questions).toEqual([
      item('502 or 504?', 'One timed out. More'),
      item('What is 499?', 'nginx’s own <mark>.'),
    ]);
  });

  it('leaves other pages as they are', () => {
    const html = page('{"@graph":[]}');
    expect(withAnswers(html)).toBe(html);
  });
});
