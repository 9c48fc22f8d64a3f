import { describe, expect, it } from 'vitest';
import { playgroundBlocks } from './playground-blocks.ts';

const page = `---
title: A page
---

Some text.

<Playground id="first-502" title="A 502, twice > then the answer" scenario="first-two-attempts-fail">

\`\`\`js title="client.js" {1}
const response = await fetch('https://api.example.com/orders/42');
console.log(response.status);
\`\`\`

</Playground>

\`\`\`mdx
<Playground id="only-text" title="Not a playground" scenario="x">
\`\`\`

<Playground
  id="second"
  title='Two languages'
  scenario="always-502"
  fails
>
  \`\`\`ts title="client.ts"
  const wait: number = 5;
    indented();
  \`\`\`

  ~~~py title="client.py"
  print(502)
  ~~~
</Playground>
`;

describe('playgroundBlocks', () => {
  it('finds each playground with its files and their lines', () => {
    const [first, second, ...rest] = playgroundBlocks(page);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      id: 'first-502',
      title: 'A 502, twice > then the answer',
      scenario: 'first-two-attempts-fail',
      fails: false,
      line: 7,
    });
    expect(first?.files).toEqual([
      {
        lang: 'js',
        name: 'client.js',
        code: "const response = await fetch('https://api.example.com/orders/42');\nconsole.log(response.status);",
        line: 10,
      },
    ]);
    expect(page.split('\n')[9]).toContain('const response');
    expect(second).toMatchObject({ id: 'second', title: 'Two languages', fails: true });
    expect(second?.files.map(({ name, code }) => [name, code])).toEqual([
      ['client.ts', 'const wait: number = 5;\n  indented();'],
      ['client.py', 'print(502)'],
    ]);
  });

  it.each([
    ['<Playground id="a" title="Some title" scenario="s">', /^guide\.mdx:1: .*never closed/],
    ['<Playground id="a" scenario="s">\n</Playground>', /^guide\.mdx:1: <Playground> needs title=/],
    ['\n<Playground id="a" title="T" scenario="s">\n</Playground>', /^guide\.mdx:2: .*holds no code/],
    ['<Playground id="a" title="T" scenario="s">\n```js\n1\n```\n</Playground>', /^guide\.mdx:2: .*needs a file name/],
    ['<Playground id="a" title="T" scenario="s"', /^guide\.mdx:1: .*no closing ">"/],
    [
      '<Playground id="a" title="T" scenario="s">\n<Playground id="b" title="T" scenario="s">',
      /^guide\.mdx:2: .*line 1/,
    ],
  ])('says what is wrong and where: %j', (source, message) => {
    expect(() => playgroundBlocks(source, 'guide.mdx')).toThrow(message);
  });

  it('refuses an id that the page has already used', () => {
    const one = '<Playground id="a" title="T" scenario="s">\n```js title="client.js"\n1\n```\n</Playground>\n';
    expect(() => playgroundBlocks(one + one, 'guide.mdx')).toThrow(
      /guide\.mdx:6: the id "a" is already taken by the playground of line 1/,
    );
  });
});
