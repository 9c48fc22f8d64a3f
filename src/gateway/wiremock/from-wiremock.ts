import { scenarioSchema, type ScenarioText } from '../../schema/scenario.ts';
import { utf8 } from '../utf8.ts';
import {
  wireMockFileSchema,
  wireMockMappingSchema,
  type WireMockFault,
  type WireMockMapping,
} from './wiremock-shape.ts';

type RouteText = ScenarioText['routes'][number];

export type WireMockImport =
  | { readonly kind: 'scenario'; readonly scenario: ScenarioText }
  /** Something would be lost; each reason is a sentence that names the mapping. */
  | { readonly kind: 'lossy'; readonly reasons: readonly string[] };

/** The fault of ours that does what WireMock's does. MALFORMED_RESPONSE_CHUNK and random data have fixed bytes here. */
const FAULT_OF: Readonly<Record<WireMockFault, string>> = {
  EMPTY_RESPONSE: 'close-after-request',
  CONNECTION_RESET_BY_PEER: 'rst-after-request',
  MALFORMED_RESPONSE_CHUNK: 'chunk-size-bad',
  RANDOM_DATA_THEN_CLOSE: 'garbage-binary',
};

/**
 * Makes a scenario out of WireMock's stub mappings, which become the upstream behind a gateway. Only where nothing is lost:
 * fixed answers, delays and faults by method and path, and scenarios that fail the first requests. (Data in jsonBody gets a
 * line end; WireMock sends it without.)
 * @param json a mappings file, or one mapping
 */
export function fromWireMock(json: unknown, gateway = 'nginx'): WireMockImport {
  const isFile = typeof json === 'object' && json !== null && 'mappings' in json;
  const parsed = isFile
    ? wireMockFileSchema.safeParse(json)
    : wireMockMappingSchema.transform((mapping) => ({ mappings: [mapping] })).safeParse(json);
  if (!parsed.success) {
    return {
      kind: 'lossy',
      reasons: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}.`),
    };
  }
  const mappings = parsed.data.mappings.toSorted((a, b) => (a.priority ?? 5) - (b.priority ?? 5));
  if (mappings.length === 0) return { kind: 'lossy', reasons: ['The file has no mappings.'] };
  const groups = Map.groupBy(mappings, (mapping) => mapping.scenarioName ?? mapping);
  const results = [...groups.values()].map(routeOf);
  const reasons = results.flatMap((result) => (typeof result === 'string' ? [result] : []));
  if (reasons.length > 0) return { kind: 'lossy', reasons };
  const routes = results.filter((result): result is RouteText => typeof result !== 'string');
  const [first, ...others] = routes;
  if (!first) return { kind: 'lossy', reasons: ['The file has no mappings.'] };
  const scenario: ScenarioText = {
    format: 1,
    title: 'Imported from WireMock',
    summary: `The stubs of a WireMock server, as the upstream behind ${gateway}. Give it a summary of your own.`,
    gateway: { id: gateway },
    routes: [first, ...others],
  };
  const valid = scenarioSchema.safeParse(scenario);
  if (valid.success) return { kind: 'scenario', scenario };
  return { kind: 'lossy', reasons: valid.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`) };
}

/** A route, or why it cannot be one. */
function routeOf(mappings: readonly WireMockMapping[]): RouteText | string {
  const [first] = mappings;
  if (!first) return 'A scenario has no mappings.';
  const name = first.name ?? JSON.stringify(first.request);
  const match = matchOf(first);
  if (match === null) return `${name}: its URL is no fixed path, and no path with a free end.`;
  if (mappings.some((mapping) => matchOf(mapping) !== match))
    return `${name}: a scenario of several URLs has no counterpart.`;
  const steps = stepsOf(mappings);
  if (steps === null) return `${name}: its states are no row of requests that ends in one answer.`;
  const last = steps.at(-1);
  const failing = steps.slice(0, -1);
  if (!last) return `${name}: nothing answers in the state Started.`;
  if (failing.length === 0) return route(match, last, last);
  const [fails] = failing;
  if (!fails || failing.some((step) => JSON.stringify(step.response) !== JSON.stringify(fails.response))) {
    return `${name}: requests that fail in different ways, one after the other, have no counterpart.`;
  }
  if (!fails.response.fault) return `${name}: a scenario that first answers one thing and then another is no fault.`;
  if (last.response.fault) return `${name}: a scenario that ends in a fault has no counterpart.`;
  const { fixedDelayMilliseconds: before = 0 } = fails.response;
  const { fixedDelayMilliseconds: after = 0 } = last.response;
  if (before !== after)
    return `${name}: the delay of a route is the same with and without its fault; here it is ${before} ms and ${after} ms.`;
  const made = route(match, last, fails);
  return typeof made === 'string' ? made : { ...made, schedule: { first: failing.length } };
}

/** `GET /orders/42`, `* /reports/*`; null when the URL is matched in another way. */
function matchOf({ request }: WireMockMapping): string | null {
  const method = request.method === 'ANY' ? '*' : request.method;
  const { url, urlPath, urlPathPattern } = request;
  const exact = urlPath ?? (url?.includes('?') ? undefined : url);
  if (exact !== undefined) return exact.includes('*') ? null : `${method} ${exact}`;
  const start = /^((?:[^.*+?^${}()|[\]\\]|\\.)*)\.\*$/.exec(urlPathPattern ?? '')?.[1];
  return start === undefined ? null : `${method} ${start.replace(/\\(.)/g, '$1')}*`;
}

/** The mappings in the order of their states, from Started to the one that stays; null when they are no such row. */
function stepsOf(mappings: readonly WireMockMapping[]): WireMockMapping[] | null {
  if (mappings.length === 1 && mappings[0]?.newScenarioState === undefined) return [...mappings];
  const steps: WireMockMapping[] = [];
  let state: string | undefined = 'Started';
  while (state !== undefined) {
    const here: WireMockMapping | undefined = mappings.find(
      ({ requiredScenarioState }) => requiredScenarioState === state,
    );
    if (!here || steps.includes(here)) return null;
    steps.push(here);
    state = here.newScenarioState;
  }
  return steps.length === mappings.length ? steps : null;
}

/** @param fails the mapping whose fault the route takes, if it has one */
function route(match: string, { response, name }: WireMockMapping, fails: WireMockMapping): RouteText | string {
  const { status = 200, statusMessage, headers = {}, fixedDelayMilliseconds = 0 } = response;
  const { fault } = fails.response;
  const repeated = Object.entries(headers).find(([, value]) => Array.isArray(value));
  if (repeated) return `${name ?? match}: the header ${repeated[0]} comes twice, which a route cannot say.`;
  if (statusMessage !== undefined && !/^[\w ]*$/.test(statusMessage))
    return `${name ?? match}: the reason "${statusMessage}" cannot be kept.`;
  const body =
    response.jsonBody ?? response.body ?? (response.base64Body === undefined ? '' : utf8(atob(response.base64Body)));
  if (body === null) return `${name ?? match}: its body is no text in UTF-8.`;
  return {
    match,
    ...(fault ? { fault: FAULT_OF[fault] } : {}),
    response: {
      status,
      headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)])),
      body,
      delay: `${fixedDelayMilliseconds}ms`,
    },
  };
}
