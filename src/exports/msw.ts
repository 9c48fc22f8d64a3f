import type { ClientView, Header } from '../gateway/exchange.ts';
import { headerValue, toBytes } from '../gateway/http-message.ts';
import type { Scenario } from '../schema/scenario.ts';
import { storyNotes, type RouteAnswers } from './route-answers.ts';
import { scheduleNote, type Turns } from './turns.ts';
import { utf8 } from '../gateway/utf8.ts';

/**
 * A TypeScript file with MSW 3 handlers that answer as the scenario's gateway does: status, headers, body, network errors
 * and which request fails. Needs nothing but the package msw.
 * @param answers of {@link routeAnswers}
 */
export function toMswHandlers(scenario: Scenario, answers: readonly RouteAnswers[]): string {
  const { provenance } = (answers[0]?.struck ?? { gateway: { provenance: null } }).gateway;
  const program = provenance?.kind === 'recorded' ? provenance.program : scenario.gateway.id;
  const notes = [...FIXED_NOTES, ...storyNotes(scenario), ...answers.flatMap(notesOn)];
  const slashed = new Set(answers.map(({ path }) => path).filter((path) => path.endsWith('/')));
  const waits = answers.some(({ struck, healthy }) => struck.client.elapsedMs > 0 || healthy.client.elapsedMs > 0);
  return `/**
 * MSW handlers for "${scenario.title}", as ${program} answers it. Written by Gateway Lab.
 *
 *     import { setupServer } from 'msw/node';
 *     import { handlers } from './handlers.ts';
 *     setupServer(...handlers).listen();
 *
 * What MSW cannot express:
${notes.map((note) => ` * - ${note}\n`).join('')} */
import { ${waits ? 'delay, ' : ''}http, HttpResponse } from 'msw';

/** Waiting times are multiplied by this: 1 is as slow as the real thing, 0 does not wait. */
export const pace = { factor: 1 };
${waits ? 'const wait = (ms: number): Promise<void> => delay(ms * pace.factor);\n' : ''}
export const handlers = [
${answers.map((answer, index) => handler(answer, index, scenario, slashed)).join('\n')}];

/** Requests that each route has had. */
const turns: number[] = ${JSON.stringify(answers.map(() => 0))};

/** Sets the counters back, for the next test. */
export function resetTurns(): void {
  turns.fill(0);
}
`;
}

const FIXED_NOTES = [
  'Why a connection failed (refused, reset, DNS, TLS): a fetch that is mocked fails with one TypeError for all of them.',
  'Upper and lower case of header names, a status line without a reason, bytes that are no valid HTTP, and log lines.',
];

function notesOn({ route, turns, struck }: RouteAnswers): string[] {
  const notes: string[] = [];
  if (turns.kind === 'other') notes.push(scheduleNote(route.match, turns.words));
  if (turns.kind === 'dice') notes.push(`${route.match}: the seed; Math.random() rolls the dice.`);
  const { status } = struck.client;
  if (status !== null && !isAllowed(status))
    notes.push(`${route.match}: the status ${status}, which fetch does not allow; here it is a network error.`);
  return notes;
}

const isAllowed = (status: number): boolean => status >= 200 && status <= 599;

function handler(
  { route, method, path, prefix, turns, struck, healthy }: RouteAnswers,
  index: number,
  { origin }: Scenario,
  slashed: ReadonlySet<string>,
): string {
  const name = method === null ? 'all' : method.toLowerCase();
  const known = ['all', 'get', 'post', 'put', 'patch', 'delete', 'head', 'options'].includes(name);
  const condition = conditionOf(turns, index);
  const failing = turns.kind === 'never' ? [] : answerLines(struck.client);
  const body =
    turns.kind === 'never'
      ? answerLines(healthy.client)
      : condition === null
        ? failing
        : [`if (${condition}) {`, ...failing.map((line) => `  ${line}`), '}', ...answerLines(healthy.client)];
  return [
    `  // ${route.match}${turns.kind === 'never' ? '' : `: ${struck.fault}${'words' in turns && turns.kind === 'counted' ? `, ${turns.words}` : ''}`}`,
    `  http.${known ? name : 'all'}(${predicate(origin, path, prefix, slashed)}, async (${known ? '' : '{ request }'}) => {`,
    ...(known ? [] : [`    if (request.method !== ${JSON.stringify(method)}) return undefined;`]),
    ...body.map((line) => `    ${line}`),
    '  }),\n',
  ].join('\n');
}

/** When the fault strikes, as an expression; null for always. */
function conditionOf(turns: Turns, index: number): string | null {
  if (turns.kind === 'dice') return `Math.random() < ${turns.probability}`;
  if (turns.kind !== 'counted') return null;
  const { outcomes, repeatFrom } = turns;
  const cycle = outcomes.length - repeatFrom;
  const failing = outcomes.findIndex((outcome) => !outcome);
  // The common case reads best: the first N fail.
  if (cycle === 1 && outcomes.at(-1) === false && outcomes.slice(0, failing).length === outcomes.length - 1) {
    return `turns[${index}]++ < ${outcomes.length - 1}`;
  }
  return `[${outcomes.join(', ')}][turns[${index}]++ < ${outcomes.length} ? turns[${index}] - 1 : ${repeatFrom} + ((turns[${index}] - 1 - ${repeatFrom}) % ${cycle})]`;
}

/**
 * MSW gives a meaning to some characters of a path and none to a slash at its end, so where one of them counts the path is a
 * regular expression.
 * @param slashed the paths of the scenario that end with a slash
 */
function predicate(origin: string, path: string, prefix: boolean, slashed: ReadonlySet<string>): string {
  const url = `${new URL(origin).origin}${path}`;
  const plain = prefix || path === '/' || !(slashed.has(path) || slashed.has(`${path}/`));
  if (plain && !/[:()?+*{}]/.test(path)) return `'${url}${prefix ? '*' : ''}'`;
  return `/^${url.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}${prefix ? '' : String.raw`(\?.*)?$`}/`;
}

function answerLines({ status, reason, headers, body, error, elapsedMs }: ClientView): string[] {
  const waiting = elapsedMs > 0 ? [`await wait(${Math.round(elapsedMs)});`] : [];
  if (status === null || !isAllowed(status)) {
    return error === 'timeout'
      ? ["await delay('infinite');", 'return HttpResponse.error();']
      : [...waiting, 'return HttpResponse.error();'];
  }
  const init = [
    `status: ${status}`,
    ...(reason === null ? [] : [`statusText: ${JSON.stringify(reason)}`]),
    `headers: ${headerList(headers)}`,
  ];
  if (error === null)
    return [...waiting, `return new HttpResponse(${bodyText(body, headers, status)}, { ${init.join(', ')} });`];
  // What came of the body, then the failure; or nothing more, when the connection stayed open.
  return [
    ...waiting,
    'const cut = new ReadableStream<Uint8Array>({',
    ...(body === '' ? [] : ['  start: (controller) => {', `    controller.enqueue(${bytesText(body)});`, '  },']),
    ...(error === 'timeout'
      ? []
      : ['  pull: (controller) => {', "    controller.error(new TypeError('network error'));", '  },']),
    '});',
    `return new HttpResponse(cut, { ${init.join(', ')} });`,
  ];
}

const headerList = (headers: readonly Header[]): string =>
  `[${headers.map((header) => `[${header.map((text) => JSON.stringify(text)).join(', ')}]`).join(', ')}]`;

function bodyText(body: string, headers: readonly Header[], status: number): string {
  if (status === 204 || status === 205 || status === 304 || body === '') return 'null';
  const text = utf8(body);
  // A text would bring a Content-Type of its own.
  return text === null || headerValue(headers, 'content-type') === null ? bytesText(body) : JSON.stringify(text);
}

function bytesText(body: string): string {
  const text = utf8(body);
  if (text !== null) return `new TextEncoder().encode(${JSON.stringify(text)})`;
  return `new Uint8Array([${toBytes(body).join(', ')}])`;
}
