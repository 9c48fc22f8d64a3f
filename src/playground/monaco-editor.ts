import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/typescript/register';
import { openCore } from './monaco-core.ts';

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

/** Opens Monaco on a program. Load this module when a reader reaches for the code. */
export function openEditor({ code, ...options }: EditorOptions): EditorHandle {
  const { replace, dispose } = openCore({ ...options, text: code, label: 'Code editor' });
  return { replace, dispose };
}
