import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { AstroIntegration } from 'astro';
import { COMPRESSED } from './headers-media-types.ts';
import { PYTHON_FOLDER, pythonFiles, type BuiltPython } from './python-files.ts';

/** Compresses as far as brotli can. Files of 10 MB take it half a minute, so no server does this for each reader. */
async function compress(content: Uint8Array): Promise<Uint8Array> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return promisify(brotliCompress)(content, { params });
}

/**
 * Leaves a compressed form beside each of Python's files, if there is none from before: an address changes with what the
 * file holds.
 * @param root the project's folder
 * @returns the sizes of the compressed forms, by address
 */
export async function compressPythonFiles(root: string, { files }: BuiltPython): Promise<ReadonlyMap<string, number>> {
  const sizes = files.map(async ({ address }) => {
    const original = path.join(root, PYTHON_FOLDER, address);
    const compressed = original + COMPRESSED;
    if (!fs.existsSync(compressed)) {
      const unfinished = `${compressed}.${process.pid}`;
      fs.writeFileSync(unfinished, await compress(fs.readFileSync(original)));
      fs.renameSync(unfinished, compressed);
    }
    return [address, fs.statSync(compressed).size] as const;
  });
  return new Map(await Promise.all(sizes));
}

/** Puts the compressed forms into the built site, for servers that send such files as they are. */
export function compressedPython(): AstroIntegration {
  const root = process.cwd();
  const made = async (): Promise<BuiltPython | null> => {
    const python = await pythonFiles(root);
    if (python) await compressPythonFiles(root, python);
    return python;
  };
  let started: Promise<BuiltPython | null> | undefined;
  return {
    name: 'compressed-python',
    hooks: {
      'astro:build:start': () => {
        started = made();
        // Whoever waits for it below hears what went wrong.
        started.catch(() => undefined);
      },
      'astro:build:done': async ({ dir }) => {
        for (const { address } of (await started)?.files ?? []) {
          const place = path.join(fileURLToPath(dir), 'python', address + COMPRESSED);
          fs.copyFileSync(path.join(root, PYTHON_FOLDER, address + COMPRESSED), place);
        }
      },
    },
  };
}
