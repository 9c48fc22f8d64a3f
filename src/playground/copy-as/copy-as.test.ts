import { execFile, execFileSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeRequest, Header } from '../../gateway/exchange.ts';
import { closedEarly } from '../sample-exchanges.test-data.ts';
import { copyAs, type CopiedRequest } from './copy-as.ts';

const run = promisify(execFile);

/** What arrived at the server: all of it latin1 text. */
interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** A server that notes what it is asked. */
async function listening(): Promise<{ server: Server; origin: string; take: () => Arrived[] }> {
  let arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    void bytesOf(request).then((body) => {
      const { method = '', url = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, index): Header[] =>
        index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : [],
      );
      arrived.push({ method, path: url, headers, body });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const take = (): Arrived[] => {
    const taken = arrived;
    arrived = [];
    return taken;
  };
  return { server, origin: `http://127.0.0.1:${port}`, take };
}

async function bytesOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

const program = (name: string, args: readonly string[]): boolean => {
  try {
    execFileSync(name, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** How each client is started with the texts of some requests, which it sends one after the other. */
const CLIENTS = [
  {
    client: 'curl',
    there: program('curl', ['--version']) && program('bash', ['-c', ':']),
    lacks: 'curl or bash is not installed',
    start: (texts: readonly CopiedRequest[]) =>
      run('bash', ['-c', texts.map(({ curl }) => `${curl} --silent --max-time 10\n`).join('')]),
    adds: [],
  },
  {
    client: 'fetch',
    there: true,
    lacks: '',
    start: (texts: readonly CopiedRequest[]) => {
      const module = texts.map(({ fetch }) => `{\n${fetch}}\n`).join('');
      return run(process.execPath, ['--input-type=module', '--eval', module]);
    },
    adds: ['accept', 'accept-language', 'sec-fetch-mode', 'user-agent', 'accept-encoding'],
  },
  {
    client: 'python',
    there: program('python3', ['-c', 'import requests']),
    lacks: 'python3 with requests is not installed',
    start: (texts: readonly CopiedRequest[]) => run('python3', ['-c', texts.map(({ python }) => python).join('\n')]),
    adds: ['accept', 'user-agent', 'accept-encoding'],
  },
] as const;

type Client = (typeof CLIENTS)[number];

/** What every client may write by itself. */
const OF_THE_CLIENT = ['host', 'connection', 'content-length'];

/** Headers in the order of their names, without those that the client added. */
function comparable(headers: readonly Header[], asked: readonly Header[], adds: readonly string[]): string[] {
  const names = asked.map(([name]) => name.toLowerCase());
  const own = [...OF_THE_CLIENT, ...adds].filter((name) => !names.includes(name));
  const values = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (!own.includes(key)) values.set(key, [...(values.get(key) ?? []), value]);
  }
  return [...values].map(([name, all]) => `${name}: ${all.join(name === 'cookie' ? '; ' : ', ')}`).sort();
}

let lab: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  lab = await listening();
});
afterAll(() => new Promise((resolve) => lab.server.close(resolve)));

/** fetch and requests write some characters of a path as %XX: the same path to every server. */
const pathOf = (path: string, { client }: Client): string => (client === 'curl' ? path : decodeURIComponent(path));

async function expectSame(requests: readonly ExchangeRequest[], client: Client): Promise<void> {
  const sent = requests.map((request) => ({ ...request, url: lab.origin + request.url }));
  await client.start(sent.map((request) => copyAs({ request })));
  const told = ({ method, path, headers, body }: Arrived, asked: readonly Header[]) => ({
    line: `${method} ${pathOf(path, client)}`,
    headers: comparable(headers, asked, client.adds),
    body,
  });
  expect(lab.take().map((arrived, index) => told(arrived, requests[index]?.headers ?? []))).toEqual(
    requests.map((request) => told({ ...request, path: request.url }, request.headers)),
  );
}

const ALL_BYTES = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const JSON_TYPE: Header = ['Content-Type', 'application/json'];

/** Requests that were hard for somebody. URLs are paths: the test's server is put before them. */
const HARD: readonly ExchangeRequest[] = [
  // a plain GET
  { method: 'GET', url: '/orders/42?full=1', headers: [['Accept', '*/*']], body: '' },
  // quotes of every kind
  {
    method: 'POST',
    url: "/it's?q=%22$HOME%22&b=`id`!!",
    headers: [['X-Quotes', `it's "quoted" \`id\` $(id) \\ !! %s %%`], JSON_TYPE],
    body: `{"name": "O'Neil", "cmd": "$(id) \`id\` \\\\ %s !!"}`,
  },
  // text over several lines
  { method: 'PUT', url: '/notes/1', headers: [], body: "one\ntwo's\r\n\tthree\n" },
  // text that is not ASCII
  {
    method: 'PATCH',
    url: '/caf%C3%A9',
    headers: [['X-Latin', 'caf\xe9'], JSON_TYPE],
    body: utf8('{"Grüße": "☕ 🙂"}'),
  },
  // every byte there is
  { method: 'POST', url: '/upload', headers: [['Content-Type', 'image/png']], body: ALL_BYTES },
  // bytes that are no text, without NUL
  { method: 'POST', url: '/upload', headers: [], body: '\xff\xfe7\x01' },
  // a body that looks like the name of a file
  { method: 'POST', url: '/at', headers: [], body: '@/etc/hostname' },
  // a body that looks like an option
  { method: 'POST', url: '/dash', headers: [], body: '-n\0%s' },
  // a large body
  { method: 'POST', url: '/large', headers: [JSON_TYPE], body: 'x'.repeat(120_000) },
  // a POST without a body
  { method: 'POST', url: '/empty', headers: [['Content-Length', '0']], body: '' },
  // brackets and braces in the URL
  { method: 'GET', url: '/a[1-3]/{b,c}?d[]=1', headers: [], body: '' },
  // an empty header
  { method: 'GET', url: '/', headers: [['X-Empty', '']], body: '' },
  // the same header twice
  {
    method: 'DELETE',
    url: '/twice',
    headers: [
      ['X-Two', 'a'],
      ['x-two', 'b'],
      ['Cookie', 'session=1; theme=dark'],
    ],
    body: '',
  },
  { method: 'HEAD', url: '/head', headers: [], body: '' },
  { method: 'OPTIONS', url: '/options', headers: [['Origin', 'https://shop.example.com']], body: '' },
  // a method of WebDAV
  { method: 'PROPFIND', url: '/dav', headers: [['Depth', '1']], body: '<a/>' },
];

/** Any request that all three clients can send. */
const anyRequest: fc.Arbitrary<ExchangeRequest> = fc.record({
  method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
  url: fc
    .array(fc.stringMatching(/^[\w~!$&'()*+,;=:@-]{1,8}$/), { maxLength: 3 })
    .map((parts) => `/${parts.join('/')}`),
  headers: fc.uniqueArray(
    fc.tuple(
      fc.stringMatching(/^X-[!#$%&'*+.^`|~\w-]{1,10}$/),
      fc.stringMatching(/^[!-~\xa1-\xff](?:[ -~\xa1-\xff]{0,20}[!-~\xa1-\xff])?$/),
    ),
    { maxLength: 4, selector: ([name]) => name.toLowerCase() },
  ),
  body: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map(utf8),
  ),
});

describe.each(CLIENTS)('a request copied as $client', { timeout: 60_000 }, (client) => {
  if (!client.there) console.warn(`Not tested: a request copied as ${client.client}, because ${client.lacks}.`);
  it.skipIf(!client.there)('sends the same when it is hard', async () => {
    await expectSame(HARD, client);
  });

  it.skipIf(!client.there)('sends the same, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: 10, maxLength: 10 }), (requests) =>
        expectSame(requests, client),
      ),
      { numRuns: 3 },
    );
  });
});

describe('a copied request', () => {
  it('reads well where it is plain', () => {
    const { curl, fetch, python } = copyAs({
      request: {
        method: 'POST',
        url: 'https://api.example.com/orders',
        headers: [
          ['Host', 'api.example.com'],
          ['User-Agent', 'Mozilla/5.0 (gateway-lab)'],
          ['Accept', '*/*'],
          JSON_TYPE,
          ['Content-Length', '15'],
        ],
        body: '{"item":"book"}',
      },
    });
    expect(curl).toBe(
      [
        'curl https://api.example.com/orders \\',
        "  -H 'User-Agent: Mozilla/5.0 (gateway-lab)' \\",
        "  -H 'Accept: */*' \\",
        "  -H 'Content-Type: application/json' \\",
        `  --data-binary '{"item":"book"}'`,
      ].join('\n'),
    );
    expect(fetch).toContain('const response = await fetch("https://api.example.com/orders", {\n  method: "POST",');
    expect(fetch).toContain('  body: "{\\"item\\":\\"book\\"}",');
    expect(python).toContain('response = requests.post(\n    "https://api.example.com/orders",');
    expect(python).toContain('    data=b"{\\"item\\":\\"book\\"}",');
  });

  it('says what fetch leaves out', () => {
    const request = { ...closedEarly.request, method: 'GET', body: 'query' };
    expect(copyAs({ request }).fetch).toMatch(/^\/\/ fetch\(\) sends no body with GET: 5 bytes are left out\.\n/);
  });
});
