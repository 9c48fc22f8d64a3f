import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concerns, fieldsOf, headerRules, headersFile, parseHeadersFile, type BuiltFile } from './headers.ts';
import { hashSource, secured } from './security.ts';

const page = (script: string): string =>
  secured(`<html><head><meta charset="utf-8"><script>${script}</script></head></html>`);
const frame = `<html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head></html>`;

const SITE: readonly BuiltFile[] = [
  { path: 'index.html', html: page('home()') },
  { path: '404.html', html: page('lost()') },
  { path: 'robots.txt', html: null },
  { path: '_astro/page.abc.js', html: null },
  { path: 'guides/a/index.html', html: page('a()') },
  { path: 'guides/b/index.html', html: page('b()') },
  { path: 'playground/index.html', html: page('play()') },
  { path: 'pagefind/pagefind-worker.js', html: null },
  { path: 'sandbox/frame.html', html: frame },
  { path: 'python/0123456789ab/pyodide.asm.wasm', html: null },
];
const RULES = headerRules(SITE);
const policyOf = (address: string): string => {
  const policies = fieldsOf(RULES, address).filter(([name]) => name === 'Content-Security-Policy');
  expect(policies, `policies of ${address}`).toHaveLength(1);
  return policies[0]?.[1] ?? '';
};

describe('the headers of the site', () => {
  test('allow each page the scripts that are written into it', () => {
    expect(policyOf('/')).toContain(hashSource('home()'));
    expect(policyOf('/')).not.toContain(hashSource('a()'));
    for (const script of ['a()', 'b()']) expect(policyOf('/guides/a/')).toContain(hashSource(script));
  });

  test('let other sites frame the playground and its sandbox, and nothing else', () => {
    for (const address of ['/playground/', '/sandbox/frame.html'])
      expect(policyOf(address)).toMatch(/frame-ancestors \*$/);
    for (const address of ['/', '/404.html', '/guides/b/', '/_astro/page.abc.js', '/pagefind/pagefind-worker.js'])
      expect(policyOf(address)).toMatch(/frame-ancestors 'self'$/);
  });

  test('give the sandbox an opaque origin, however it is opened', () => {
    expect(policyOf('/sandbox/frame.html')).toBe("default-src 'none'; sandbox allow-scripts; frame-ancestors *");
  });

  test('answer for unknown addresses as the 404 page does', () => {
    expect(fieldsOf(RULES, '/no/such/page')).toEqual(fieldsOf(RULES, '/404.html'));
  });

  test('keep only files whose name changes with their content', () => {
    const kept = (address: string): boolean =>
      fieldsOf(RULES, address).some(([name, value]) => name === 'Cache-Control' && value.includes('immutable'));
    for (const address of ['/_astro/page.abc.js', '/python/0123456789ab/pyodide.asm.wasm'])
      expect(kept(address)).toBe(true);
    for (const address of ['/', '/guides/a/', '/sandbox/frame.html']) expect(kept(address)).toBe(false);
  });

  test('say each thing once: no address is meant by two rules that set the same header', () => {
    for (const { path } of SITE) {
      const names = fieldsOf(RULES, `/${path}`).map(([name]) => name);
      expect(new Set(names).size, path).toBe(names.length);
    }
  });
});

describe('a _headers file', () => {
  test('reads back as it was written', () => {
    expect(parseHeadersFile(headersFile(RULES))).toEqual(RULES);
  });

  test('reads back whatever rules it holds', () => {
    const token = fc.stringMatching(/^[A-Za-z][\w-]{0,12}$/);
    const value = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);
    const path = fc.stringMatching(/^\/[\w./-]{0,12}$/);
    const rule = fc.record({ path, fields: fc.array(fc.tuple(token, value), { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(rule), (rules) => {
        expect(parseHeadersFile(headersFile(rules))).toEqual(rules);
      }),
    );
  });

  test('that is wrong says where', () => {
    expect(() => parseHeadersFile('/a\n  X-Ok: 1\nX-Wrong: 1\n')).toThrow('_headers, line 3: "X-Wrong: 1"');
  });

  test('means everything below with a star, and one address without', () => {
    expect(concerns('/guides/*', '/guides/a/')).toBe(true);
    expect(concerns('/guides/*', '/guides-of-old/')).toBe(false);
    expect(concerns('/', '/guides/a/')).toBe(false);
  });
});
