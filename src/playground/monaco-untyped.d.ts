/** Modules of Monaco that come without types, as far as they are used here. */
declare module 'monaco-editor/languages/definitions/yaml/yaml' {
  import type { languages } from 'monaco-editor/editor';
  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}

declare module 'monaco-editor/languages/features/typescript/tsMode' {
  import type { CancellationToken, editor, IRange, languages, Uri } from 'monaco-editor/editor';
  import type { LanguageServiceDefaults, TypeScriptWorker } from 'monaco-editor/languages/features/typescript/register';
  type WorkerFor = (...models: Uri[]) => Promise<TypeScriptWorker>;
  export function setupJavaScript(defaults: LanguageServiceDefaults): void;
  export function setupTypeScript(defaults: LanguageServiceDefaults): void;
  export function getJavaScriptWorker(): Promise<WorkerFor>;
  export function getTypeScriptWorker(): Promise<WorkerFor>;
  export class FormatAdapter {
    constructor(worker: WorkerFor);
    provideDocumentRangeFormattingEdits(
      model: editor.ITextModel,
      range: IRange,
      options: languages.FormattingOptions,
      token: CancellationToken,
    ): Promise<languages.TextEdit[] | undefined>;
  }
}

declare module 'monaco-editor/languages/features/typescript/tsWorker' {
  import type { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/register';
  interface Mirror {
    readonly uri: { readonly toString: () => string; readonly path: string };
    readonly version: number;
    readonly getValue: () => string;
  }
  export function create(
    context: { readonly getMirrorModels: () => readonly Mirror[] },
    data: { readonly compilerOptions: object; readonly extraLibs: object; readonly inlayHintsOptions: object },
  ): TypeScriptWorker;
}

declare module 'virtual:guest-types' {
  /** Declares what a program can name. */
  export const globals: string;
  /** Types of the libraries that it can import: path under `node_modules` → text. */
  export const libraries: Readonly<Record<string, string>>;
}
