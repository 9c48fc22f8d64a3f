import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const [lightCss = '', darkCss = ''] = css.split('@media screen');

/** The color tokens that a piece of CSS declares, by name without the prefix `--lab-`. */
function colors(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/--lab-([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

/** Relative luminance of `#rrggbb` as WCAG 2.2 defines it, 0 to 1. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colors as WCAG 2.2 defines it, 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const OUTCOMES = ['2xx', '3xx', '4xx', '5xx-upstream', '5xx-gateway', 'no-answer'];
const CODE = ['ink', 'comment', 'keyword', 'string', 'number', 'type', 'name', 'tag'].map((name) => `code-${name}`);
const surfaces = ['paper', 'panel'];

/** Pairs in which one is text on the other: 4.5 to 1 (WCAG 1.4.3). */
const TEXT_PAIRS: [string, string][] = [
  ...['ink', 'ink-soft', 'accent', ...OUTCOMES, ...CODE].flatMap((text) =>
    surfaces.map((on): [string, string] => [text, on]),
  ),
  ...OUTCOMES.flatMap((outcome): [string, string][] => [
    [outcome, `${outcome}-soft`],
    ['ink', `${outcome}-soft`],
    ['paper', outcome],
  ]),
  ['accent-ink', 'accent'],
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ink-soft', 'accent-soft'],
];
/** Pairs in which one is the edge of a control, a mark or a focus ring on the other: 3 to 1 (WCAG 1.4.11). */
const EDGE_PAIRS: [string, string][] = ['line-strong', 'focus'].flatMap((edge) =>
  surfaces.map((on): [string, string] => [edge, on]),
);

const light = colors(lightCss);
const dark = colors(darkCss);

describe('the color tokens', () => {
  it('are the same set in light and dark', () => {
    expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
    expect(light.size).toBeGreaterThan(20);
  });

  it('each stand in a pair that is checked, apart from the decorative line', () => {
    const checked = new Set([...TEXT_PAIRS, ...EDGE_PAIRS].flat());
    expect([...light.keys()].filter((name) => !checked.has(name))).toEqual(['line']);
  });

  for (const [theme, tokens] of [['light', light] as const, ['dark', dark] as const]) {
    const ratio = ([a, b]: [string, string]) => contrast(tokens.get(a) ?? '#000000', tokens.get(b) ?? '#000000');

    it.each(TEXT_PAIRS)(`can be read in the ${theme} theme: %s on %s`, (...pair) => {
      expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
    });
    it.each(EDGE_PAIRS)(`can be seen in the ${theme} theme: %s on %s`, (...pair) => {
      expect(ratio(pair)).toBeGreaterThanOrEqual(3);
    });
  }
});
