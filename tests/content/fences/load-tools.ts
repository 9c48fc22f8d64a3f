import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { typeProblems } from './type-check.ts';
import { complaint, runProgram, sample, titleOf, workFolder, type FenceText, type Validator } from './validator.ts';

/** Load tests, each in the language of its tool. */

const isLocustfile = (fence: FenceText): boolean => fence.lang === 'py' && titleOf(fence) === 'locustfile.py';

/** Locust and what it needs are 60 MB of compiled packages, so the set-up does not fetch them. */
const locust = findProgram('locust');
if (locust === null)
  console.log('Locustfiles are compiled and not run: there is no locust here (pip install locust brings it).');

/** What a service answers that is well, and one that only looks so. */
const GOOD = '{"id":42,"state":"paid"}';
const LYING = '<h1>Down for maintenance</h1>';

/** Plays a locustfile for some seconds against a server that answers everything with 200 and this body, or hangs up. */
async function playLocust(
  program: string,
  code: string,
  body: string | null,
): Promise<{ status: number | null; said: string }> {
  const server = createServer((request, response) => {
    if (body === null) request.socket.destroy();
    else response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const file = path.join(mkdtempSync(path.join(workFolder(), 'locust-')), 'locustfile.py');
  // The time it takes here says nothing about a service: the machine is busy with other tests.
  writeFileSync(file, code.replace(/slow > \d+/, 'slow > 60_000').replace('timeout=1,', 'timeout=30,'));
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const users = ['--headless', '--only-summary', '--users', '5', '--spawn-rate', '5', '--run-time', '8s'];
  const ended = await runProgram(program, ['-f', file, '--host', host, ...users]);
  server.close();
  server.closeAllConnections();
  return { status: ended.status, said: `${ended.stdout}${ended.stderr}` };
}

const compile = 'import ast, sys; compile(sys.stdin.read(), "locustfile.py", "exec")';

/** A locustfile with one task. */
const locustTask = (...lines: readonly string[]): FenceText =>
  sample(
    'py',
    [
      'from locust import HttpUser, task',
      'class Customer(HttpUser):',
      '    @task',
      '    def order(self):',
      ...lines,
    ].join('\n'),
    'locustfile.py',
  );
/** Mistakes that show only when Locust runs. */
const PLAYED = [
  { ...locustTask('        self.client.get("/orders/42", timeout=1)'), says: /200 and not the order passes/ },
  {
    ...locustTask(
      '        with self.client.get("/orders/42", timeout=1, catch_response=True) as response:',
      '            if response.ok and "paid" not in response.text:',
      '                response.failure("not the order")',
    ),
    says: /counted nowhere/,
  },
];

const locustfile: Validator = {
  accepts:
    locust === null ? 'Python compiles the locustfile' : 'Locust passes a good service with it, and fails a lying one',
  covers: isLocustfile,
  missing: () => (findProgram('python3') === null ? 'python3 is not installed.' : null),
  problem: async ({ code }) => {
    const compiled = complaint(await runProgram(findProgram('python3') ?? 'python3', ['-c', compile], { input: code }));
    if (compiled !== '' || locust === null) return compiled;
    const good = await playLocust(locust, code, GOOD);
    if (good.status !== 0) return `A good service fails (exit ${good.status ?? ''}): ${good.said}`;
    const lying = await playLocust(locust, code, LYING);
    if (lying.status === 0) return `A service that answers 200 and not the order passes: ${lying.said}`;
    const silent = await playLocust(locust, code, null);
    return /\d\(100\.00%\)/.test(silent.said) ? '' : `Requests without an answer are counted nowhere: ${silent.said}`;
  },
  good: [],
  mistakes: [
    { ...sample('py', 'class Customer(HttpUser)\n    pass\n', 'locustfile.py'), says: /SyntaxError/ },
    ...(locust === null ? [] : PLAYED),
  ],
};

const k6: Validator = {
  accepts: "k6's own types accept it",
  covers: (fence) => fence.lang === 'js' && titleOf(fence) === 'k6.js',
  missing: () => null,
  problem: ({ code }) =>
    code.includes("import('k6/options').Options")
      ? typeProblems(code, 'k6.js').join('\n')
      : "It does not say /** @type {import('k6/options').Options} */ above its options, so nobody can check them.",
  good: [
    sample(
      'js',
      "/** @type {import('k6/options').Options} */\nexport const options = { vus: 2, duration: '5s' };\nexport default function () {}\n",
      'k6.js',
    ),
  ],
  mistakes: [
    {
      ...sample(
        'js',
        "/** @type {import('k6/options').Options} */\nexport const options = { scenarios: { a: { executor: 'constant-rate-of-arrival', rate: 1, duration: '5s', preAllocatedVUs: 1 } } };\n",
        'k6.js',
      ),
      says: /constant-rate-of-arrival/,
    },
    {
      ...sample(
        'js',
        "import http from 'k6/http';\n/** @type {import('k6/options').Options} */\nexport const options = {};\nexport default function () {\n  http.gett('https://api.example.com/');\n}\n",
        'k6.js',
      ),
      says: /gett/,
    },
    { ...sample('js', 'export const options = {};', 'k6.js'), says: /nobody can check them/ },
  ],
};

/**
 * Names that JMeter 5.6 gives the elements of a plan and their properties. JMeter itself is a program of 100 MB that no
 * registry of Node or Python carries, and the one that Debian packages cannot read its own plans; the plan of the guide
 * was run by hand with 5.6.3, against a good server and a lying one.
 */
const JMETER_NAMES = [
  ...['jmeterTestPlan', 'hashTree', 'TestPlan', 'ThreadGroup', 'SetupThreadGroup', 'OpenModelThreadGroup'],
  ...[
    'ConstantThroughputTimer',
    'PreciseThroughputTimer',
    'HTTPSamplerProxy',
    'ResponseAssertion',
    'DurationAssertion',
  ],
  ...['stringProp', 'boolProp', 'intProp', 'longProp', 'doubleProp', 'elementProp', 'collectionProp'],
];
const JMETER_PROPERTY =
  /^(?:ThreadGroup\.(?:num_threads|ramp_time|scheduler|duration|delay|on_sample_error|main_controller)|LoopController\.(?:loops|continue_forever)|throughput|calcMode|HTTPSampler\.(?:protocol|domain|port|path|method|use_keepalive|connect_timeout|response_timeout|follow_redirects)|Asserion\.test_strings|Assertion\.(?:test_field|test_type|assume_success)|DurationAssertion\.duration|OpenModelThreadGroup\.schedule|\d+)$/;

const readPlan = `
import json, sys
from xml.etree import ElementTree
try:
    root = ElementTree.fromstring(sys.stdin.read())
except ElementTree.ParseError as error:
    sys.exit(str(error))
print(json.dumps([[element.tag, element.get("name"), element.get("testclass")] for element in root.iter()]))
`;

const jmeter: Validator = {
  accepts: 'it is XML, and JMeter knows its elements and properties',
  covers: (fence) => fence.lang === 'xml' && titleOf(fence).endsWith('.jmx'),
  missing: () => (findProgram('python3') === null ? 'python3 is not installed.' : null),
  problem: async ({ code }) => {
    const read = await runProgram(findProgram('python3') ?? 'python3', ['-c', readPlan], { input: code });
    if (read.status !== 0) return complaint(read);
    const elements = JSON.parse(read.stdout) as [tag: string, name: string | null, testclass: string | null][];
    return elements
      .flatMap(([tag, name, testclass]) => [
        ...(JMETER_NAMES.includes(tag) ? [] : [`JMeter has no element ${tag}`]),
        ...(name === null || JMETER_PROPERTY.test(name) ? [] : [`JMeter has no property ${name}`]),
        ...(testclass === null || testclass === tag ? [] : [`${tag} has the testclass ${testclass}`]),
      ])
      .join('\n');
  },
  good: [
    sample(
      'xml',
      '<jmeterTestPlan version="1.2"><hashTree><TestPlan/><hashTree/></hashTree></jmeterTestPlan>',
      'a.jmx',
    ),
  ],
  mistakes: [
    { ...sample('xml', '<jmeterTestPlan><hashTree></jmeterTestPlan>', 'a.jmx'), says: /mismatched tag/ },
    { ...sample('xml', '<jmeterTestPlan><ThreadsGroup/></jmeterTestPlan>', 'a.jmx'), says: /no element ThreadsGroup/ },
    {
      ...sample('xml', '<ThreadGroup><stringProp name="ThreadGroup.threads">1</stringProp></ThreadGroup>', 'a.jmx'),
      says: /no property ThreadGroup\.threads/,
    },
  ],
};

export const loadToolValidators: readonly Validator[] = [locustfile, k6, jmeter];
