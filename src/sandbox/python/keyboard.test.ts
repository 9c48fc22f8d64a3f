import { afterAll, describe, expect, it } from 'vitest';
import { pythonInNode } from '../../build/python-in-node.ts';
import { loadScenario, recordingsFor } from '../../build/scenarios.ts';
import type { Answer, RunResult } from '../protocol.ts';

const python = await pythonInNode(process.cwd());
afterAll(() => python?.close());

const line = (text: string): Answer => ({ kind: 'line', text });
const END: Answer = { kind: 'end' };

const printed = ({ console: entries }: RunResult): string[] =>
  entries.map(({ values }) => values.map((value) => ('text' in value ? value.text : '')).join(' '));

describe.skipIf(!python)('what a Python program reads', { timeout: 60_000 }, () => {
  const run = (code: string, answers?: readonly Answer[]): Promise<RunResult> => {
    const what = { scenario: loadScenario('first-two-attempts-fail'), recordings: recordingsFor('nginx') };
    const done = python?.run({ code, fileName: 'client.py', ...what, ...(answers ? { answers } : {}) });
    return done ?? Promise.reject(new Error('There is no Python here.'));
  };

  it('is what somebody types, line by line, after the prompt', async () => {
    const code = `
import asyncio, sys
name = input("Who are you? ")
print("Hello", repr(name))
print("Order: ", end="")
print(repr(sys.stdin.readline()))
async def later():
    await asyncio.sleep(1)
    return input("In a coroutine: ")
print(repr(asyncio.run(later())))
for line in sys.stdin:
    print("of many:", repr(line))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()))
`;
    const answers = [line('Zoë'), line('42'), line(''), line('a'), line('b'), END, line('c'), END, END];
    const result = await run(code, answers);
    expect(result.failure).toBeNull();
    expect(printed(result)).toEqual([
      ...['Who are you? ', 'Zoë', "Hello 'Zoë'", 'Order: ', '42', "'42\\n'"],
      ...['In a coroutine: ', '', "''", 'a', "of many: 'a\\n'", 'b', "of many: 'b\\n'", 'c', "'c\\n' ''"],
    ]);
    expect(result.simulatedMs).toBe(1000);
  });

  it('ends as elsewhere, with the input or by the reader', async () => {
    const code = 'import sys\ntry:\n    input("> ")\nexcept EOFError as error:\n    print(error)\ninput("again> ")\n';
    const result = await run(code, [END, { kind: 'interrupt' }]);
    expect(printed(result)).toEqual(['> ', 'EOF when reading a line', 'again> ']);
    expect(result.failure).toMatchObject({ name: 'KeyboardInterrupt', position: { line: 6 } });
    expect(result.failure?.stack).toBe(
      'Traceback (most recent call last):\n  File "client.py", line 6, in <module>\n    input("again> ")\n    ~~~~~^^^^^^^^^^^\nKeyboardInterrupt',
    );
  });

  it('is a sentence where nobody is there to type', async () => {
    const { failure } = await run('input("Name: ")');
    expect(failure).toMatchObject({ name: 'EOFError', position: { line: 1 } });
    expect(failure?.message).toContain('Press Run in the playground');
  });

  it('can be replaced by the program', async () => {
    const code =
      'import io, sys\nsys.stdin = io.StringIO("7\\n")\nprint(input() + "!")\nsys.stdin = sys.__stdin__\nprint(sys.stdin.closed)';
    expect(printed(await run(code))).toEqual(['7!', 'False']);
  });
});
