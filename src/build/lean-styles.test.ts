import { describe, expect, test } from 'vitest';
import { leanCss, wordsOf } from './lean-css.ts';
import { commonOrder } from './lean-styles.ts';

const lean = (css: string, html = '', script = ''): string =>
  leanCss(css, wordsOf([html], [script]))
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('rules', () => {
  test('stay when a page or a script can show them, and go when none can', () => {
    const css = '.a{top:0} .b{top:1px} #c{top:2px} .d{top:3px} p{top:4px}';
    expect(lean(css, '<i class="x a" id="c">', 'node.className = `b`')).toBe(
      '.a{top:0} .b{top:1px} #c{top:2px} p{top:4px}',
    );
  });

  test('lose only those of their selectors that fit nothing', () => {
    expect(lean('.a, .gone, .a .gone{top:0}', '<i class="a">')).toBe('.a{top:0}');
  });

  test('go when one class of several is nowhere, within :is() and :where() too, and stay behind :not()', () => {
    const css = '.a:where(.gone){top:0} .a:is(.gone, p){top:1px} .a:not(.gone){top:2px}';
    expect(lean(css, '<i class="a">')).toBe('.a:is(.gone, p){top:1px} .a:not(.gone){top:2px}');
  });

  test('leave no empty box behind', () => {
    expect(lean('@media print{@layer x{.gone{top:0}}} p{top:0}')).toBe('p{top:0}');
  });
});

describe('custom properties of the theme', () => {
  test('go when nothing reads them, not even one that is read', () => {
    const css = ':root{--sl-a:1px;--sl-b:var(--sl-a);--sl-c:2px;--lab-d:3px} p{top:var(--sl-c)}';
    expect(lean(css)).toBe(':root{--sl-c:2px;--lab-d:3px} p{top:var(--sl-c)}');
    expect(lean(':root{--sl-a:1px}', '', 'style.getPropertyValue("--sl-a")')).toBe(':root{--sl-a:1px}');
    expect(lean(':root{--sl-a:1px}', '<p style="top:var(--sl-a)">')).toBe(':root{--sl-a:1px}');
  });

  test('go where our tokens overrule them in every case, and nowhere else', () => {
    const read = 'p{top:var(--sl-a)}';
    const own = `:root,::backdrop{--sl-a:2px} ${read}`;
    expect(lean(`@layer t{:root{--sl-a:1px} [data-theme=light]:root{--sl-a:0}} ${own}`)).toBe(own);
    expect(lean(`@media print{:root{--sl-a:1px}} ${own}`)).toBe(own);
    for (const heard of [
      '@layer t{main{--sl-a:1px}}',
      'html:root{--sl-a:1px}',
      '@layer t{:root{--sl-a:1px!important}}',
    ])
      expect(lean(`${heard} ${own}`)).toBe(`${heard} ${own}`);
    const later = `${own} @media (width>=50rem){:root{--sl-a:3px}}`;
    expect(lean(later)).toBe(later);
  });
});

test('one order for the sheets of all pages, or a reason why there is none', () => {
  expect(
    commonOrder([
      ['base', 'end'],
      ['base', 'play', 'end'],
      ['print', 'base'],
    ]),
  ).toEqual(['print', 'base', 'play', 'end']);
  expect(() =>
    commonOrder([
      ['a', 'b'],
      ['b', 'a'],
    ]),
  ).toThrow('in different orders');
});
