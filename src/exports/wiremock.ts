import type { ClientView, Header } from '../gateway/exchange.ts';
import type { Scenario } from '../schema/scenario.ts';
import { storyNotes, upstreamView, type RouteAnswers } from './route-answers.ts';
import { scheduleNote } from './turns.ts';
import { utf8 } from '../gateway/utf8.ts';
import type { WireMockFault, WireMockFile, WireMockMapping } from '../gateway/wiremock/wiremock-shape.ts';

/** Headers that WireMock's own server decides about. */
const FRAMING = new Set(['connection', 'transfer-encoding', 'content-length', 'keep-alive', 'date']);
/** WireMock cannot stay silent; a client that waits for a day has given up before. */
const NEVER_MS = 86_400_000;

/**
 * WireMock stub mappings for a scenario, with scenario states where requests are counted.
 * What cannot be expressed stands in each mapping's `metadata.cannotExpress`.
 * @param stands `gateway`: WireMock answers what a client gets through the gateway. `upstream`: it is the upstream behind a
 *   gateway of your own.
 */
export function toWireMock(
  scenario: Scenario,
  answers: readonly RouteAnswers[],
  stands: 'gateway' | 'upstream' = 'gateway',
): WireMockFile {
  const mappings = answers.flatMap((answer, index) => mappingsOf(scenario, answer, index, stands));
  return { mappings, meta: { total: mappings.length } };
}

type Response = WireMockMapping['response'];

function mappingsOf(
  scenario: Scenario,
  answer: RouteAnswers,
  index: number,
  stands: 'gateway' | 'upstream',
): WireMockMapping[] {
  const { route, method, path, prefix, turns } = answer;
  const atUpstream = stands === 'upstream';
  const struckView = atUpstream ? upstreamView(route) : answer.struck.client;
  const healthyView = atUpstream ? upstreamView({ ...route, fault: 'ok' }) : answer.healthy.client;
  const struck = responseTo(struckView);
  const healthy = responseTo(healthyView);
  const strikesAlone = turns.kind === 'always' || turns.kind === 'dice' || turns.kind === 'other';
  const notes = [
    ...storyNotes(scenario),
    ...(turns.kind === 'other' ? [scheduleNote(route.match, turns.words)] : []),
    ...(turns.kind === 'dice'
      ? [scheduleNote(route.match, `with probability ${turns.probability}; WireMock rolls no dice`)]
      : []),
    ...(turns.kind === 'never' ? [] : struck.notes),
  ];
  const mapping = (response: Response, name: string, states: Partial<WireMockMapping> = {}): WireMockMapping => ({
    name,
    priority: index + 1,
    request: {
      method: method ?? 'ANY',
      ...(prefix ? { urlPathPattern: `${escapePattern(path)}.*` } : { urlPath: path }),
    },
    response,
    ...states,
    metadata: { fault: route.fault, cannotExpress: notes },
  });
  if (turns.kind === 'never') return [mapping(healthy.response, route.match)];
  if (strikesAlone) return [mapping(struck.response, `${route.match}: ${route.fault}`)];

  const { outcomes, repeatFrom } = turns;
  const state = (turn: number): string => (turn === 0 ? 'Started' : `request ${turn + 1}`);
  return outcomes.map((strikes, turn) => {
    const next = turn + 1 < outcomes.length ? turn + 1 : repeatFrom;
    return mapping(
      (strikes ? struck : healthy).response,
      `${route.match}: ${strikes ? route.fault : 'well'}, request ${turn + 1}`,
      {
        scenarioName: `${route.match} (${index + 1})`,
        requiredScenarioState: state(turn),
        ...(next === turn ? {} : { newScenarioState: state(next) }),
      },
    );
  });
}

const escapePattern = (path: string): string => path.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** The nearest that WireMock has to an answer, and what is lost. */
function responseTo(view: ClientView): { readonly response: Response; readonly notes: readonly string[] } {
  const waited = Math.round(view.elapsedMs);
  const delay = waited > 0 ? { fixedDelayMilliseconds: waited } : {};
  const faulty = (fault: WireMockFault, ...notes: string[]) => ({ response: { fault, ...delay }, notes });
  switch (view.error) {
    case null:
      return { response: { ...plainResponse(view), ...delay }, notes: [] };
    case 'empty-reply':
      return faulty('EMPTY_RESPONSE');
    case 'reset':
      if (view.status === null) return faulty('CONNECTION_RESET_BY_PEER');
      return faulty('CONNECTION_RESET_BY_PEER', `The part of the ${view.status} that came before the reset.`);
    case 'truncated':
      return faulty(
        'MALFORMED_RESPONSE_CHUNK',
        'The cut body: WireMock sends a status line of 200 and garbage in its place.',
      );
    case 'not-http':
      return faulty('RANDOM_DATA_THEN_CLOSE', 'The bytes themselves: WireMock sends random ones.');
    case 'timeout':
      return {
        response: { status: view.status ?? 200, fixedDelayMilliseconds: NEVER_MS },
        notes: ['Silence for ever: the answer comes after a day.'],
      };
    default:
      return faulty(
        'CONNECTION_RESET_BY_PEER',
        `The error itself (${view.error}): a server that listens cannot play it.`,
      );
  }
}

function plainResponse({ status, reason, headers, body }: ClientView): Response {
  const text = utf8(body);
  return {
    status: status ?? 200,
    ...(reason ? { statusMessage: reason } : {}),
    headers: headerObject(headers.filter(([name]) => !FRAMING.has(name.toLowerCase()))),
    ...(body === '' ? {} : text === null ? { base64Body: btoa(body) } : { body: text }),
  };
}

function headerObject(headers: readonly Header[]): Record<string, string | string[]> {
  const all: Record<string, string | string[]> = {};
  for (const [name, value] of headers) all[name] = name in all ? [all[name] ?? [], value].flat() : value;
  return all;
}
