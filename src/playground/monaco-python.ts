import { effect } from '@preact/signals';
import type { PythonCompletion, PythonExplanation, PythonProblem } from '../sandbox/python/questions.ts';
import { monaco, type CoreEditor } from './monaco-core.ts';
import { ask, interpreter } from './python-questions.ts';

/**
 * Completions, hovers, signatures and checks for Python, by the interpreter that waits for the next run. Where there is
 * none yet, nothing is loaded for it; what is here begins when it comes.
 */

const OWNER = 'python';

/** Milliseconds of quiet after which a program is checked again. */
const QUIET_MS = 300;

const { CompletionItemKind } = monaco.languages;
const KINDS: Readonly<Record<PythonCompletion['kind'], monaco.languages.CompletionItemKind>> = {
  class: CompletionItemKind.Class,
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  keyword: CompletionItemKind.Keyword,
  'keyword argument': CompletionItemKind.Property,
  method: CompletionItemKind.Method,
  module: CompletionItemKind.Module,
  property: CompletionItemKind.Property,
  variable: CompletionItemKind.Variable,
};

/** Starts all that for an editor. @param onAnswer hears when it works */
export function watchPython({ model, owns }: CoreEditor, onAnswer: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let answered = false;

  async function check(): Promise<void> {
    const version = model.getVersionId();
    const text = model.getValue();
    const answer = await ask({ kind: 'check', text });
    if (!answer || model.isDisposed()) return;
    if (!answered) onAnswer();
    answered = true;
    if (model.getVersionId() !== version) return;
    monaco.editor.setModelMarkers(
      model,
      OWNER,
      answer.problems.map((problem) => markerOf(model, problem)),
    );
  }

  owns(
    model.onDidChangeContent(() => {
      clearTimeout(timer);
      timer = setTimeout(() => void check(), QUIET_MS);
    }),
  );
  const stop = effect(() => {
    if (interpreter.value !== null) void check();
  });
  owns({
    dispose: () => {
      stop();
      clearTimeout(timer);
      monaco.editor.setModelMarkers(model, OWNER, []);
    },
  });

  owns(
    monaco.languages.registerCompletionItemProvider('python', {
      triggerCharacters: ['.', ' '],
      provideCompletionItems: async (of, position, { triggerCharacter }, token) => {
        if (of !== model) return null;
        const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
        if (triggerCharacter === ' ' && !/^\s*(?:from|import)\b/.test(before)) return null;
        const place = placeOf(model, position);
        const answer = await ask({ kind: 'complete', ...place }, signalOf(token));
        if (!answer || model.isDisposed()) return null;
        const start = model.getPositionAt(utf16(place.text, answer.start));
        const range = monaco.Range.fromPositions(start, position);
        return {
          suggestions: answer.items.map(({ label, kind, first }): Suggestion => {
            const rank = first ? 0 : kind === 'keyword' || kind === 'module' ? 2 : 1;
            return { label, kind: KINDS[kind], insertText: label, range, sortText: `${rank}${label}`, place };
          }),
        };
      },
      resolveCompletionItem: async (item: Suggestion, token) => {
        if (!item.place || typeof item.label !== 'string') return item;
        const answer = await ask({ kind: 'explain', ...item.place, name: item.label }, signalOf(token));
        return answer ? { ...item, documentation: { value: markdown(answer).join('\n\n') } } : item;
      },
    }),
  );

  owns(
    monaco.languages.registerHoverProvider('python', {
      provideHover: async (of, position, token) => {
        if (of !== model) return null;
        const place = placeOf(model, position);
        const answer = await ask({ kind: 'hover', ...place }, signalOf(token));
        if (!answer || model.isDisposed()) return null;
        const [start, end] = [answer.start, answer.end].map((at) => model.getPositionAt(utf16(place.text, at)));
        const range = start && end ? { range: monaco.Range.fromPositions(start, end) } : {};
        return { ...range, contents: markdown(answer).map((value) => ({ value })) };
      },
    }),
  );

  owns(
    monaco.languages.registerSignatureHelpProvider('python', {
      signatureHelpTriggerCharacters: ['(', ','],
      signatureHelpRetriggerCharacters: ['=', ')'],
      provideSignatureHelp: async (of, position, token) => {
        if (of !== model) return null;
        const answer = await ask({ kind: 'call', ...placeOf(model, position) }, signalOf(token));
        if (!answer) return null;
        const { label, about, active } = answer;
        const parameters = answer.parameters.map(({ begin, end, about: documentation }) => {
          const spot: [number, number] = [begin, end];
          return { label: spot, documentation: { value: documentation } };
        });
        const activeParameter = active < 0 ? parameters.length : active;
        const signatures = [{ label, documentation: { value: about }, parameters }];
        return { value: { signatures, activeSignature: 0, activeParameter }, dispose: () => undefined };
      },
    }),
  );
}

/** A completion that knows where it was asked for. */
type Suggestion = monaco.languages.CompletionItem & { readonly place?: Place };

interface Place {
  readonly text: string;
  /** Counts characters. */
  readonly offset: number;
}

function placeOf(model: monaco.editor.ITextModel, position: monaco.Position): Place {
  const text = model.getValue();
  return { text, offset: Array.from(text.slice(0, model.getOffsetAt(position))).length };
}

/** An offset of Python's, which counts characters, as one of JavaScript's. */
const utf16 = (text: string, characters: number): number =>
  /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(0, characters).join('').length : characters;

function markerOf(model: monaco.editor.ITextModel, problem: PythonProblem): monaco.editor.IMarkerData {
  const { severity, message, line, column, endLine, endColumn } = problem;
  const columnIn = (lineNumber: number, characters: number): number =>
    lineNumber <= model.getLineCount() ? utf16(model.getLineContent(lineNumber), characters - 1) + 1 : 1;
  return {
    severity: monaco.MarkerSeverity[severity === 'error' ? 'Error' : 'Warning'],
    message,
    startLineNumber: line,
    startColumn: columnIn(line, column),
    endLineNumber: endLine,
    endColumn: columnIn(endLine, endColumn),
  };
}

/** Signature or type as code, then what the author wrote. */
const markdown = ({ title, about }: PythonExplanation): readonly string[] => [
  `\`\`\`python\n${title}\n\`\`\``,
  ...(about === '' ? [] : [about]),
];

function signalOf(token: monaco.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
