import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/python/register';
import 'monaco-editor/languages/definitions/typescript/register';
import type { EditorLanguage } from './editor-checks.ts';
import { monaco, openCore, type CoreEditor } from './monaco-core.ts';

/** A place in the program where something went wrong, from 1. */
export interface CodeProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** An editor in the place of a text area. */
export interface EditorHandle {
  /** Takes over code that was replaced from outside; undo goes back over it. */
  readonly replace: (code: string) => void;
  readonly focus: () => void;
  /** Offset of the caret. */
  readonly caret: () => number;
  readonly find: () => void;
  /** Formats the program; undo takes it back. Rejects when the type services cannot be loaded. */
  readonly format: () => Promise<void>;
  /** Loads the type services, or for Python what asks its interpreter, once. Rejects when they cannot be loaded; the next call tries again. */
  readonly loadTypes: () => Promise<void>;
  /** Opens the list of completions. */
  readonly suggest: () => void;
  /** Marks where the last run failed, until null or the next edit takes it away. */
  readonly mark: (problem: CodeProblem | null) => void;
  readonly setFontSize: (px: number) => void;
  /** Whether Tab leaves the editor or indents. Escape and then Tab always leaves. */
  readonly setTabLeaves: (leaves: boolean) => void;
  readonly dispose: () => void;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  /** The text area whose font and padding the editor takes over. */
  readonly like: HTMLElement;
  readonly code: string;
  /** The code before the reader typed into the text area, so that undo goes back to it. */
  readonly before?: string;
  /** Python's interpreter answers in the place of type services, once there is one. */
  readonly language: EditorLanguage | 'python';
  /** Name of the program's file, unique in the page, e.g. `orders-0/client.js`. */
  readonly fileName: string;
  /** Id of the element that says how to leave the editor. */
  readonly describedBy: string;
  /** Where the caret stood in the text area; null when it had no focus. */
  readonly offset: number | null;
  readonly tabLeaves: boolean;
  readonly onEdit: (code: string) => void;
  /** The reader asks for completions with the keyboard before the type services are there. */
  readonly onAsk: () => void;
  /** Python's interpreter has answered for the first time. */
  readonly onAnswer: () => void;
  /** The reader pressed the keys that change what Tab does. */
  readonly onToggleTab: () => void;
}

/** Opens Monaco on a program, without its type services. Load this module when a reader reaches for the code. */
export function openEditor(options: EditorOptions): EditorHandle {
  const { code, before = code, fileName, onEdit, onAsk, onToggleTab, tabLeaves } = options;
  let opened = false;
  const core = openCore({
    ...options,
    text: before,
    uri: `file:///${fileName}`,
    label: 'Code editor',
    offset: null,
    onEdit: (text) => {
      mark(null);
      if (opened) onEdit(text);
    },
  });
  const { editor, model } = core;
  core.replace(code);
  opened = true;
  if (options.offset !== null) {
    editor.setPosition(model.getPositionAt(options.offset));
    editor.focus();
  }

  const marks = editor.createDecorationsCollection();
  function mark(problem: CodeProblem | null): void {
    if (problem === null) {
      if (!opened) return;
      marks.clear();
      monaco.editor.setModelMarkers(model, 'run', []);
      return;
    }
    const { message } = problem;
    const { lineNumber, column } = model.validatePosition({ lineNumber: problem.line, column: problem.column });
    const word = model.getWordAtPosition({ lineNumber, column });
    const range = new monaco.Range(lineNumber, column, lineNumber, Math.max(word?.endColumn ?? 0, column + 1));
    marks.set([{ range, options: { isWholeLine: true, className: 'play-failed-line' } }]);
    monaco.editor.setModelMarkers(model, 'run', [
      {
        severity: monaco.MarkerSeverity.Error,
        message,
        source: 'last run',
        startLineNumber: lineNumber,
        endLineNumber: lineNumber,
        startColumn: range.startColumn,
        endColumn: range.endColumn,
      },
    ]);
  }

  const tab = tabKey(core, tabLeaves);
  core.owns(
    editor.addAction({
      id: 'lab.toggleTab',
      label: 'Let Tab leave the editor, or indent',
      keybindings: [isMac() ? WinCtrl | Shift | KeyM : CtrlCmd | KeyM],
      run: onToggleTab,
    }),
  );

  let types: Promise<void> | null = null;
  const loadTypes = (): Promise<void> => {
    types ??= startTypes(core, options).catch((error: unknown) => {
      types = null;
      throw error;
    });
    return types;
  };
  core.owns(
    editor.onKeyDown(({ ctrlKey, keyCode }) => {
      if (ctrlKey && keyCode === monaco.KeyCode.Space) onAsk();
    }),
  );

  return {
    replace: core.replace,
    focus: () => editor.focus(),
    caret: () => model.getOffsetAt(editor.getPosition() ?? { lineNumber: 1, column: 1 }),
    find: () => {
      editor.focus();
      void editor.getAction('actions.find')?.run();
    },
    format: async () => {
      await loadTypes();
      editor.focus();
      await editor.getAction('editor.action.formatDocument')?.run();
    },
    loadTypes,
    suggest: () => editor.trigger('lab', 'editor.action.triggerSuggest', {}),
    mark,
    setFontSize: core.setFontSize,
    setTabLeaves: tab.set,
    dispose: core.dispose,
  };
}

const { CtrlCmd, Shift, WinCtrl } = monaco.KeyMod;
const { KeyM } = monaco.KeyCode;
const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

async function startTypes(core: CoreEditor, { language, onAnswer }: EditorOptions): Promise<void> {
  if (language === 'python') {
    const { watchPython } = await import('./monaco-python.ts');
    if (!core.model.isDisposed()) watchPython(core, onAnswer);
    return;
  }
  const { model } = core;
  // The module below would set itself up for each language that it meets for the first time; it must do so when told.
  for (const either of ['javascript', 'typescript']) monaco.editor.createModel('', either).dispose();
  const { watchTypes } = await import('./monaco-types.ts');
  const watch = await watchTypes(model, language);
  if (model.isDisposed()) watch.dispose();
  else core.owns(watch);
}

/** What Tab does. After Escape it leaves, whatever was chosen. */
function tabKey({ editor, owns }: CoreEditor, initially: boolean): { readonly set: (leaves: boolean) => void } {
  let leaves = initially;
  const obey = (tabFocusMode: boolean): void => editor.updateOptions({ tabFocusMode });
  obey(leaves);
  owns(
    editor.onKeyDown(({ keyCode }) => {
      if (leaves || keyCode === monaco.KeyCode.Tab || keyCode === monaco.KeyCode.Shift) return;
      obey(keyCode === monaco.KeyCode.Escape);
    }),
  );
  owns(editor.onDidBlurEditorWidget(() => obey(leaves)));
  return {
    set: (next) => {
      leaves = next;
      obey(leaves);
    },
  };
}
