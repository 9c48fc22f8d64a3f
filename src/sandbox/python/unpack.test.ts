import { expect, it } from 'vitest';
import { pack, unpack } from './unpack.ts';

it('gives back what was packed, byte for byte, empty files too', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
  const files = [
    { path: '/usr/lib/ä.py', bytes },
    { path: '/usr/lib/empty.py', bytes: new Uint8Array() },
    { path: '/usr/lib/last.pyc', bytes: bytes.subarray(7) },
  ];
  expect(unpack(pack(files))).toEqual(files);
});
