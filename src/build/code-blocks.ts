import type { StarlightExpressiveCodeOptions } from '@astrojs/starlight/expressive-code';

/** How code blocks look: two color themes of equal quiet, frames and backgrounds from our tokens. */
export const codeBlocks: StarlightExpressiveCodeOptions = {
  themes: ['github-dark', 'github-light'],
  // Long lines wrap: nothing scrolls sideways on a phone, and no scroll area needs a name and a tab stop of its own.
  defaultProps: { wrap: true, overridesByLang: { 'bash,sh,shell,console,powershell': { frame: 'code' } } },
  useStarlightDarkModeSwitch: true,
  useStarlightUiThemeColors: false,
  styleOverrides: {
    borderColor: 'var(--lab-line)',
    borderRadius: 'var(--lab-radius)',
    borderWidth: '1px',
    codeBackground: 'var(--lab-panel)',
    codeFontFamily: 'var(--lab-font-mono)',
    codeFontSize: 'var(--lab-size-2)',
    codeLineHeight: '1.6',
    codePaddingBlock: '0.75rem',
    codePaddingInline: '1rem',
    focusBorder: 'var(--lab-focus)',
    uiFontFamily: 'var(--lab-font-mono)',
    uiFontSize: 'var(--lab-size-1)',
    frames: {
      shadowColor: 'transparent',
      editorActiveTabBackground: 'var(--lab-panel)',
      editorActiveTabBorderColor: 'transparent',
      editorActiveTabForeground: 'var(--lab-ink-soft)',
      editorActiveTabIndicatorTopColor: 'transparent',
      editorActiveTabIndicatorBottomColor: 'transparent',
      editorTabBarBackground: 'var(--lab-panel)',
      editorTabBarBorderColor: 'var(--lab-line)',
      editorTabBarBorderBottomColor: 'transparent',
      terminalBackground: 'var(--lab-panel)',
      terminalTitlebarBackground: 'var(--lab-panel)',
      terminalTitlebarBorderBottomColor: 'var(--lab-line)',
      terminalTitlebarForeground: 'var(--lab-ink-soft)',
      terminalTitlebarDotsForeground: 'transparent',
      inlineButtonForeground: 'var(--lab-ink)',
      inlineButtonBorder: 'var(--lab-line-strong)',
    },
  },
};
