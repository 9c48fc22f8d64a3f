import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Header } from '../gateway/exchange.ts';
import { hexDump, readableBody, unpack } from './readable-body.ts';

const typed = (type: string): Header[] => [['Content-Type', type]];
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('a readable body', () => {
  it('lays out JSON, whatever its type says', () => {
    expect(readableBody('{"a":[1]}', typed('application/json'))).toEqual({
      kind: 'JSON',
      text: '{\n  "a": [\n    1\n  ]\n}',
      warning: null,
    });
    expect(readableBody('{"a":1}', []).kind).toBe('JSON');
  });

  it('says that a body is not the JSON that it claims to be', () => {
    expect(readableBody('<html>502</html>', typed('application/json')).warning).toBe(
      'Content-Type says JSON, but this is HTML.',
    );
    expect(readableBody('{"a":', typed('application/problem+json')).warning).toMatch(
      /^Content-Type says JSON, but this is none: .*JSON/,
    );
  });

  it('shows HTML as text', () => {
    const html = '<html>\r\n<head><title>502 Bad Gateway</title></head>';
    expect(readableBody(html, typed('text/html'))).toEqual({ kind: 'HTML', text: html, warning: null });
  });

  it('decodes the charset of the type', () => {
    expect(readableBody('caf\xc3\xa9', typed('text/plain')).text).toBe('café');
    expect(readableBody('caf\xe9', typed('text/plain; charset=iso-8859-1')).text).toBe('café');
  });

  it('dumps bytes that are no text', () => {
    const { kind, text, warning } = readableBody('\x89PNG\r\n\x1a\n', typed('text/plain'));
    expect(kind).toBe('binary');
    expect(text).toBe(`00000000  89 50 4e 47 0d 0a 1a 0a${' '.repeat(26)}.PNG....`);
    expect(warning).toBe('Content-Type says text/plain, but these bytes are no text.');
  });

  it('counts what a dump leaves off', () => {
    expect(hexDump('x'.repeat(5000)).split('\n').at(-1)).toBe('… 904 more bytes');
  });

  it('takes off a content coding, and says so when the bytes are none', async () => {
    expect(await unpack(latin1(gzipSync('hello')), 'gzip')).toEqual({ body: 'hello' });
    expect(await unpack('not packed', 'gzip')).toEqual({
      why: 'Content-Encoding says gzip, but these bytes are no whole gzip stream.',
    });
    expect(await unpack(latin1(deflateRawSync('x')), 'br')).toEqual({
      why: 'This page cannot take off the content coding br.',
    });
  });
});
