import { describe, expect, it } from 'vitest';
import { playgroundBlocks, type PlaygroundBlock } from './playground-blocks.ts';
import { blockOf, languageOf, recordedRun } from './recorded-run.ts';
import { scenarioWithRecordings } from './scenario-recordings.ts';

const { scenario, recordings } = scenarioWithRecordings('first-two-attempts-fail', 'guide.mdx:1');

/** The one playground of a page with this program; its code begins on line 5. */
function blockWith(code: string, { lang = 'js', fails = false } = {}): PlaygroundBlock {
  const tag = `<Playground id="a" title="A title" scenario="first-two-attempts-fail"${fails ? ' fails' : ''}>`;
  const [block] = playgroundBlocks(
    `Text.\n\n${tag}\n\`\`\`${lang} title="client.${lang}"\n${code}\n\`\`\`\n</Playground>\n`,
  );
  if (!block) throw new Error('the page holds a playground');
  return block;
}

const run = (block: PlaygroundBlock) => recordedRun(block, 'guide.mdx', scenario, recordings);

describe('recordedRun', () => {
  it('records what the unedited program does', async () => {
    const result = await run(blockWith("console.log((await fetch('https://api.example.com/orders/42')).status);"));
    expect(result?.exchanges.map(({ client }) => client.status)).toEqual([502]);
    expect(result?.console).toHaveLength(1);
  });

  it('takes the types off TypeScript', async () => {
    const result = await run(blockWith('const answer: number = 42;\nconsole.log(answer);', { lang: 'ts' }));
    expect(result?.failure).toBeNull();
    expect(result?.console[0]?.position?.line).toBe(2);
  });

  it('fails the build at the line of an error that the author did not announce', async () => {
    const program = "console.log('fine');\nthrow new RangeError('no luck');";
    await expect(run(blockWith(program))).rejects.toThrow(/^guide\.mdx:6: .*"a".* RangeError: no luck\. .*"fails"/);
    expect((await run(blockWith(program, { fails: true })))?.failure).toMatchObject({ name: 'RangeError' });
  });

  it('fails the build when an announced error does not come', async () => {
    await expect(run(blockWith('1;', { fails: true }))).rejects.toThrow(/^guide\.mdx:3: .*Remove "fails"/);
  });
});

it('says which playground is missing from the source of its page', () => {
  expect(() => blockOf({ filePath: 'no-such-file.mdx', body: 'Text.' }, 'a')).toThrow(
    /^no-such-file\.mdx: .*no <Playground id="a">/,
  );
});

it('refuses languages that cannot run, with their line', () => {
  const [fence] = blockWith('puts 502', { lang: 'rb' }).files;
  if (!fence) throw new Error('the playground holds a fence');
  expect(() => languageOf(fence, 'guide.mdx')).toThrow('guide.mdx:4: a playground cannot run "rb"');
});

it('begins a mistake in the scenario with the place of the tag', () => {
  expect(() => scenarioWithRecordings('no-such', 'guide.mdx:7')).toThrow(
    /^guide\.mdx:7: There is no scenario "no-such"/,
  );
});
