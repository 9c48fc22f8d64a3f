import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordHighlighter/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import { applyTheme } from './monaco-theme.ts';

/** An editor in the place of a text area. */
export interface EditorHandle {
  /** Takes over code that was replaced from outside; undo goes back over it. */
  replace(code: string): void;
  dispose(): void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  /** The text area whose font and padding the editor takes over. */
  readonly like: HTMLElement;
  readonly code: string;
  readonly language: 'javascript' | 'typescript';
  /** Id of the element that says how to leave the editor. */
  readonly describedBy: string;
  /** Where the caret stood in the text area; null when it had no focus. */
  readonly offset: number | null;
  readonly onEdit: (code: string) => void;
}

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

/**
 * Opens Monaco without its type services: coloring, brackets, search, folding, several carets. Tab leaves it.
 * This is the only module that imports Monaco; load it when a reader reaches for the code.
 */
export function openEditor({ parent, like, code, language, describedBy, offset, onEdit }: EditorOptions): EditorHandle {
  parent.hidden = false;
  applyTheme(monaco.editor, parent);
  const style = getComputedStyle(like);
  const model = monaco.editor.createModel(code, language);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const editor = monaco.editor.create(parent, {
    model,
    ariaLabel: 'Code editor',
    tabFocusMode: true,
    automaticLayout: true,
    fontFamily: style.fontFamily,
    fontSize: Number.parseFloat(style.fontSize),
    lineHeight: Number.parseFloat(style.lineHeight),
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
  });
  parent.querySelector('textarea, [role="textbox"]')?.setAttribute('aria-describedby', describedBy);
  if (offset !== null) {
    editor.setPosition(model.getPositionAt(offset));
    editor.focus();
  }

  const edits = model.onDidChangeContent(() => onEdit(model.getValue()));
  const themes = new MutationObserver(() => applyTheme(monaco.editor, parent));
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });

  return {
    replace: (text) => {
      if (text === model.getValue()) return;
      editor.pushUndoStop();
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      editor.pushUndoStop();
    },
    dispose: () => {
      themes.disconnect();
      edits.dispose();
      editor.dispose();
      model.dispose();
    },
  };
}
