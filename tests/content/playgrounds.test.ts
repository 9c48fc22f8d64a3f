import { afterAll, describe, expect, test } from 'vitest';
import { playgroundBlocks } from '../../src/build/playground-blocks.ts';
import { scenarioWithRecordings } from '../../src/build/scenario-recordings.ts';
import { stripTypes } from '../../src/playground/strip-types.ts';
import { pythonInNode } from '../../src/build/python-in-node.ts';
import { metaValue, pageSources } from './page-sources.ts';
import { answersOf, runInScenario } from './run-in-scenario.ts';

/** Every program of every playground runs, and meets the statuses its author promised: ```js … expect="502 502 200". */

const programs = pageSources().flatMap((page) =>
  playgroundBlocks(page.source, page.file).flatMap((playground) =>
    playground.files.map((file) => {
      const fence = page.fences.find(({ line }) => line === file.line - 1);
      return {
        at: `${page.file}#${playground.id} ${file.name}`,
        playground,
        file,
        expected: metaValue(fence?.meta ?? '', 'expect'),
      };
    }),
  ),
);

/** An interpreter takes seconds on a busy machine. */
const COMES_UP = { timeout: 60_000 };
const python = await pythonInNode(process.cwd());
afterAll(() => python?.close());

test('there are playgrounds to run', () => {
  expect(programs.length).toBeGreaterThan(2);
});

describe.each(programs)('$at', ({ at, playground, file, expected }) => {
  // Without pip there is no Python; the set-up has said so.
  test.skipIf(file.lang === 'py' && !python)('runs unedited and gets the answers of its author', COMES_UP, async () => {
    const run = async () => {
      if (file.lang === 'py' && python) {
        return python.run({ code: file.code, fileName: file.name, ...scenarioWithRecordings(playground.scenario, at) });
      }
      const code = file.lang === 'ts' ? await stripTypes(file.code) : file.code;
      return runInScenario(code, playground.scenario, file.name);
    };
    const result = await run();
    expect(result.failure !== null, result.failure?.message ?? 'it was to fail, says its author').toBe(
      playground.fails,
    );
    expect(answersOf(result), `${at}: write them behind the fence's title, as expect="502 502 200"`).toBe(expected);
    expect(result.console, 'a program that prints nothing teaches nothing').not.toEqual([]);
  });
});
