import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package managers put servers, beyond an ordinary user's PATH. */
const MORE_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** Gateways that pip carries, fetched by fetch-gateways.ts. */
export const CARRIED_PROGRAMS = fileURLToPath(new URL('../../.cache/gateways/bin/', import.meta.url));

/** Set while {@link carried} runs. */
let onlyCarried = false;

/** Path of an executable: the system's own, else one that pip carries; null when there is neither. */
export function findProgram(name: string): string | null {
  const system = [...(process.env['PATH'] ?? '').split(path.delimiter), ...MORE_FOLDERS];
  const folders = onlyCarried ? [CARRIED_PROGRAMS] : [...system, CARRIED_PROGRAMS];
  for (const folder of folders.filter((candidate) => candidate !== '')) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/** What `find` comes to when it sees only the programs that pip carries. */
export function carried<Found>(find: () => Found): Found {
  onlyCarried = true;
  try {
    return find();
  } finally {
    onlyCarried = false;
  }
}

/** Everything that a program prints about its version, on stdout or stderr. */
export function versionOutput(command: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}
