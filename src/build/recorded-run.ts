import { existsSync, readFileSync } from 'node:fs';
import type { AnswerSet } from '../gateway/answer-set.ts';
import type { ProgramLanguage } from '../playground/playground-data.ts';
import { stripTypes } from '../playground/strip-types.ts';
import { runInNode } from '../sandbox/run-in-node.ts';
import type { RunResult } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';
import { pythonInNode } from './python-in-node.ts';
import { playgroundBlocks, type PlaygroundBlock, type PlaygroundFence } from './playground-blocks.ts';

/** Languages of a playground's fences, by the names that authors may write. */
const LANGUAGES: Readonly<Record<string, ProgramLanguage>> = {
  js: 'js',
  javascript: 'js',
  ts: 'ts',
  typescript: 'ts',
  py: 'py',
  python: 'py',
};

/** The page that a playground stands in, as Astro's content layer knows it. */
export interface PageSource {
  /** Path of the MDX file from the project's folder. */
  readonly filePath?: string | undefined;
  /** The MDX below the frontmatter; used when the file cannot be read. */
  readonly body?: string | undefined;
}

/** Finds a playground's own block in its page. Throws a sentence when the page holds none with this id. */
export function blockOf(page: PageSource, id: string): { readonly block: PlaygroundBlock; readonly file: string } {
  const file = page.filePath ?? 'page';
  const source =
    page.filePath !== undefined && existsSync(page.filePath) ? readFileSync(page.filePath, 'utf8') : (page.body ?? '');
  const blocks = playgroundBlocks(source, file);
  const block = blocks.find((candidate) => candidate.id === id);
  if (block) return { block, file };
  throw new Error(
    `${file}: the page's source holds no <Playground id="${id}">; write the tag with its code fences into the page itself.`,
  );
}

/** The language of a fence, or a sentence when a playground cannot run it. */
export function languageOf({ lang, line }: PlaygroundFence, file: string): ProgramLanguage {
  const language = LANGUAGES[lang];
  if (language) return language;
  throw new Error(`${file}:${line - 1}: a playground cannot run "${lang}"; write the fence in js, ts or py.`);
}

/**
 * Runs the unedited program for the page that is being built.
 * Throws file, line and reason when the program ends with an error that its author did not announce with `fails`.
 */
export async function recordedRun(
  block: PlaygroundBlock,
  file: string,
  scenario: Scenario,
  recordings: AnswerSet,
): Promise<RunResult | null> {
  const [fence] = block.files;
  if (!fence) return null;
  const language = languageOf(fence, file);
  const run = { fileName: fence.name, scenario, recordings };
  const python = language === 'py' ? await pythonInNode(process.cwd()) : undefined;
  // Without Python the page shows its program, and no result.
  if (python === null) return null;
  const result = python
    ? await python.run({ ...run, code: fence.code })
    : await runInNode({ ...run, code: language === 'ts' ? await javascriptOf(fence, file) : fence.code });
  const { failure } = result;
  if (failure && !block.fails) {
    const line = failure.position ? fence.line + failure.position.line - 1 : block.line;
    throw new Error(
      `${file}:${line}: the program of <Playground id="${block.id}"> ends with ${failure.name}: ${failure.message}. ` +
        'Repair it, or add the attribute "fails" to the tag if the page wants to show this error.',
    );
  }
  if (!failure && block.fails) {
    throw new Error(
      `${file}:${block.line}: <Playground id="${block.id}"> says "fails", but its program ends well. Remove "fails".`,
    );
  }
  return result;
}

async function javascriptOf({ code, line }: PlaygroundFence, file: string): Promise<string> {
  try {
    return await stripTypes(code);
  } catch (error) {
    throw new Error(`${file}:${line}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
