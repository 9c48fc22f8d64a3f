import { expect, it } from 'vitest';
import type { Recording } from '../../src/gateway/recording.ts';
import { withProgram } from './other-version.ts';

const page = (program: string, length: number): Recording => ({
  fault: 'connect-refused',
  method: 'GET',
  config: '',
  wire: [
    {
      at: 1,
      kind: 'bytes',
      bytes: `HTTP/1.1 502 Bad Gateway\r\nServer: ${program}\r\nContent-Length: ${length}\r\n\r\n<center>${program}</center>`,
    },
    { at: 1, kind: 'stall' },
  ],
  attempts: 1,
  log: { access: [`"GET / HTTP/1.1" 502 ${length} "-"`], error: [] },
});

it('compares an error page of another version by everything but the name on it', () => {
  expect(withProgram(page('nginx/1.24.0 (Ubuntu)', 38), 'nginx/1.24.0 (Ubuntu)', 'nginx/1.22.1')).toEqual(
    page('nginx/1.22.1', 29),
  );
});

it('leaves a recording of the same version alone', () => {
  const recording = page('nginx/1.22.1', 29);
  expect(withProgram(recording, 'nginx/1.22.1', 'nginx/1.22.1')).toBe(recording);
});
