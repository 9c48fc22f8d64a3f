import { globSync, readFileSync } from 'node:fs';
import { create } from 'monaco-editor/languages/features/typescript/tsWorker';
import { describe, expect, it } from 'vitest';
import { guestGlobals, libraryTypes } from '../build/guest-types.ts';
import { playgroundBlocks } from '../build/playground-blocks.ts';
import { compilerOptions, GLOBALS_FILE, sentenceFor, type EditorLanguage } from './editor-checks.ts';

const extraLibs = {
  [GLOBALS_FILE]: { content: await guestGlobals(), version: 1 },
  ...Object.fromEntries(
    Object.entries(libraryTypes()).map(([path, content]) => [`file:///node_modules/${path}`, { content, version: 1 }]),
  ),
};

/** Monaco's own TypeScript worker for one file, whose text may change. */
function workerFor(language: EditorLanguage) {
  const name = `file:///program.${language === 'javascript' ? 'js' : 'ts'}`;
  const model = {
    uri: { toString: () => name, path: name.slice(7) },
    version: 0,
    text: '',
    getValue: () => model.text,
  };
  const worker = create(
    { getMirrorModels: () => [model] },
    { compilerOptions: compilerOptions[language], extraLibs, inlayHintsOptions: {} },
  );
  return async (text: string) => {
    model.text = text;
    model.version++;
    return [...(await worker.getSyntacticDiagnostics(name)), ...(await worker.getSemanticDiagnostics(name))];
  };
}
const workers = { javascript: workerFor('javascript'), typescript: workerFor('typescript') };

/** What the editor would say about a program: `line: sentence`. */
async function said(code: string, language: EditorLanguage = 'javascript'): Promise<string[]> {
  return (await workers[language](code)).flatMap(({ code: number, messageText, start = 0 }) => {
    const message = typeof messageText === 'string' ? messageText : messageText.messageText;
    const sentence = sentenceFor({ code: number, message }, language);
    return sentence === null ? [] : [`${code.slice(0, start).split('\n').length}: ${sentence}`];
  });
}

describe('what the editor says about a program', { timeout: 30_000 }, () => {
  it('says nothing about the programs of the site', async () => {
    let programs = 0;
    const complaints: string[] = [];
    for (const file of globSync('content/**/*.mdx')) {
      for (const { files } of playgroundBlocks(readFileSync(file, 'utf8'), file)) {
        for (const { code, lang, name } of files) {
          if (lang === 'py') continue;
          programs++;
          const found = await said(code, lang === 'ts' ? 'typescript' : 'javascript');
          complaints.push(...found.map((sentence) => `${file} ${name}, line ${sentence}`));
        }
      }
    }
    expect(programs).toBeGreaterThan(2);
    expect(complaints).toEqual([]);
  });

  it.each([
    "for (const [path, limit] of [['/orders', 5]]) await fetch(path, { signal: AbortSignal.timeout(limit * 1000) });",
    "console.log(new Date('2026-01-15') - new Date());",
    "for (const [name, make] of [['one', () => 1]]) console.log(name, make());",
  ])('leaves alone what JavaScript allows: %j', async (code) => {
    expect(await said(code)).toEqual([]);
  });

  it.each([
    ["const response = await fetch('https://api.example.com/'); response.stauts;", "'stauts' does not exist"],
    ['await fetch();', 'Expected 1-2 arguments'],
    ["new AbortController().signal.throwIfAborted('why');", 'Expected 0 arguments'],
    ['undeclared();', "Cannot find name 'undeclared'."],
  ])('finds the mistake in %j', async (code, sentence) => {
    expect(await said(code)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([
    ["new WebSocket('wss://api.example.com');", 'WebSocket is not available in this playground.'],
    ["localStorage.setItem('a', 'b');", 'localStorage is not available in this playground.'],
    ["document.querySelector('a');", 'There is no document here: the program runs in a worker, which has no page.'],
    ['process.exit(1);', "There is no process here: that is Node's, and the program runs in the browser."],
    [
      "import got from 'got';",
      'There is no "got" here. A program in this playground can import ky, p-retry and axios.',
    ],
  ])('tells in its own words what %j cannot have', async (code, sentence) => {
    expect(await said(code)).toEqual([`1: ${sentence}`]);
  });

  it.each([
    'const error = new Error("no"); error.status = 502; throw error;',
    'try { await fetch("https://api.example.com/"); } catch (error) { console.log(error.cause?.code); }',
    'function wait(ms) { return new Promise((resolve) => setTimeout(resolve, ms)); } await wait(5);',
    'const headers = {}; headers.accept = "*/*"; await fetch("https://api.example.com/", { headers });',
    'for await (const chunk of (await fetch("https://api.example.com/")).body) console.log(chunk.length);',
    'self.addEventListener("unhandledrejection", (event) => console.warn(event.reason)); navigator.onLine;',
    'const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("a")); structuredClone(digest);',
    'const request = new XMLHttpRequest(); request.open("GET", "https://api.example.com/"); request.send();',
    'AbortSignal.any([AbortSignal.timeout(5)]); performance.now(); queueMicrotask(() => {}); Promise.withResolvers();',
  ])('has nothing against JavaScript as people write it: %s', async (code) => {
    expect(await said(code)).toEqual([]);
  });

  it.each([
    'import ky from "ky"; const order = await ky.get("https://api.example.com/orders/42", { retry: 2 }).json(); order;',
    'import retry, { AbortError } from "p-retry"; await retry(async () => { throw new AbortError("x"); }, { retries: 2 });',
    'import axios from "axios"; const { status } = await axios.get("https://api.example.com/"); status.toFixed();',
  ])('knows the libraries that a program can import: %s', async (code) => {
    expect(await said(code)).toEqual([]);
    expect(await said(code, 'typescript')).toEqual([]);
  });

  it('checks how a library is called', async () => {
    expect(await said('import ky from "ky"; ky.gett("https://api.example.com/");')).toEqual([
      expect.stringContaining("Did you mean 'get'"),
    ]);
  });

  it('is strict in TypeScript', async () => {
    expect(await said('function half(n) { return n / 2; } half("4");', 'typescript')).toEqual([
      expect.stringContaining("implicitly has an 'any' type"),
    ]);
    expect(await said('function half(n: number) { return n / 2; } half("4");', 'typescript')).toEqual([
      expect.stringContaining("'string' is not assignable to parameter of type 'number'"),
    ]);
    expect(await said('const found = [1].find((n) => n > 1); found.toFixed();', 'typescript')).toEqual([
      expect.stringContaining("possibly 'undefined'"),
    ]);
  });
});
