import { conf, language } from 'monaco-editor/languages/definitions/yaml/yaml';
import { monaco, openCore } from './monaco-core.ts';
import { yamlCompletions, yamlHover, type YamlSuggestions } from './yaml-completions.ts';
import { yamlProblems, type YamlIssue, type YamlProblem } from './yaml-problems.ts';
import type { JsonSchema } from './yaml-schema.ts';

const { IndentAction } = monaco.languages;
monaco.languages.register({ id: 'yaml' });
monaco.languages.setMonarchTokensProvider('yaml', language);
monaco.languages.setLanguageConfiguration('yaml', {
  ...conf,
  onEnterRules: [
    // The second field of a list's item stands under the first, not under the dash.
    { beforeText: /^\s*-\s+[\w-]+:\s+\S.*$/, action: { indentAction: IndentAction.Indent } },
    ...(conf.onEnterRules ?? []),
  ],
});

export interface YamlEditorOptions {
  readonly parent: HTMLElement;
  /** The text area whose place the editor takes: font, padding, accessible name. */
  readonly like: HTMLTextAreaElement;
  readonly text: string;
  /** Names and describes the fields, for completions and hovers: `z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })`. */
  readonly schema: JsonSchema;
  /** What is wrong with the file's content; squiggles show it. `(value) => schema.safeParse(value).error?.issues ?? []`. */
  readonly check: (value: unknown) => readonly YamlIssue[];
  /** Values that the schema does not list, such as the ids of gateways and faults: path with `*` for any index → values. */
  readonly suggestions?: YamlSuggestions;
  readonly onEdit: (text: string) => void;
  /** Hears the problems of the text at the start and after each change. */
  readonly onProblems: (problems: readonly YamlProblem[]) => void;
  /** Id of the element that says how to leave the editor. */
  readonly describedBy: string;
  /** Where the caret stood in the text area; null or left out when it had no focus. */
  readonly offset?: number | null;
  readonly fontSize?: number;
}

export interface YamlEditorHandle {
  /** Takes over a text that was replaced from outside; undo goes back over it. */
  readonly replace: (text: string) => void;
  /** Puts the caret at a place, from 1, and focuses the editor: for a list of problems. */
  readonly reveal: (line: number, column: number) => void;
  readonly setFontSize: (px: number) => void;
  readonly dispose: () => void;
}

/**
 * Opens Monaco on a YAML file with completions, hovers and squiggles from a schema. Everything happens on the page: a
 * scenario is small and needs no worker. Load this module when a reader reaches for the file.
 */
export function openYamlEditor(options: YamlEditorOptions): YamlEditorHandle {
  const { like, schema, check, onEdit, onProblems, suggestions = {} } = options;
  const core = openCore({
    ...options,
    language: 'yaml',
    label: like.ariaLabel ?? like.labels[0]?.textContent.trim() ?? 'YAML editor',
    offset: options.offset ?? null,
    onEdit: (text) => {
      onEdit(text);
      examine(text);
    },
  });
  const { editor, model } = core;

  // Everything in YAML is a string to the highlighter, where Monaco offers nothing by itself.
  editor.updateOptions({ quickSuggestions: { other: true, comments: false, strings: true } });

  function examine(text: string): void {
    const problems = yamlProblems(text, check, schema);
    monaco.editor.setModelMarkers(
      model,
      'schema',
      problems.map(({ message, line, column, endLine, endColumn }) => ({
        severity: monaco.MarkerSeverity.Error,
        message,
        startLineNumber: line,
        startColumn: column,
        endLineNumber: endLine,
        endColumn,
      })),
    );
    onProblems(problems);
  }

  const rangeOf = (start: number, end: number): monaco.IRange =>
    monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

  core.owns(
    monaco.languages.registerCompletionItemProvider('yaml', {
      triggerCharacters: [' ', ':', '-', '{', ','],
      provideCompletionItems: (of, position) => {
        if (of !== model) return null;
        const found = yamlCompletions(model.getValue(), model.getOffsetAt(position), schema, suggestions);
        if (!found) return null;
        const range = rangeOf(found.start, found.end);
        return {
          suggestions: found.items.map(({ label, insert, about, kind, required, goesOn }, index) => ({
            label: required ? { label, description: 'required' } : label,
            kind: monaco.languages.CompletionItemKind[kind === 'field' ? 'Field' : 'Value'],
            insertText: insert,
            insertTextRules: SNIPPET,
            documentation: about,
            sortText: String(index).padStart(4, '0'),
            range,
            ...(goesOn ? { command: { id: 'editor.action.triggerSuggest', title: 'Go on' } } : {}),
          })),
        };
      },
    }),
  );
  core.owns(
    monaco.languages.registerHoverProvider('yaml', {
      provideHover: (of, position) => {
        if (of !== model) return null;
        const found = yamlHover(model.getValue(), model.getOffsetAt(position), schema, suggestions);
        if (!found) return null;
        const contents = [`**${found.title}**`, found.about].map((value) => ({ value }));
        return { range: rangeOf(found.start, found.end), contents };
      },
    }),
  );
  core.owns({ dispose: () => monaco.editor.setModelMarkers(model, 'schema', []) });
  examine(model.getValue());

  return {
    replace: core.replace,
    setFontSize: core.setFontSize,
    dispose: core.dispose,
    reveal: (lineNumber, column) => {
      editor.setPosition({ lineNumber, column });
      editor.revealPositionInCenterIfOutsideViewport({ lineNumber, column });
      editor.focus();
    },
  };
}

const { InsertAsSnippet, KeepWhitespace } = monaco.languages.CompletionItemInsertTextRule;
/** The text has `$0` for the caret, and indents itself. */
const SNIPPET: monaco.languages.CompletionItemInsertTextRule = InsertAsSnippet | KeepWhitespace;
