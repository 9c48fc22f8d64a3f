import { findChromium } from '../../tools/find-chromium.ts';
import { findProgram } from '../../tools/recorder/find-program.ts';

/** The programs that tests start and npm does not bring. */
export type Program = 'chromium' | 'nginx';

/** Path of the nginx that the conformance tests start; undefined when there is none. */
export const findNginx = (): string | undefined => findProgram('nginx') ?? undefined;

/** The programs that this machine lacks, in a fixed order. */
export function missingPrograms(): Program[] {
  const found: Record<Program, string | undefined> = { chromium: findChromium(), nginx: findNginx() };
  return (['chromium', 'nginx'] as const).filter((program) => found[program] === undefined);
}
