import { parse as parseJava } from 'java-parser';
import ts from 'typescript';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { goValidator } from './go.ts';
import { typeProblems } from './type-check.ts';
import { complaint, runProgram, sample, type FenceText, type Validator } from './validator.ts';

const inLanguage =
  (...langs: string[]) =>
  ({ lang }: FenceText): boolean =>
    langs.includes(lang);

const python: Validator = {
  accepts: 'Python compiles it',
  covers: inLanguage('py', 'python'),
  missing: () => (findProgram('python3') === null ? 'python3 is not installed.' : null),
  problem: async ({ code }) => {
    const program = 'import ast, sys; compile(sys.stdin.read(), "page.py", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)';
    return complaint(await runProgram(findProgram('python3') ?? 'python3', ['-c', program], { input: code }));
  },
  good: [sample('py', 'import httpx\n\nlimits = httpx.Limits(keepalive_expiry=4)\n')],
  mistakes: [{ ...sample('py', 'def app(environ, start_response)\n    return []\n'), says: /SyntaxError/ }],
};

/** JavaScript and TypeScript of Node: the compiler looks at it, as far as it knows what the names stand for. */
const javascript: Validator = {
  accepts: 'the compiler finds no mistake',
  covers: inLanguage('js', 'javascript', 'mjs', 'ts', 'typescript'),
  missing: () => null,
  problem: ({ lang, code }) => {
    const file = ['ts', 'typescript'].includes(lang) ? 'page.ts' : 'page.js';
    const { diagnostics = [] } = ts.transpileModule(code, { reportDiagnostics: true, fileName: file });
    if (diagnostics.length > 0)
      return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n');
    return typeProblems(code, file).join('\n');
  },
  good: [
    sample(
      'js',
      "import { createServer } from 'node:http';\nconst server = createServer();\nserver.keepAliveTimeout = 75_000;\n",
    ),
    sample('js', 'server.headersTimeout = 76_000;\n'),
    sample(
      'ts',
      'const response: Response = await fetch("https://api.example.com/", { signal: AbortSignal.timeout(5_000) });\n',
    ),
    sample(
      'js',
      "import express from 'express';\nconst app = express();\napp.get('/healthz', (request, response) => response.sendStatus(204));\n",
    ),
  ],
  mistakes: [
    { ...sample('js', 'const server = createServer(;'), says: /expected/ },
    {
      ...sample('js', "import { createServer } from 'node:http';\ncreateServer().keepAliveTimeuot = 1;\n"),
      says: /keepAliveTimeuot/,
    },
    { ...sample('ts', 'const timeout: number = "5s";'), says: /not assignable/ },
  ],
};

/** Java: a file, members of a class, or statements of a method. */
const java: Validator = {
  accepts: 'it is Java',
  covers: inLanguage('java'),
  missing: () => null,
  problem: ({ code }) => {
    const forms = [code, `class Page {\n${code}\n}`, `class Page { void page() {\n${code}\n} }`];
    const problems = forms.map((form) => {
      try {
        parseJava(form);
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    });
    return problems.includes('') ? '' : (problems[0] ?? '');
  },
  good: [
    sample('java', 'HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();'),
    sample('java', '@Bean\nRestClient client() { return RestClient.create(); }'),
  ],
  mistakes: [{ ...sample('java', 'HttpClient client = HttpClient.newBuilder(.build();'), says: /./ }],
};

/** Languages in which programs are written. */
export const languageValidators: readonly Validator[] = [python, javascript, goValidator, java];
