import type { editor } from 'monaco-editor/editor';

/** Monaco's theme, made of the page's own tokens, so that the editor looks like the code that it replaces. */

/** Monaco's token → the custom property that colors it; tokens.css sets these for both themes of the page. */
const TOKENS = {
  '': '--lab-code-ink',
  comment: '--lab-code-comment',
  keyword: '--lab-code-keyword',
  string: '--lab-code-string',
  regexp: '--lab-code-string',
  number: '--lab-code-number',
  type: '--lab-code-type',
} as const;

const THEME = 'lab';

/** Defines the theme from the colors that the page has now and applies it; call it again after the page's theme changed. */
export function applyTheme(monacoEditor: Pick<typeof editor, 'defineTheme' | 'setTheme'>, beside: HTMLElement): void {
  const color = colorReader(beside);
  const dark = document.documentElement.dataset['theme'] === 'dark';
  monacoEditor.defineTheme(THEME, {
    base: dark ? 'vs-dark' : 'vs',
    inherit: false,
    rules: Object.entries(TOKENS).map(([token, property]) => ({ token, foreground: color(property).slice(1) })),
    colors: {
      'editor.background': color('--play-code-paper'),
      'editor.foreground': color('--lab-code-ink'),
      'editorCursor.foreground': color('--lab-ink'),
      'editor.selectionBackground': color('--lab-accent-soft'),
      'editor.wordHighlightBackground': color('--lab-accent-soft'),
      'editorBracketMatch.border': color('--lab-line-strong'),
      'editorBracketMatch.background': color('--play-code-paper'),
      'editorWidget.background': color('--lab-panel'),
      'editorWidget.foreground': color('--lab-ink'),
      'editorWidget.border': color('--lab-line-strong'),
      'input.background': color('--lab-paper'),
      'input.foreground': color('--lab-ink'),
      focusBorder: color('--lab-focus'),
      'textLink.foreground': color('--lab-accent'),
      'textLink.activeForeground': color('--lab-accent'),
      'editorSuggestWidget.selectedBackground': color('--lab-accent'),
      'editorSuggestWidget.selectedForeground': color('--lab-accent-ink'),
      'editorSuggestWidget.selectedIconForeground': color('--lab-accent-ink'),
      'editorSuggestWidget.focusHighlightForeground': color('--lab-accent-ink'),
      'editorSuggestWidget.highlightForeground': color('--lab-accent'),
      'editor.rangeHighlightBackground': color('--lab-accent-soft'),
      'editor.findMatchBackground': color('--lab-accent-soft'),
      'editor.findMatchBorder': color('--lab-accent'),
      'editor.findMatchHighlightBackground': color('--lab-accent-soft'),
      // Brackets as plain as in the code at rest.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((depth) => [`editorBracketHighlight.foreground${depth}`, color('--lab-code-ink')]),
      ),
    },
  });
  monacoEditor.setTheme(THEME);
}

/** Reads custom properties as `#rrggbb`, however the style sheet writes them; Monaco takes nothing else. */
function colorReader(beside: HTMLElement): (property: string) => string {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return (property) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${property})`;
    beside.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    if (!canvas) return '#808080';
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
}
