import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Lab } from './adaptor.ts';
import { findProgram } from './find-program.ts';

const SOURCE = fileURLToPath(new URL('./programs/lab-resolver.c', import.meta.url));

/** Why a gateway that takes no name server in its configuration cannot ask the lab's; null when it can. */
export function cannotRedirectResolver(): string | null {
  if (process.platform !== 'linux') return 'only on Linux can the system resolver be made to ask the lab’s name server';
  return findProgram('cc') ? null : 'a C compiler (cc) is needed to make the system resolver ask the lab’s name server';
}

/**
 * The environment in which a program's own lookups go to the lab's name server; empty where that cannot be done.
 * Compiles programs/lab-resolver.c into the lab's folder. Throws with the compiler's words when that fails.
 */
export function resolverEnvironment({
  folder,
  nameServer,
}: Pick<Lab, 'folder' | 'nameServer'>): Readonly<Record<string, string>> {
  const compiler = findProgram('cc');
  if (compiler === null || cannotRedirectResolver() !== null) return {};
  const library = path.join(folder, 'lab-resolver.so');
  const { status, stderr } = spawnSync(compiler, ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(`${compiler} cannot compile ${path.relative(process.cwd(), SOURCE)}: ${stderr.trim()}`);
  return { LD_PRELOAD: library, LAB_NAME_SERVER: nameServer.split(':')[1] ?? '' };
}
