import { brotliCompressSync } from 'node:zlib';
import { Script } from 'node:vm';
import { expect, it } from 'vitest';
import { guestScript } from './guest-bundle.ts';

it('the guest is one classic script of at most 22 kB, compressed', async () => {
  const script = await guestScript(process.cwd());
  expect(() => new Script(script)).not.toThrow();
  expect(brotliCompressSync(script).length).toBeLessThanOrEqual(22_000);
}, 30_000);
