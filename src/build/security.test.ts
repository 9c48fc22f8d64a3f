import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashSource, inlineScripts, metaPolicy, pagePolicy, secured, TRUSTED_TYPE_POLICIES } from './security.ts';

const PAGE = `<!doctype html><html><head><meta charset="utf-8"/><script>one()</script>
<script type="module" src="/_astro/a.js"></script><script type="application/json">{"no":"<script"}</script>
</head><body><script type="module">
two();
</script></body></html>`;

describe('the policy of a page', () => {
  test('names the scripts that run in it, and no data', () => {
    expect(inlineScripts(PAGE)).toEqual(['one()', '\ntwo();\n']);
    const policy = metaPolicy(secured(PAGE)) ?? '';
    for (const text of ['one()', '\ntwo();\n']) expect(policy).toContain(hashSource(text));
  });

  test('stands before everything that runs', () => {
    const html = secured(PAGE);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
    expect(
      inlineScripts(html)
        .map(hashSource)
        .every((hash) => metaPolicy(html)?.includes(hash)),
    ).toBe(true);
  });

  test('hashes a script as a browser does', () => {
    expect(hashSource('a()\r\nb()')).toBe(`'sha256-${createHash('sha256').update('a()\nb()').digest('base64')}'`);
  });

  test('allows no code from text and no other host', () => {
    const policy = pagePolicy([]);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*|blob:/);
    const unsafe = policy.split('; ').filter((directive) => directive.includes('unsafe-'));
    expect(unsafe).toEqual(["style-src 'self' 'unsafe-inline'"]);
  });

  test('refuses a page in which it could not stand first', () => {
    expect(() => secured('<html><head></head></html>')).toThrow('charset');
  });
});

test('Trusted Types: exactly the names that Monaco asks for, and our own', () => {
  const folder = 'node_modules/monaco-editor/esm';
  const asked = new Set<string>();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    const code = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name = ''] of code.matchAll(/createTrustedTypesPolicy\(["'`](\w+)["'`]/g)) asked.add(name);
  }
  expect(asked.size).toBeGreaterThan(5);
  expect([...asked, 'default', 'dompurify', 'gateway-lab', 'gateway-lab-workers'].sort()).toEqual(
    [...TRUSTED_TYPE_POLICIES].sort(),
  );
});
