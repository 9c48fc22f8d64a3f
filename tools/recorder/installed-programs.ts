import type { Adaptor, InstalledProgram } from './adaptor.ts';
import { carried } from './find-program.ts';

/**
 * The versions of a gateway that are installed: the system's own, and the one that pip carries where it is another. What
 * changed between two versions is worth seeing.
 */
export function installedPrograms(adaptor: Adaptor): InstalledProgram[] {
  const found = [adaptor.find(), carried(adaptor.find)].filter((program) => program !== null);
  return found.filter(({ version }, index) => found.findIndex((other) => other.version === version) === index);
}
