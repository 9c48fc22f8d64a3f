import type { SandboxHost } from '../sandbox/host.ts';
import type { PageRequest, ProgramFailure, TimeMode } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { PartTexts } from '../sandbox/part-texts.ts';
import type { Need } from './parts.ts';
import type { PlaygroundData } from './playground-data.ts';
import { runOf } from './run-parts.ts';

/** A program that can run, or why it cannot start. */
export type PreparedRun =
  | {
      readonly request: PageRequest;
      /** The script of the guests that answer as the scenario's gateway. */
      readonly guestUrl: string;
      /** For a program that is not JavaScript: how that host runs it. */
      readonly runOn?: (host: SandboxHost) => SandboxHost['run'];
    }
  | { readonly failure: ProgramFailure };

/** What the sandbox needs for a run of one file. TypeScript is stripped here. Throws a sentence when something is out of reach. */
export async function prepareRun(
  data: PlaygroundData,
  index: number,
  code: string,
  time: TimeMode,
  scenario: Scenario,
  inDevtools = false,
): Promise<PreparedRun> {
  const file = data.files[index] ?? { name: 'client.js', lang: 'js' };
  if (file.lang === 'py') {
    const { loadPython, runPythonOf } = await import('./python.ts');
    const [{ kit, guestUrl }] = await Promise.all([runOf(data, scenario), loadPython()]);
    return { request: { code, fileName: file.name, scenario, kit, time }, guestUrl, runOn: runPythonOf(data) };
  }
  const program = file.lang === 'js' ? code : await strip(code);
  if (typeof program === 'object') return program;
  const imports = /\b(?:import|from)\b/.test(program)
    ? await (await import('./imports.ts')).importsFor(program)
    : undefined;
  if (imports && 'failure' in imports) return imports;
  const { kit, guestUrl } = await runOf(data, scenario);
  const need = { code, imports, scenario, kit, time, inDevtools };
  const parts: PartTexts = isOrdinary(need) ? {} : await (await import('./parts.ts')).partsFor(need);
  const ready = { code: program, fileName: file.name, scenario, kit, time, parts };
  return { request: imports ? { ...ready, imports } : ready, guestUrl };
}

/** Everything that names a part in some way. It may say too much; `parts.ts` knows better, and most programs never load it. */
export const UNUSUAL =
  /subtle|XMLHttp|Request|ormData|redirect|keepalive|integrity|duplex|ObjectURL|onLine|location|origin|data:|blob:|stream\(/;

/** True when no part can be needed: what every guest brings is enough. */
const isOrdinary = ({ code, imports, scenario, kit, time, inDevtools }: Need): boolean =>
  time === 'instant' &&
  !inDevtools &&
  !imports &&
  !scenario.page &&
  !UNUSUAL.test(code) &&
  !/content-encoding/i.test(JSON.stringify(kit));

async function strip(code: string): Promise<string | { readonly failure: ProgramFailure }> {
  const { stripTypes, syntaxFailure } = await import('./strip-types.ts');
  return stripTypes(code).catch((error: unknown) => ({ failure: syntaxFailure(error) }));
}
