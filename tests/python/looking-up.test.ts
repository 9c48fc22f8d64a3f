import { beforeAll, describe, expect, it } from 'vitest';
import { pythonPaths } from '../../src/build/python-in-node.ts';
import { answersFor } from '../../src/build/scenario-recordings.ts';
import { openKit } from '../../src/gateway/open-kit.ts';
import { packKit } from '../../src/gateway/pack-kit.ts';
import { bootInNode } from '../../src/sandbox/python/boot-in-node.ts';
import type { PythonMachine } from '../../src/sandbox/python/machine.ts';
import { checkedAnswer, type PythonAnswers } from '../../src/sandbox/python/questions.ts';
import { runPython } from '../../src/sandbox/python/run-python.ts';
import type { GuestMessage } from '../../src/sandbox/protocol.ts';
import { scenarioSchema } from '../../src/schema/scenario.ts';

/** What the editor gets to know about a Python program, from the interpreter that the page has. `|` is the caret. */

const paths = await pythonPaths(process.cwd());

describe.skipIf(paths === null)('the interpreter', () => {
  if (paths === null) return;
  let python: PythonMachine;
  beforeAll(async () => {
    python = await bootInNode(paths);
  }, 120_000);

  function at(kind: 'complete' | 'hover' | 'call' | 'explain', marked: string, name = ''): unknown {
    const offset = marked.indexOf('|');
    const question = { text: marked.replace('|', ''), offset };
    return python.answer(kind === 'explain' ? { kind, ...question, name } : { kind, ...question });
  }
  const complete = (marked: string): readonly string[] =>
    checkedAnswer('complete', at('complete', marked))?.items.map(({ label }) => label) ?? [];
  const hover = (marked: string) => checkedAnswer('hover', at('hover', marked));
  const call = (marked: string): PythonAnswers['call'] | null => checkedAnswer('call', at('call', marked));
  const check = (text: string) => checkedAnswer('check', python.answer({ kind: 'check', text }))?.problems;

  const RESPONSE = 'import requests\nresponse = requests.get("https://api.example.com")\n';

  it.each<[string, string, readonly string[]]>([
    ['a module', 'import requests\nrequests.|\nprint(1)', ['get', 'post', 'Session', 'exceptions']],
    ['what a function returns', `${RESPONSE}response.|`, ['status_code', 'headers', 'json', 'raise_for_status']],
    ['an attribute of that', `${RESPONSE}response.elapsed.|`, ['total_seconds']],
    ['a session', 'import requests\nsession = requests.Session()\nsession.|', ['mount', 'get', 'headers']],
    [
      'what a session returns, in a function',
      'import requests\ndef f():\n    with requests.Session() as s:\n        r = s.get("x")\n        r.|\n',
      ['status_code'],
    ],
    [
      'an async client',
      'import httpx\nasync def main():\n    async with httpx.AsyncClient() as client:\n        r = await client.get("x")\n        r.|',
      ['status_code', 'reason_phrase'],
    ],
    ['a stream', 'import httpx\nwith httpx.stream("GET", "x") as r:\n    r.|', ['iter_lines', 'status_code']],
    ['a pool', 'import urllib3\nr = urllib3.PoolManager().request("GET", "x")\nr.|', ['status', 'data', 'headers']],
    [
      'what urlopen returns',
      'from urllib.request import urlopen\nwith urlopen("x") as answer:\n    answer.|',
      ['status', 'read', 'getheader'],
    ],
    [
      'an exception',
      'import requests\ntry:\n    pass\nexcept requests.HTTPError as error:\n    error.response.|',
      ['status_code'],
    ],
    ['a string', '"abc".|', ['upper', 'split']],
    ['a class of the program', 'class A:\n    def __init__(self):\n        self.tries = 1\nA().|', ['tries']],
    ['a parameter with a type', 'import httpx\ndef f(r: httpx.Response):\n    r.|', ['status_code']],
    [
      'what a function of the program returns',
      'import requests\ndef load():\n    return requests.get("x")\nload().|',
      ['status_code'],
    ],
    [
      'names in scope',
      'import json\ndef f(alpha):\n    beta = 1\n    |\ngamma = 2\n',
      ['alpha', 'beta', 'gamma', 'json'],
    ],
    ['builtins and keywords', 'pri|', ['print', 'while', 'ValueError']],
    ['arguments that are passed on', 'import requests\nrequests.get("x", |)', ['timeout=', 'headers=', 'params=']],
    ['modules', 'import |', ['requests', 'httpx', 'json']],
    ['names of a module', 'from requests import |', ['get', 'exceptions']],
    ['modules of a package', 'import urllib.|', ['request', 'parse']],
    ['code in an f-string', 'import requests\nprint(f"{requests.|}")', ['get']],
    ['a program with other mistakes', `def f(:\n  x = = 3\n${RESPONSE}if response.|\nprint("a"`, ['ok']],
  ])('completes %s', (_, program, expected) => {
    expect(complete(program)).toEqual(expect.arrayContaining([...expected]));
  });

  it.each<[string, string, readonly string[]]>([
    ['what stands for nothing known', 'x = unknown()\nx.|', []],
    ['a text', 'print("pri|")', []],
    ['a comment', '# pri|', []],
    ['a number', 'x = 12|', []],
  ])('offers nothing for %s', (_, program, expected) => {
    expect(complete(program)).toEqual(expected);
  });

  it('does not offer an argument twice, nor what is not there, nor names of another function', () => {
    expect(complete('import requests\nrequests.get("x", timeout=3, |)')).not.toContain('timeout=');
    expect(complete('import requests\nrequests.get("x", |)')).not.toContain('url=');
    expect(complete('import |')).not.toEqual(expect.arrayContaining(['pandas', 'tkinter', 'msvcrt']));
    expect(complete('def f():\n    inner = 1\n|')).not.toContain('inner');
  });

  it('runs nothing of the program', () => {
    const program = 'import json, requests\nsetattr(json, "mine", 1)\nclass A:\n    json.mine = 1\n';
    expect(complete(`${program}requests.get(setattr(json, "mine", 1)).|`)).toContain('status_code');
    expect(hover(`${program}x = (json.__setattr__("mine", 1), 1)[1]\nA|`)?.title).toBe('class A');
    expect(check(program)).toEqual([]);
    const known = complete(`${program}json.|`);
    expect(known).toContain('loads');
    expect(known).not.toContain('mine');
  });

  it('says what Python says about a mistake, and where', () => {
    expect(check('x = (1,\nprint("a")\n')).toEqual([
      { severity: 'error', message: "SyntaxError: '(' was never closed", line: 1, column: 5, endLine: 1, endColumn: 6 },
    ]);
    expect(check('"ä😀"; if = 3\n')).toEqual([
      { severity: 'error', message: 'SyntaxError: invalid syntax', line: 1, column: 7, endLine: 1, endColumn: 9 },
    ]);
    expect(check('def f():\nreturn 1')?.[0]?.message).toBe(
      'IndentationError: expected an indented block after function definition on line 1',
    );
    expect(check('return 3')?.[0]?.message).toBe("SyntaxError: 'return' outside function");
    expect(check('assert (1, "x")')).toMatchObject([
      { severity: 'warning', line: 1, message: /SyntaxWarning: assertion/ },
    ]);
    expect(check('await f()\n')).toEqual([]);
    expect(check('import pandas\nx = = 3\n')).toMatchObject([{ line: 2 }, { line: 1, message: /^pandas is not/ }]);
  });

  it('says which modules are not here, and less loudly where the program is ready for that', () => {
    expect(check('import pandas, json\nfrom tkinter import Tk\n')).toMatchObject([
      {
        severity: 'error',
        line: 1,
        column: 8,
        endColumn: 14,
        message: /^pandas is not in this playground\. Here are requests/,
      },
      { severity: 'error', line: 2, message: /^tkinter is left out of this playground/ },
    ]);
    expect(check('try:\n    import orjson\nexcept ImportError:\n    import json\n')).toMatchObject([
      { severity: 'warning', line: 2 },
    ]);
  });

  it('knows the parameter that is being written', () => {
    const active = (program: string): string | undefined => {
      const found = call(program);
      const spot = found?.parameters[found.active];
      return spot && found.label.slice(spot.begin, spot.end);
    };
    expect(call('import requests\nrequests.get(|')?.label).toBe('get(url, params=None, **kwargs) -> Response');
    expect(active('import requests\nrequests.get(|')).toBe('url');
    expect(active('import requests\nrequests.get(f"{1, 2}", {"a": (1, 2)}|)')).toBe('params=None');
    expect(active('import requests\nrequests.get("x", timeout=|)')).toBe('**kwargs');
    expect(active('def f(a, b: int = 3, *, c=4): "Doc."\nf(c=|)')).toBe('c=4');
    expect(active('def f(a, b: int = 3, *, c=4): "Doc."\nf(1, |)')).toBe('b: int = 3');
    expect(call('import requests\nrequests.get("x", timeout=|)')?.parameters[2]?.about).toMatch(
      /^\(optional\) How many seconds/,
    );
    expect(call('f = 3\nprint((1|), 2)')?.label).toMatch(/^print\(\*args/);
    expect(call('def f(a|): pass')).toBeNull();
  });

  it('explains what the pointer is over', () => {
    expect(hover('import requests\nrequests.ge|t')).toEqual({
      ...{ title: 'get(url, params=None, **kwargs) -> Response', about: 'Sends a GET request.', start: 25, end: 28 },
    });
    expect(hover(`${RESPONSE}response|`)?.title).toBe('response: Response');
    expect(hover('import requests\nrequests.get("x", time|out=3)')?.about).toMatch(/^\(optional\) How many seconds/);
    expect(hover('def add(a, b=1):\n    """Adds two.\n\n    More."""\nad|d(1)')).toMatchObject({
      ...{ title: 'add(a, b=1)', about: 'Adds two.' },
    });
    expect(checkedAnswer('explain', at('explain', 'import requests\nrequests.|', 'Session'))).toEqual({
      ...{ title: 'class Session()', about: 'A Requests session.' },
    });
  });

  it('comes through every place of a program that is being written', () => {
    const program = `${RESPONSE}try:\n    with requests.Session() as s:\n        print(f"{s.headers['a']!r} {", [*response.iter_lines()][0])\nexcept (ValueError, OSError) as e:\n    raise\n`;
    for (let offset = 0; offset <= program.length; offset++) {
      const text = program.slice(0, offset);
      expect(() => python.answer({ kind: 'complete', text, offset })).not.toThrow();
      expect(() => python.answer({ kind: 'call', text, offset })).not.toThrow();
      expect(() => python.answer({ kind: 'hover', text: program, offset })).not.toThrow();
      expect(check(text)).toBeDefined();
    }
  }, 60_000);

  it('leaves no trace of questions in the run after them', async () => {
    const scenario = scenarioSchema.parse({
      ...{ format: 1, title: 'One 502', summary: 'A 502 for every request.', gateway: { id: 'nginx' } },
      origin: 'https://api.example.com',
      routes: [{ match: '* /*', fault: 'connect-refused', response: { body: { id: 42 } } }],
    });
    const recordings = answersFor('nginx', null);
    const code = `import logging, sys, warnings, urllib, logging as l
print(sorted(name for name, module in sys.modules.items() if getattr(module, "__file__", None)))
print(warnings.filters, sorted(logging.root.manager.loggerDict), hasattr(urllib, "request"), hasattr(l, "handlers"))
import httpx, requests, asyncio, random
print(requests.get("https://api.example.com/orders/42").status_code, httpx.get("https://api.example.com/a").text)
print(logging.getLogger("urllib3").handlers, warnings.filters, random.random())
try:
    requests.get("https://elsewhere.example.com")
except requests.ConnectionError as error:
    print(error, isinstance(error, OSError))
async def main():
    try:
        await asyncio.wait_for(asyncio.sleep(3), 1)
    except asyncio.TimeoutError as error:
        print(repr(error))
asyncio.run(main())
`;
    async function shown(machine: PythonMachine): Promise<readonly GuestMessage[]> {
      const messages: GuestMessage[] = [];
      const platform = {
        post: (some: readonly GuestMessage[]): void => void messages.push(...some),
        realTime: { now: () => 0, setTimeout: globalThis.setTimeout },
        gateway: { openGateway: openKit },
        onOrder: () => undefined,
        closeWaysOut: () => undefined,
      };
      const kit = packKit(scenario, recordings);
      await runPython({ kind: 'run', code, fileName: 'client.py', scenario, kit, time: 'instant' }, machine, platform);
      return messages;
    }
    const masked = (messages: readonly GuestMessage[]): string =>
      JSON.stringify(messages, null, 1).replace(/\b0x[0-9a-f]+/g, '0x…');
    const untouched = masked(await shown(await bootInNode(paths)));
    complete('import logging.handlers, urllib.request, asyncio, tenacity, decimal\nimport httpx\nhttpx.|');
    expect(complete(`${RESPONSE}response.|`)).toContain('ok');
    expect(masked(await shown(python))).toBe(untouched);
    expect(untouched).toContain('TimeoutError()');
  }, 120_000);
});
