import { brotliCompressSync } from 'node:zlib';
import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { guestScript } from './guest-bundle.ts';

it.each([
  { full: false, most: 19_600 },
  { full: true, most: 29_200 },
])(
  'the guest is one classic script of at most $most bytes, compressed (full: $full)',
  async ({ full, most }) => {
    const script = await guestScript(process.cwd(), 'nginx', full);
    expect(() => new Script(script)).not.toThrow();
    expect(brotliCompressSync(script).length).toBeLessThanOrEqual(most);
  },
  30_000,
);
