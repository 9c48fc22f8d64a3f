/** What an editor says about its keys, in the words of the reader's own keyboard. */

/**
 * `rest`: the author's code, untouched. `loading`: Monaco is on its way, and the text area takes the typing.
 * `plain`: the text area is the editor, by choice or on touch. `failed`: it is, because Monaco could not be loaded.
 */
export type EditorMode = 'rest' | 'loading' | 'monaco' | 'plain' | 'failed';

/** @param tabLeaves whether Tab leaves Monaco; it always leaves the text area */
export function hintFor(mode: EditorMode, tabLeaves: boolean, mac: boolean): string {
  const run = `${mac ? '⌘ Enter' : 'Ctrl+Enter'} runs the code.`;
  const toggle = mac ? 'Ctrl+Shift+M' : 'Ctrl+M';
  switch (mode) {
    case 'monaco':
      return tabLeaves
        ? `Tab leaves the editor; ${toggle} lets it indent. ${run}`
        : `Tab indents; Escape, then Tab leaves the editor. ${toggle} lets Tab leave at once. ${run}`;
    case 'loading':
      return 'Loading the code editor. You can type already.';
    case 'plain':
    case 'failed':
      return `Tab leaves the editor. ${run}`;
    case 'rest':
      return 'Edit the code, then press Run.';
  }
}

/** Apple's keyboards have other keys. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
