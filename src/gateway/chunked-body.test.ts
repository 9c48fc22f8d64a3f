import { expect, it } from 'vitest';
import { changeChunked } from './chunked-body.ts';

const HEAD = 'HTTP/1.1 504 Gateway Timeout\r\nTransfer-Encoding: chunked\r\n\r\n';
const hosts = (text: string): string => text.replace('gw.test', 'api.example.com');
const change = { head: (text: string) => text.replace('504', '502'), body: hosts };

it('counts a chunk anew when its text changes', () => {
  expect(changeChunked(`${HEAD}e\r\nproxy: gw.test\r\n0\r\n\r\n`, change)).toBe(
    `${change.head(HEAD)}16\r\nproxy: api.example.com\r\n0\r\n\r\n`,
  );
});

it('keeps the chunks of a text that stays as it is', () => {
  expect(changeChunked(`${HEAD}2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n`, change)).toContain(
    '\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n',
  );
});

it('leaves alone what is not in chunks, and what was cut', () => {
  expect(changeChunked('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ngw.test', change)).toBeNull();
  expect(changeChunked(`${HEAD}e\r\nproxy: gw`, change)).toBeNull();
});
