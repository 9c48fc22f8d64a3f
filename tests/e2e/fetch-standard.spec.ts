import { expect, test, type Page } from '@playwright/test';
import type { ExchangeRequest } from '../../src/gateway/exchange.ts';
import { abort } from './fetch-standard/abort.ts';
import { API, comparison, FILES, GATEWAY, SHOP } from './fetch-standard/answers.ts';
import { programOf, type Behavior } from './fetch-standard/behavior.ts';
import { body } from './fetch-standard/body.ts';
import { cors } from './fetch-standard/cors.ts';
import { headers } from './fetch-standard/headers.ts';
import { redirect } from './fetch-standard/redirect.ts';
import { request } from './fetch-standard/request.ts';
import { startRealServers } from './fetch-standard/real-servers.ts';
import { partTexts, runInSandbox } from './fetch-standard/sandbox-run.ts';
import { xhr } from './fetch-standard/xhr.ts';
import { xhrCalls } from './fetch-standard/xhr-calls.ts';

/**
 * The same programs in the browser's own fetch, against real servers, and in the playground's sandbox, against the
 * simulated gateway. Both get the same bytes. What the programs see, what they send and what the browser's console says
 * about cross-origin requests has to be the same, save for what is listed here.
 */
const BEHAVIORS: readonly Behavior[] = [
  ...abort,
  ...redirect,
  ...headers,
  ...body,
  ...request,
  ...cors,
  ...xhr,
  ...xhrCalls,
];

/** What the sandbox does in another way, and why. A difference that is gone has to leave this list. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'cookies come back': 'The playground keeps no cookies, so that every run begins alike.',
  'statuses without a body': 'Chromium hands out an empty stream where the standard says null, as the sandbox does.',
  HEAD: 'Chromium hands out an empty stream where the standard says null, as the sandbox does.',
  'a body out of a stream':
    'Chromium sends it over HTTP/2 and HTTP/3 only. The sandbox sends it, and its console says this.',
  integrity: 'The sandbox does not check it and answers; its console says so.',
  'parsed JSON is the same object each time':
    'Chromium parses it anew each time; the sandbox keeps it, as the standard says.',
};

interface Seen {
  value: unknown;
  readonly sent: string[];
  /** What the console says about requests to other origins. */
  readonly told: string[];
}

const nothing = (): Seen[] => BEHAVIORS.map(() => ({ value: 'did not run', sent: [], told: [] }));

const SHOWN =
  /^(?:origin|content-type|content-length|accept|authorization|range|access-control-request-.*|x-.*|cookie|te|via|sec-x|proxy-x)$/i;

/** A request as it is compared: without what every browser adds, with the same boundary between parts of a form. */
function written({ method, url, headers: given, body: sentBody }: ExchangeRequest): string {
  const boundary = given.map(([, value]) => /boundary=(\S+)/.exec(value)?.[1]).find((found) => found !== undefined);
  const masked = (text: string): string => (boundary === undefined ? text : text.replaceAll(boundary, 'BOUNDARY'));
  const lines = given
    .filter(([name, value]) => SHOWN.test(name) && !(name.toLowerCase() === 'accept' && value === '*/*'))
    .filter(([name]) => boundary === undefined || name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name.toLowerCase()}: ${masked(value)}`)
    .sort();
  const shortBody = sentBody.length > 1000 ? 'a long body' : masked(sentBody);
  return [`${method} ${url}`, ...lines, shortBody].join(' | ');
}

const isAboutOrigins = (text: string): boolean => /^(?:Access to |Fetch API cannot load .*Request mode)/.test(text);

async function runForReal(page: Page, servers: Awaited<ReturnType<typeof startRealServers>>): Promise<Seen[]> {
  const seen = nothing();
  let current = -1;
  let before = 0;
  await page.exposeFunction('tell', (kind: string, id: number, value: unknown) => {
    if (kind === 'begins') {
      current = id;
      before = servers.arrived.length;
      return;
    }
    const one = seen[id];
    if (!one) return;
    one.value = JSON.parse(servers.simulated(JSON.stringify(value)));
    one.sent.push(...servers.arrived.slice(before).map(written));
  });
  page.on('console', (message) => {
    const text = servers.simulated(message.text());
    if (isAboutOrigins(text)) seen[current]?.told.push(text);
  });
  const real = (origin: string): string => servers.origins.get(origin) ?? '';
  await page.goto(`${real(SHOP)}/`);
  const program = programOf(BEHAVIORS, { api: real(API), shop: real(SHOP), files: real(FILES) });
  await page.evaluate(`(async () => {${program}})()`);
  return seen;
}

async function runSimulated(page: Page, { scenario, kit }: ReturnType<typeof comparison>): Promise<Seen[]> {
  const seen = nothing();
  const program = programOf(BEHAVIORS, { api: API, shop: SHOP, files: FILES });
  const code = `const tell = async (...what) => console.debug(JSON.stringify(what));\n${program}`;
  await page.goto('/404.html');
  const messages = await runInSandbox(page, `${GATEWAY}-full`, {
    code,
    fileName: 'client.js',
    scenario,
    kit,
    parts: partTexts(['xhr', 'cors', 'decode', 'rareFetch']),
    time: 'instant',
  });
  const requests = new Map<number, ExchangeRequest>();
  for (const message of messages)
    if (message.kind === 'exchanged') requests.set(message.exchange.id, message.exchange.request);
  let current = -1;
  for (const message of messages) {
    if (message.kind === 'failed') throw new Error(`${message.name}: ${message.message}\n${message.stack}`);
    const one = seen[current];
    if (message.kind === 'requested') {
      const known = requests.get(message.id);
      if (known) one?.sent.push(written(known));
    }
    if (message.kind !== 'console') continue;
    const [value] = message.values;
    const text = value && 'text' in value ? value.text : '';
    if (message.level === 'debug') {
      const [kind, id, result] = JSON.parse(text) as [string, number, unknown];
      current = id;
      const told = seen[id];
      if (kind === 'ends' && told) told.value = result;
    } else if (isAboutOrigins(text)) one?.told.push(text);
  }
  return seen;
}

test('the sandbox behaves as the browser does', async ({ page, context }) => {
  const answers = comparison();
  const servers = await startRealServers(answers.scenario, answers.kit, [API, SHOP, FILES]);
  let real: Seen[];
  try {
    real = await runForReal(await context.newPage(), servers);
  } finally {
    await servers.close();
  }
  const simulated = await runSimulated(page, answers);

  const rows = BEHAVIORS.map(({ name, wpt, races = false }, index) => {
    const [one, other] = [real[index], simulated[index]].map((seen) =>
      JSON.stringify(races ? { ...seen, sent: 'not compared' } : seen),
    );
    return { name, wpt, real: one, sandbox: other, same: one === other };
  });
  const short = (text = ''): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
  const table = rows.map(({ name, wpt, real: one, sandbox, same }) =>
    [same ? 'same' : 'DIFFERS', name, wpt, short(one), ...(same ? [] : [short(sandbox)])].join(' | '),
  );
  console.log(table.join('\n'));
  for (const row of rows.filter(({ same }) => !same))
    console.log(`\n## ${row.name}\nreal:    ${row.real}\nsandbox: ${row.sandbox}`);
  console.log(`${rows.length} behaviors, ${rows.filter(({ same }) => same).length} the same`);

  expect(new Set(BEHAVIORS.map(({ name }) => name)).size, 'names are unique').toBe(BEHAVIORS.length);
  expect(
    rows
      .filter(({ same }) => !same)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(DIFFERENCES).sort());
});
