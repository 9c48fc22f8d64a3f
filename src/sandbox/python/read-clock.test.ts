import { afterAll, describe, expect, it } from 'vitest';
import { pythonInNode } from '../../build/python-in-node.ts';
import { loadScenario, recordingsFor } from '../../build/scenarios.ts';
import type { RunResult } from '../protocol.ts';

const python = await pythonInNode(process.cwd());
afterAll(() => python?.close());

const printed = ({ console: entries, failure }: RunResult): string[] => [
  ...entries.map(({ values }) => values.map((value) => ('text' in value ? value.text : '')).join(' ')),
  ...(failure ? [failure.stack] : []),
];

describe.skipIf(!python)('a clock that a Python program only looks at', { timeout: 60_000 }, () => {
  const run = (code: string): Promise<RunResult> => {
    const what = { scenario: loadScenario('first-two-attempts-fail'), recordings: recordingsFor('nginx') };
    return (
      python?.run({ code, fileName: 'client.py', ...what }) ?? Promise.reject(new Error('There is no Python here.'))
    );
  };

  it('stands still between waits', async () => {
    const code = `
import time, datetime
started = time.time(), time.perf_counter(), time.monotonic(), datetime.datetime.now()
for _ in range(200):
    seen = time.time(), time.perf_counter(), time.monotonic(), datetime.datetime.now()
print(seen == started)
time.sleep(1.5)
print(time.time() - started[0], time.perf_counter() - started[1])
`;
    expect(printed(await run(code))).toEqual(['True', '1.5 1.5']);
  });

  it.each([
    ['time.time()', 'end = time.time() + 2\nwhile time.time() < end: looks += 1'],
    ['time.monotonic()', 'end = time.monotonic() + 2\nwhile time.monotonic() < end: looks += 1'],
    ['time.perf_counter()', 'end = time.perf_counter() + 2\nwhile time.perf_counter() < end: looks += 1'],
    [
      'datetime.now()',
      'end = datetime.datetime.now() + datetime.timedelta(seconds=2)\nwhile datetime.datetime.now() < end: looks += 1',
    ],
    [
      'a clock that it prints',
      'end = time.time() + 2\nwhile time.time() < end:\n    looks += 1\n    if looks % 100 == 0: print(looks)',
    ],
    ['sleep(0)', 'end = time.time() + 2\nwhile time.time() < end:\n    looks += 1\n    time.sleep(0)'],
    [
      'the clock of an event loop',
      `async def main():
    global looks
    loop = asyncio.get_running_loop()
    end = loop.time() + 2
    while loop.time() < end:
        looks += 1
        await asyncio.sleep(0)
asyncio.run(main())`,
    ],
  ])('ends a loop that waits for %s, ten times alike', async (_name, loop) => {
    const code = `import asyncio, datetime, time\nlooks = 0\n${loop}\nprint(looks > 500, looks, time.time())\n`;
    const results: string[][] = [];
    for (let round = 0; round < 10; round++) results.push(printed(await run(code)));
    expect(new Set(results.map((lines) => lines.join('\n'))).size).toBe(1);
    expect(results[0]?.at(-1)).toMatch(/^True \d+ 1\d+\.\d+$/);
  });

  it('lets happen what is due meanwhile', async () => {
    const code = `
import socket, ssl, time
connection = socket.create_connection(("api.example.com", 443))
context = ssl.create_default_context()
wrapped = context.wrap_socket(connection, server_hostname="api.example.com")
wrapped.sendall(b"GET /orders/42 HTTP/1.1\\r\\nHost: api.example.com\\r\\n\\r\\n")
wrapped.setblocking(False)
end = time.time() + 5
while time.time() < end:
    try:
        print(wrapped.recv(4096)[:24])
        break
    except (BlockingIOError, ssl.SSLWantReadError):
        pass
`;
    expect(printed(await run(code))).toEqual(["b'HTTP/1.1 502 Bad Gateway'"]);
  });
});
