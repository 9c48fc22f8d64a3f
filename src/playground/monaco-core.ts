import './monaco-environment.ts';
import './monaco-features.ts';
import * as monaco from 'monaco-editor/editor';
import { applyTheme } from './monaco-theme.ts';

/** Monaco, for the modules of this folder that are loaded with it. This is the only one that imports it. */
export { monaco };

export interface CoreOptions {
  readonly parent: HTMLElement;
  /** The text area whose font and padding the editor takes over. */
  readonly like: HTMLElement;
  readonly text: string;
  readonly language: 'javascript' | 'typescript' | 'python' | 'yaml';
  /** Address of the model; type services know files by it. Each editor has its own. */
  readonly uri?: string;
  /** Accessible name. */
  readonly label: string;
  /** Id of the element that says how to leave the editor. */
  readonly describedBy: string;
  /** Where the caret stood in the text area; null when it had no focus. */
  readonly offset: number | null;
  readonly fontSize?: number;
  readonly onEdit: (text: string) => void;
}

/** An editor without language services, in the page's own colors and the text area's own metrics. */
export interface CoreEditor {
  readonly editor: monaco.editor.IStandaloneCodeEditor;
  readonly model: monaco.editor.ITextModel;
  /** Takes over a text that was replaced from outside; undo goes back over it. */
  readonly replace: (text: string) => void;
  readonly setFontSize: (px: number) => void;
  /** Removes editor, model and listeners, and all that was given to `owns`. */
  readonly dispose: () => void;
  readonly owns: (disposable: monaco.IDisposable) => void;
}

/** Opens an editor in `parent`. Tab leaves it until the reader turns that off. */
export function openCore(options: CoreOptions): CoreEditor {
  const { parent, like, text, language, uri, label, describedBy, offset, onEdit } = options;
  parent.hidden = false;
  applyTheme(monaco.editor, parent);
  const style = getComputedStyle(like);
  const model = monaco.editor.createModel(text, language, uri === undefined ? undefined : monaco.Uri.parse(uri));
  model.updateOptions({ tabSize: language === 'python' ? 4 : 2, insertSpaces: true });
  const editor = monaco.editor.create(parent, {
    model,
    ariaLabel: label,
    tabFocusMode: true,
    automaticLayout: true,
    fontFamily: style.fontFamily,
    ...metrics(options.fontSize ?? Number.parseFloat(style.fontSize)),
    padding: { top: Number.parseFloat(style.paddingBlockStart), bottom: Number.parseFloat(style.paddingBlockEnd) },
    lineNumbers: 'off',
    glyphMargin: false,
    folding: false,
    lineDecorationsWidth: Number.parseFloat(style.paddingInlineStart),
    lineNumbersMinChars: 0,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
    guides: { indentation: false },
    fixedOverflowWidgets: true,
    wordBasedSuggestions: 'off',
    // What is read out for a completion is then what is written; Ctrl+Space shows the rest.
    suggest: { showInlineDetails: false },
  });
  parent.querySelector('textarea, [role="textbox"]')?.setAttribute('aria-describedby', describedBy);
  if (offset !== null) {
    editor.setPosition(model.getPositionAt(offset));
    editor.focus();
  }

  const owned: monaco.IDisposable[] = [model.onDidChangeContent(() => onEdit(model.getValue())), editor, model];
  const themes = new MutationObserver(() => applyTheme(monaco.editor, parent));
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });

  return {
    editor,
    model,
    replace: (next) => {
      if (next === model.getValue()) return;
      editor.pushUndoStop();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text: next }], () => null);
      editor.pushUndoStop();
    },
    setFontSize: (px) => editor.updateOptions(metrics(px)),
    owns: (disposable) => void owned.unshift(disposable),
    dispose: () => {
      themes.disconnect();
      for (const disposable of owned.splice(0)) disposable.dispose();
    },
  };
}

/** Monaco's line height for a size of text, as in the code at rest: 1.6. */
const metrics = (fontSize: number) => ({ fontSize, lineHeight: fontSize * 1.6 });
