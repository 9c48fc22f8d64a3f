import { describe, expect, test } from 'vitest';
import { playgroundBlocks } from '../../src/build/playground-blocks.ts';
import { stripTypes } from '../../src/playground/strip-types.ts';
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

test('there are playgrounds to run', () => {
  expect(programs.length).toBeGreaterThan(2);
});

describe.each(programs)('$at', ({ at, playground, file, expected }) => {
  test('runs unedited and gets the answers that its author expects', async () => {
    const code = file.lang === 'ts' ? await stripTypes(file.code) : file.code;
    const result = await runInScenario(code, playground.scenario, file.name);
    expect(result.failure !== null, result.failure?.message ?? 'it was to fail, says its author').toBe(
      playground.fails,
    );
    expect(answersOf(result), `${at}: write them behind the fence's title, as expect="502 502 200"`).toBe(expected);
    expect(result.console, 'a program that prints nothing teaches nothing').not.toEqual([]);
  });
});
