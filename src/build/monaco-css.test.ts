import { expect, it } from 'vitest';
import { sheetModule } from './monaco-css.ts';

it('turns a style sheet into a module that adopts it, with its files as assets', () => {
  const code = sheetModule(
    '@font-face { src: url("./codicon.ttf?x") } a::before { content: "\\ea60 `${x}`" }',
    '/lib/codicons',
  );
  expect(code).toContain('import asset0 from "/lib/codicons/codicon.ttf?url";');
  expect(code).toContain('document.adoptedStyleSheets.push(sheet)');
  // Between the assets stand JSON strings, so that no character of the sheet can end them early.
  const parts = (/replaceSync\((.*)\);/.exec(code)?.[1] ?? '').split(" + 'url(' + asset0 + ')' + ");
  expect(parts.map((part) => JSON.parse(part) as string)).toEqual([
    '@font-face { src: ',
    ' } a::before { content: "\\ea60 `${x}`" }',
  ]);
});
