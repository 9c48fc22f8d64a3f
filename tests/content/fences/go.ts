import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { complaint, runProgram, sample, workFolder, type Validator } from './validator.ts';

/** Packages of the standard library that a part of a program may use without naming them. */
const PACKAGES = [
  ...[
    'bytes',
    'bufio',
    'context',
    'crypto/tls',
    'crypto/x509',
    'encoding/json',
    'errors',
    'fmt',
    'io',
    'log',
    'log/slog',
  ],
  ...['math/rand', 'net', 'net/http', 'net/http/httputil', 'net/url', 'os', 'os/signal', 'strconv', 'strings', 'sync'],
  ...['syscall', 'time'],
];

/** The samples use what Go has since 1.21; an older compiler would find mistakes that are none. */
const OLDEST = 21;

/** Why samples are only parsed; null when they are compiled. */
function notCompiled(): string | null {
  const { stdout } = spawnSync(findProgram('go') ?? 'go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const minor = Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
  return minor >= OLDEST ? null : `this is ${stdout.trim() || 'no Go'}, and compiling takes Go 1.${OLDEST} or newer.`;
}
const whyNot = notCompiled();
if (whyNot !== null) console.log(`Samples in Go are parsed and not compiled: ${whyNot}`);

/** Complaints that come from what a part leaves out: variables of the rest of the program. */
const LEFT_OUT = /declared and not used|imported and not used|undefined: [a-z]\w*$/;

/** A whole program: as it is, or a part of one with the imports it needs, in a function when it is made of statements. */
function programOf(code: string): string {
  if (/^package /m.test(code)) return code;
  const used = PACKAGES.filter((name) => new RegExp(`\\b${name.split('/').at(-1) ?? name}\\.`).test(code));
  const imports = /^import /m.test(code) ? '' : used.map((name) => `import "${name}"\n`).join('');
  const declares = /^(?:import|func|type|var|const)\b/.test(code.replace(/^(?:\/\/.*\n|\s*\n)*/, ''));
  return `package page\n\n${imports}\n${declares ? code : `func page() {\n${code}\n}`}\n`;
}

/** What Go's compiler has against a fence, offline and with the standard library alone. */
async function compiled(code: string): Promise<string> {
  const folder = mkdtempSync(path.join(workFolder(), 'go-'));
  writeFileSync(path.join(folder, 'go.mod'), 'module page\n\ngo 1.21\n');
  writeFileSync(path.join(folder, 'page.go'), programOf(code));
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod', GOPROXY: 'off' };
  const args = ['build', '-gcflags=-e', '-o', path.join(folder, 'page.out'), '.'];
  const ended = await runProgram(findProgram('go') ?? 'go', args, { cwd: folder, env });
  return complaint(ended)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# ') && !LEFT_OUT.test(line))
    .join('\n');
}

/** Go: the compiler looks at it, as far as it knows what the names stand for. */
export const goValidator: Validator = {
  accepts: whyNot === null ? "Go's compiler finds no mistake" : 'gofmt parses Go',
  covers: ({ lang }) => lang === 'go',
  missing: () => (findProgram('go') === null || findProgram('gofmt') === null ? 'Go is not installed.' : null),
  problem: async ({ code }) => {
    const syntax = complaint(await runProgram(findProgram('gofmt') ?? 'gofmt', ['-e'], { input: code }));
    return syntax || (whyNot === null ? compiled(code) : '');
  },
  good: [
    sample('go', 'server := &http.Server{ReadTimeout: 5 * time.Second}\nlog.Fatal(server.ListenAndServe())'),
    sample('go', 'proxy.Transport = &http.Transport{IdleConnTimeout: 4 * time.Second}'),
    sample('go', '// answers\nfunc answer(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }'),
    sample('go', 'package main\n\nfunc main() {}\n'),
  ],
  mistakes: [
    { ...sample('go', 'server := &http.Server{ReadTimeout 5}'), says: /missing|expected/ },
    ...(whyNot === null
      ? [
          { ...sample('go', 'server := &http.Server{ReadTimeot: 5 * time.Second}'), says: /unknown field ReadTimeot/ },
          { ...sample('go', 'proxy.Transport = &http.Transport{IdleConnTimeout: "4s"}'), says: /cannot use "4s"/ },
        ]
      : []),
  ],
};
