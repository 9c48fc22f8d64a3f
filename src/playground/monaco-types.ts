import {
  javascriptDefaults,
  typescriptDefaults,
  type CompilerOptions,
  type Diagnostic,
  type TypeScriptWorker,
} from 'monaco-editor/languages/features/typescript/register';
import TsWorkerUrl from 'monaco-editor/languages/features/typescript/ts.worker?worker&url';
import {
  FormatAdapter,
  getJavaScriptWorker,
  getTypeScriptWorker,
  setupJavaScript,
  setupTypeScript,
} from 'monaco-editor/languages/features/typescript/tsMode';
import { globals, libraries } from 'virtual:guest-types';
import { compilerOptions, GLOBALS_FILE, sentenceFor, type EditorLanguage } from './editor-checks.ts';
import { monaco } from './monaco-core.ts';
import { serveWorker } from './monaco-environment.ts';

/**
 * Completions, hovers, signatures, formatting and checks by TypeScript's own service. A megabyte: load this module after
 * the first edit, or when the reader asks.
 */

type WorkerFor = (...models: monaco.Uri[]) => Promise<TypeScriptWorker>;

const SERVICES = {
  javascript: { defaults: javascriptDefaults, setup: setupJavaScript, worker: getJavaScriptWorker },
  typescript: { defaults: typescriptDefaults, setup: setupTypeScript, worker: getTypeScriptWorker },
} as const;

/** Milliseconds of quiet after which a program is checked again. */
const QUIET_MS = 300;

const started = new Map<EditorLanguage, Promise<WorkerFor>>();

/** Starts the service of a language once a page. Rejects when it cannot be loaded; the next call tries again. */
function startService(language: EditorLanguage): Promise<WorkerFor> {
  const known = started.get(language);
  if (known) return known;
  const { defaults, setup, worker } = SERVICES[language];
  const service = new Promise<WorkerFor>((resolve, reject) => {
    serveWorker(language, TsWorkerUrl, reject);
    if (!installed.has(language)) {
      installed.add(language);
      const options: unknown = compilerOptions[language];
      defaults.setCompilerOptions(options as CompilerOptions);
      defaults.setModeConfiguration(FEATURES);
      defaults.setExtraLibs([
        { content: globals, filePath: GLOBALS_FILE },
        ...Object.entries(libraries).map(([path, content]) => ({ content, filePath: `file:///node_modules/${path}` })),
      ]);
      setup(defaults);
    }
    // The first answer comes when worker and libraries are loaded.
    worker()
      .then(async (workerFor) => {
        await (await workerFor()).getCompilerOptionsDiagnostics(GLOBALS_FILE);
        resolve(workerFor);
      })
      .catch(reject);
  });
  started.set(language, service);
  service.catch(() => {
    started.delete(language);
    // Drops the worker that did not load; the next use makes a new one.
    defaults.setWorkerOptions({});
  });
  return service;
}

const installed = new Set<EditorLanguage>();

/** Definitions and references would open models of the libraries, for which there is no room; diagnostics are below. */
const FEATURES = {
  completionItems: true,
  hovers: true,
  signatureHelp: true,
  documentHighlights: true,
  rename: true,
  documentRangeFormattingEdits: true,
  codeActions: true,
  onTypeFormattingEdits: false,
  documentSymbols: false,
  definitions: false,
  references: false,
  inlayHints: false,
  diagnostics: false,
};

/**
 * Starts the service for a model and marks its mistakes from now on. Resolves when the first check is done.
 * Rejects when the service cannot be loaded.
 */
export async function watchTypes(
  model: monaco.editor.ITextModel,
  language: EditorLanguage,
): Promise<monaco.IDisposable> {
  const workerFor = await startService(language);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function check(): Promise<void> {
    if (model.isDisposed()) return;
    const version = model.getVersionId();
    const worker = await workerFor(model.uri);
    const file = model.uri.toString();
    const [syntax, meaning, advice] = await Promise.all([
      worker.getSyntacticDiagnostics(file),
      worker.getSemanticDiagnostics(file),
      worker.getSuggestionDiagnostics(file),
    ]);
    if (model.isDisposed() || model.getVersionId() !== version) return;
    const weight = language === 'javascript' ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Error;
    monaco.editor.setModelMarkers(model, OWNER, [
      ...syntax.flatMap((found) => markerOf(model, found, language, monaco.MarkerSeverity.Error)),
      ...meaning.flatMap((found) => markerOf(model, found, language, weight)),
      ...advice
        .filter(({ reportsUnnecessary, reportsDeprecated }) => reportsUnnecessary ?? reportsDeprecated)
        .flatMap((found) => markerOf(model, found, language, monaco.MarkerSeverity.Hint)),
    ]);
  }
  const checkQuietly = (): void => void check().catch(() => undefined);

  const changes = model.onDidChangeContent(() => {
    clearTimeout(timer);
    timer = setTimeout(checkQuietly, QUIET_MS);
  });
  await check();
  return {
    dispose: () => {
      clearTimeout(timer);
      changes.dispose();
      if (!model.isDisposed()) monaco.editor.setModelMarkers(model, OWNER, []);
    },
  };
}

const OWNER = 'types';

function markerOf(
  model: monaco.editor.ITextModel,
  { code, messageText, start = 0, length = 1, reportsUnnecessary, reportsDeprecated }: Diagnostic,
  language: EditorLanguage,
  severity: monaco.MarkerSeverity,
): monaco.editor.IMarkerData[] {
  const message = sentenceFor({ code, message: flattened(messageText) }, language);
  if (message === null) return [];
  const { startLineNumber, startColumn, endLineNumber, endColumn } = monaco.Range.fromPositions(
    model.getPositionAt(start),
    model.getPositionAt(start + length),
  );
  const tags = [
    ...(reportsUnnecessary ? [monaco.MarkerTag.Unnecessary] : []),
    ...(reportsDeprecated ? [monaco.MarkerTag.Deprecated] : []),
  ];
  return [{ severity, message, startLineNumber, startColumn, endLineNumber, endColumn, tags }];
}

/** TypeScript's chain of reasons as lines, each further in than the one before. */
function flattened(message: Diagnostic['messageText'], depth = 0): string {
  if (typeof message === 'string') return message;
  const own = `${'  '.repeat(depth)}${message.messageText}`;
  return [own, ...(message.next ?? []).map((reason) => flattened(reason, depth + 1))].join('\n');
}

/** A program formatted by the same service, for the plain text area. Rejects when the service cannot be loaded. */
export async function formatCode(code: string, language: EditorLanguage): Promise<string> {
  const workerFor = await startService(language);
  const extension = language === 'javascript' ? 'js' : 'ts';
  const model = monaco.editor.createModel(code, language, monaco.Uri.parse(`file:///format/program.${extension}`));
  try {
    const cancel = new monaco.CancellationTokenSource();
    const edits = await new FormatAdapter(workerFor).provideDocumentRangeFormattingEdits(
      model,
      model.getFullModelRange(),
      { tabSize: 2, insertSpaces: true },
      cancel.token,
    );
    model.applyEdits(edits ?? []);
    return model.getValue();
  } finally {
    model.dispose();
  }
}
