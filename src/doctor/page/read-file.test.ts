import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MOST_BYTES, readFile, readText } from './read-file.ts';

const file = (...bytes: readonly (string | Uint8Array<ArrayBuffer>)[]): Blob => new Blob([...bytes]);

describe('a file', () => {
  it('is read as text, also as Windows writes it, and with the colors of a terminal', async () => {
    expect(await readFile(file('502 Bad Gateway\n'))).toEqual({ ok: true, text: '502 Bad Gateway\n' });
    expect(await readFile(file('\u001b[31mrefused\u001b[0m — früh\n'))).toMatchObject({ ok: true });
    const utf16 = new Uint8Array([0xff, 0xfe, 0x35, 0, 0x30, 0, 0x32, 0]);
    expect(await readFile(file(utf16))).toEqual({ ok: true, text: '502' });
  });

  it('that is no text is named for what it is', async () => {
    expect(await readFile(file(new Uint8Array(gzipSync('502'))))).toEqual({ ok: false, problem: 'compressed' });
    expect(await readFile(file(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 0, 0])))).toMatchObject({
      problem: 'binary',
    });
    expect(await readFile(file(' \n\t'))).toEqual({ ok: false, problem: 'empty' });
  });

  it('that is too large is not read', async () => {
    const large = { size: MOST_BYTES + 1 } as Blob;
    expect(await readFile(large)).toEqual({ ok: false, problem: 'too-large' });
  });
});

it('a paste of blanks is empty', () => {
  expect(readText(' \n ')).toEqual({ ok: false, problem: 'empty' });
  expect(readText(' 502 ')).toEqual({ ok: true, text: ' 502 ' });
});
