import { describe, expect, it } from 'vitest';
import { stripTypes, syntaxFailure } from './strip-types.ts';

const PROGRAM = `import type { Order } from './order';
interface Attempt { readonly number: number; wait?: number }
const waits: Record<string, number> = { first: 200 } as const;
async function order<T extends object>(this: void, id: string, attempt: Attempt = { number: 1 }): Promise<T | null> {
  const response: Response = await fetch(\`/orders/\${id as string}?try=\${attempt!.number}\`, { method: 'GET' } satisfies RequestInit);
  if (!response.ok) throw new Error(\`status \${(response as any).status} for \${id}\`);
  return (await response.json()) as T;
}
abstract class Queue<T> {
  private readonly items: T[] = []; public constructor(private readonly size: number, name?: string) { void name; }
  abstract run(): void; push<U extends T>(item: U): asserts item is U { this.items.push(item); }
}
declare const nothing: string; type Later = () => void; const run = <T,>(what: T): T => what; run<number>(1);
`;

/** Words that stand for something at run time, each with its place: the same in both texts unless types moved them. */
const places = (code: string, word: string): string[] =>
  code
    .split('\n')
    .flatMap((text, line) =>
      [...text.matchAll(new RegExp(`\\b${word}\\b`, 'g'))].map(({ index }) => `${line}:${index}`),
    );

describe('stripping types', () => {
  it('keeps every line and every column of what stays', async () => {
    const stripped = await stripTypes(PROGRAM);
    expect(stripped.split('\n')).toHaveLength(PROGRAM.split('\n').length);
    for (const word of ['waits', 'fetch', 'throw', 'status', 'json', 'push', 'run', 'attempt', 'method', 'what']) {
      const kept = places(stripped, word);
      expect(kept.length, word).toBeGreaterThan(0);
      expect(places(PROGRAM, word), word).toEqual(expect.arrayContaining(kept));
    }
    expect(stripped).not.toMatch(/interface|satisfies|\bas\b|Promise<|declare|Later/);
  });

  it('gives a program that runs, with the strings untouched', async () => {
    const stripped = await stripTypes('const text: string = `a  ${(1 as number) + 1} b`;\nexport default text;');
    const module = (await import(`data:text/javascript,${encodeURIComponent(stripped)}`)) as { default: unknown };
    expect(module.default).toBe('a  2 b');
  });

  it('leaves JavaScript as it is', async () => {
    const program = "const a = [1, 2].map((one) => one * 2); // done\nconsole.log('x', `y${a}z`);\n";
    expect(await stripTypes(program)).toBe(program);
  });

  it("names the thrown place in the reader's own columns", async () => {
    const source = 'const id: string = "42"; const order: { id: string } = { id }; null!.missing;';
    const stripped = await stripTypes(source);
    expect(stripped.indexOf('null.missing'.slice(0, 4))).toBe(source.indexOf('null!'));
  });

  it.each([
    ['const x: = 3;', { line: 1, column: 10 }, 'Unexpected token'],
    ['const fine: number = 1;\n  call(', { line: 2, column: 8 }, 'Unexpected token'],
    ['let word: string = "open', { line: 1, column: 20 }, 'Unterminated string constant'],
  ])('says where %j does not parse', async (source, position, message) => {
    const error: unknown = await stripTypes(source).catch((reason: unknown) => reason);
    expect(syntaxFailure(error)).toMatchObject({ how: 'syntax', name: 'SyntaxError', message, position });
  });
});
