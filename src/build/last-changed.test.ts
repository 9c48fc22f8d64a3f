import { describe, expect, it } from 'vitest';
import { lastChanges, parseLog } from './last-changed.ts';

describe('when a page was last changed', () => {
  it('is the newest commit that names it', () => {
    const changes = parseLog('\x001700000200\n\ncontent/a.mdx\n\x001700000100\n\ncontent/a.mdx\ncontent/b c.mdx\n');
    expect(changes.get('content/a.mdx')?.getTime()).toBe(1_700_000_200_000);
    expect(changes.get('content/b c.mdx')?.getTime()).toBe(1_700_000_100_000);
  });

  it('is unknown where there is no history', () => {
    expect(lastChanges('/').size).toBe(0);
  });
});
