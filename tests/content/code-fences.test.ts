import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findNginx } from '../setup/programs.ts';
import { metaValue, pageSources, type Fence } from './page-sources.ts';

/**
 * No sample is only looked at: programs in playgrounds run (playgrounds.test.ts), shell commands are parsed by bash,
 * nginx directives by nginx. What cannot be tested says why in its meta: ```text reason="output of the command above".
 */

const fences = pageSources().flatMap(({ file, fences: all }) =>
  all.map((fence) => ({ ...fence, at: `${file}:${fence.line}` })),
);
const untested = fences.filter(({ meta, inPlayground }) => !inPlayground && metaValue(meta, 'reason') === undefined);
const inLanguages = (...languages: string[]) => untested.filter(({ lang }) => languages.includes(lang));

const nginx = findNginx();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gateway-lab-fences-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('every fence can be tested, or says why not', () => {
  const odd = untested
    .filter(({ lang }) => !['sh', 'bash', 'nginx'].includes(lang))
    .map(({ at, lang }) => `${at} (${lang || 'no language'})`);
  expect(odd, 'add reason="…" behind the language, or put the program into a <Playground>').toEqual([]);
});

describe.each(inLanguages('sh', 'bash'))('$at', ({ code }) => {
  test('bash can parse it', () => {
    expect(syntaxError(code)).toBe('');
  });
});

test('bash finds an unclosed quote', () => {
  expect(syntaxError("curl 'https://api.example.com")).toContain('unexpected EOF');
});

function syntaxError(code: string): string {
  return spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' }).stderr;
}

describe.skipIf(nginx === undefined)('nginx', () => {
  test.each(inLanguages('nginx'))('$at: nginx -t accepts it', ({ code }) => {
    expect(nginxProblem(code)).toBe('');
  });

  test('nginx -t refuses a directive that does not exist', () => {
    expect(nginxProblem('proxy_read_timeuot 5s;')).toContain('unknown directive');
  });
});

/** What nginx has against the directives inside `http { … }`; empty when nothing. Log files go to a folder of ours. */
function nginxProblem(code: Fence['code']): string {
  const config = path.join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const directives = code.replaceAll('/var/log/nginx/', `${folder}/`);
  writeFileSync(
    config,
    `pid ${folder}/pid; error_log ${folder}/error.log;\nevents {}\nhttp {\n${paths.join('\n')}\n${directives}\n}\n`,
  );
  const { status, stderr } = spawnSync(nginx ?? 'nginx', ['-t', '-q', '-c', config, '-e', `${folder}/error.log`], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr || `exit ${status ?? 'by signal'}`;
}
