import type { GatewayKit } from '../gateway/kit.ts';
import type { ProgramFailure, RunRequest, TimeMode } from '../sandbox/protocol.ts';
import type { PlaygroundData } from './playground-data.ts';

const fetched = new Map<string, Promise<GatewayKit>>();

/** The kit of a gateway, fetched once a page. Throws a sentence when they cannot be had. */
function kitFrom(url: string): Promise<GatewayKit> {
  const known = fetched.get(url);
  if (known) return known;
  const answer = fetch(url).then(
    (response) => {
      if (!response.ok)
        throw new Error(
          `The gateway's recordings could not be loaded (status ${response.status}). Press Run to try again.`,
        );
      return response.json() as Promise<GatewayKit>;
    },
    () => {
      throw new Error("The gateway's recordings could not be loaded. Check your connection and press Run again.");
    },
  );
  fetched.set(url, answer);
  answer.catch(() => fetched.delete(url));
  return answer;
}

/** Loads ahead of the first run what it will need. */
export const warmKit = (url: string): void => void kitFrom(url).catch(() => undefined);

/** What the sandbox needs for a run of one file, or why the program cannot start. TypeScript is stripped here. */
export async function prepareRun(
  data: PlaygroundData,
  index: number,
  code: string,
  time: TimeMode,
): Promise<Omit<RunRequest, 'kind'> | { readonly failure: ProgramFailure }> {
  const file = data.files[index] ?? { name: 'client.js', lang: 'js' };
  const ready = {
    fileName: file.name,
    scenario: data.scenario,
    kit: await kitFrom(data.kitUrl),
    time,
    ...(code.includes('XMLHttpRequest') ? { xhr: await (await import('../sandbox/xhr-module.ts')).xhrModule() } : {}),
  };
  if (file.lang === 'js') return { ...ready, code };
  try {
    return { ...ready, code: await stripTypes(code) };
  } catch (error) {
    return { failure: syntaxFailure(error) };
  }
}

/** TypeScript to JavaScript; lines stay where they are, so that stack traces name the reader's own. */
export async function stripTypes(code: string): Promise<string> {
  const { transform } = await import('sucrase');
  return transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
}

function syntaxFailure(error: unknown): ProgramFailure {
  const message = error instanceof Error ? error.message : String(error);
  const [, line, column] = /\((\d+):(\d+)\)$/.exec(message) ?? [];
  const position = line === undefined ? null : { line: Number(line), column: Number(column) };
  return { kind: 'failed', how: 'syntax', name: 'SyntaxError', message, stack: '', at: 0, position };
}
