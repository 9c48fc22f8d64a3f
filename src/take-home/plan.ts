import type { WireEvent } from '../gateway/exchange.ts';
import type { Fault, RouteNeeds, ServerScript, TlsServer, UpstreamResponse } from '../gateway/fault.ts';
import { faultById } from '../gateway/faults/index.ts';
import type { Timeouts } from '../gateway/recording.ts';
import { applicationResponse } from '../gateway/application.ts';
import { formatResponse } from '../gateway/upstream.ts';
import type { FaultRule } from '../schema/fault-schedule.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';

/**
 * What a scenario takes on a real machine: which paths the gateway knows, which servers stand behind them, and what each
 * server does. The gateway's configuration and the upstream's program are both written from it, so they fit together.
 */
export interface Plan {
  readonly scenario: Scenario;
  readonly routes: readonly PlannedRoute[];
  /** Narrowest first, so that a gateway which takes the first match takes the right one. */
  readonly places: readonly Place[];
  /** Servers besides the application, for faults that begin below HTTP. Their numbers begin at 1. */
  readonly lanes: readonly Lane[];
  readonly timers: Timeouts;
  /** Where the gateway asks which lane a request takes; null when no place needs it. */
  readonly directorPort: number | null;
  /** Where the name server answers; null when every server is named by address. */
  readonly nameServerPort: number | null;
  /** How many ports from the first one are used. */
  readonly ports: number;
  /** What of the scenario is left out, as sentences. */
  readonly notes: readonly string[];
}

/** The application's port. All others follow it. */
export const FIRST_PORT = 9000;
export const GATEWAY_PORT = 8080;

export interface PlannedRoute {
  readonly match: string;
  /** Null for every method. */
  readonly method: string | null;
  readonly path: string;
  /** `path` is the beginning of a path. */
  readonly prefix: boolean;
  readonly healthy: Script;
  readonly strikes: readonly Strike[];
}

/** One fault of a route, and when it strikes. */
export interface Strike {
  readonly fault: Fault;
  /** Any of them may strike; one without conditions always does. */
  readonly rules: readonly FaultRule[];
  /** What the application does; null when a lane plays it. */
  readonly script: Script | null;
  readonly lane: Lane | null;
  readonly seed: number;
  /** Position of the chapter whose fault it is; null for the route's own. A chapter counts the requests of all routes together. */
  readonly chapter: number | null;
}

/** What a server does with one request: waits until `after`, then plays the events at their times, in ms. */
export interface Script {
  readonly after: 'accept' | 'bytes' | 'head' | 'request';
  readonly events: readonly WireEvent[];
  readonly stopsReading: boolean;
}

/** A path of the gateway's configuration. */
export interface Place {
  readonly path: string;
  readonly prefix: boolean;
  /** `application`: every request goes there. A lane: every request goes to it. `ask`: the upstream decides request by request. */
  readonly goes: 'application' | 'ask' | Lane;
  /** The lanes that requests can take here. */
  readonly lanes: readonly Lane[];
  readonly bodyLimit: RouteNeeds['bodyLimit'] | null;
}

/** Servers of their own for one fault of one route. */
export interface Lane {
  readonly number: number;
  /** `lane_1`, as configurations name it. */
  readonly name: string;
  readonly fault: Fault;
  readonly needs: RouteNeeds;
  readonly servers: readonly LaneServer[];
}

export type LaneServer = { readonly port: number } & (
  | { readonly kind: 'closed' }
  | { readonly kind: 'full-queue'; readonly answer: string | null }
  | { readonly kind: 'unresolvable'; readonly host: string; readonly rcode: 'nxdomain' | 'servfail' | 'timeout' }
  | { readonly kind: 'unix'; readonly path: string; readonly access: 'missing' | 'denied' }
  | { readonly kind: 'tls-only' }
  | { readonly kind: 'http2' }
  | { readonly kind: 'script'; readonly script: Script }
  | {
      readonly kind: 'kept';
      readonly delay: number;
      readonly response: string;
      readonly tls: TlsServer | null;
      readonly onReuse: 'close' | 'reset' | null;
      readonly closesIdleAfterMs: number | null;
      readonly numbersConnections: boolean;
    }
);

/** Seeds of routes and chapters, as in the simulator (gateway/story.ts, gateway/scenario-system.ts), for the same dice. */
const ROUTE_STREAM = 7919;
const CHAPTER_STREAM = 1_299_709;

const HOSTS = { nxdomain: 'no-such-host.invalid', servfail: 'servfail.test', timeout: 'timeout.test' } as const;

/** Why a scenario cannot be reproduced outside of the lab, as a sentence; null when it can. */
export function cannotTakeHome(scenario: Scenario): string | null {
  const faults = faultsIn(scenario);
  const healthy = faults.every((fault) => fault === 'ok');
  if (healthy && scenario.client)
    return 'What fails here lies between the client and the gateway, and the folder’s gateway can always be reached.';
  if (healthy && scenario.system) {
    return 'What fails here comes from load on servers with workers and queues, which the folder’s upstream does not have.';
  }
  for (const fault of faults) {
    const { route } = faultById(fault);
    if (route?.protocol)
      return `The fault ${fault} is one of ${route.protocol === 'uwsgi' ? 'uWSGI' : 'FastCGI'}; the folder speaks HTTP to its upstream.`;
    const program = faultById(fault).servers.flatMap((server) => (server.kind === 'cgi' ? [server.program] : []))[0];
    if (program) return `The fault ${fault} needs a real ${program} server, which a folder of text files cannot bring.`;
  }
  return null;
}

/** The faults of all routes and chapters. */
export const faultsIn = ({ routes, chapters }: Scenario): string[] => [
  ...new Set([...routes, ...chapters].map(({ fault }) => fault)),
];

/** The plan of a scenario. Throws a sentence when it names an unknown fault. */
export function planOf(scenario: Scenario): Plan {
  const lanes: Lane[] = [];
  let ports = 1;
  const takePort = (): number => FIRST_PORT + ports++;

  const addLane = (fault: Fault, response: UpstreamResponse): Lane => {
    const number = lanes.length + 1;
    const servers = fault.servers.map((script) => laneServer(script, response, takePort()));
    const lane = { number, name: `lane_${number}`, fault, needs: fault.route ?? {}, servers };
    lanes.push(lane);
    return lane;
  };
  const routes = scenario.routes.map((route, index): PlannedRoute => {
    const response = applicationResponse(route);
    const strikeOf = (id: string, rules: readonly FaultRule[], seed: number, chapter: number | null): Strike => {
      const fault = faultById(id);
      const script = applicationScript(fault, response);
      return { fault, rules, script, lane: script ? null : addLane(fault, response), seed, chapter };
    };
    const strikes = scenario.chapters.flatMap(({ fault, schedule }, chapter) =>
      fault === 'ok'
        ? []
        : [strikeOf(fault, schedule, scenario.seed + CHAPTER_STREAM + 15_485_863 * (chapter + 1), chapter)],
    );
    if (route.fault !== 'ok')
      strikes.push(strikeOf(route.fault, route.schedule, scenario.seed + ROUTE_STREAM * index, null));
    return { ...matchOf(route), healthy: answering(response), strikes };
  });
  const places = placesOf(routes);
  const directorPort = places.some(({ goes }) => goes === 'ask') ? takePort() : null;
  const named = lanes.some(({ servers }) => servers.some(({ kind }) => kind === 'unresolvable'));
  const nameServerPort = named ? takePort() : null;
  const { connectTimeout: connectMs, readTimeout: readMs, sendTimeout: sendMs } = scenario.gateway;
  const timers = { connectMs, readMs, sendMs };
  return { scenario, routes, places, lanes, timers, directorPort, nameServerPort, ports, notes: notesOn(scenario) };
}

/** True for a rule without any condition. */
export const isAlways = (rule: FaultRule): boolean => Object.values(rule).every((value) => value === undefined);

function matchOf({ match }: ScenarioRoute): Pick<PlannedRoute, 'match' | 'method' | 'path' | 'prefix'> {
  const [method = '*', pattern = '/'] = match.split(' ');
  const prefix = pattern.endsWith('*');
  return { match, method: method === '*' ? null : method, path: prefix ? pattern.slice(0, -1) : pattern, prefix };
}

/** Sends the answer and ends the connection, so that no request depends on what an earlier one left open. */
function answering(response: UpstreamResponse): Script {
  const bytes = formatResponse({ ...response, headers: [...response.headers, ['Connection', 'close']] });
  const at = response.delayMs;
  return {
    after: 'request',
    stopsReading: false,
    events: [
      { at, kind: 'bytes', bytes },
      { at, kind: 'close' },
    ],
  };
}

/** What the application does when the fault strikes; null when the fault begins before there is a request to read. */
function applicationScript(fault: Fault, application: UpstreamResponse): Script | null {
  const [server, second] = fault.servers;
  if (!server || second || fault.route?.tls || fault.route?.keepAlive || fault.route?.resolveAtStart) return null;
  if (server.kind === 'http') {
    if (server.tls || server.onReuse || server.closesIdleAfterMs !== undefined || server.numbersConnections)
      return null;
    const response = server.response ?? application;
    return answering({ ...response, delayMs: response.delayMs + (server.delayMs ?? 0) });
  }
  if (server.kind !== 'tcp' || server.after === 'accept' || server.after === 'bytes') return null;
  return scriptOf(server, application);
}

function scriptOf(
  { after, play, stopsReading }: Extract<ServerScript, { kind: 'tcp' }>,
  application: UpstreamResponse,
): Script {
  const worked = after === 'head' || after === 'request' ? application.delayMs : 0;
  return {
    after,
    stopsReading: stopsReading === true,
    events: play(application).map((event) => ({ ...event, at: event.at + worked })),
  };
}

function laneServer(script: ServerScript, application: UpstreamResponse, port: number): LaneServer {
  switch (script.kind) {
    case 'closed':
      return { kind: 'closed', port };
    case 'blackhole':
      return { kind: 'full-queue', port, answer: null };
    case 'slow-connect':
      return {
        kind: 'full-queue',
        port,
        answer: formatResponse({ ...application, headers: [...application.headers, ['Connection', 'close']] }),
      };
    case 'unresolvable':
      return { kind: 'unresolvable', port, host: HOSTS[script.rcode], rcode: script.rcode };
    case 'unix':
      return { kind: 'unix', port, path: `run/${script.access}.sock`, access: script.access };
    case 'tls-only':
    case 'http2':
      return { kind: script.kind, port };
    case 'tcp':
      return { kind: 'script', port, script: scriptOf(script, application) };
    case 'http': {
      const response = script.response ?? application;
      return {
        kind: 'kept',
        port,
        delay: response.delayMs + (script.delayMs ?? 0),
        response: formatResponse(response),
        tls: script.tls ?? null,
        onReuse: script.onReuse ?? null,
        closesIdleAfterMs: script.closesIdleAfterMs ?? null,
        numbersConnections: script.numbersConnections === true,
      };
    }
    case 'cgi':
      throw new Error(`A ${script.program} server cannot be taken home.`);
  }
}

type Pattern = Pick<PlannedRoute, 'path' | 'prefix'>;

const covers = (wide: Pattern, narrow: Pattern): boolean =>
  wide.prefix ? narrow.path.startsWith(wide.path) : !narrow.prefix && narrow.path === wide.path;

function placesOf(routes: readonly PlannedRoute[]): Place[] {
  const patterns = routes.filter(
    (route, index) => routes.findIndex(({ path, prefix }) => path === route.path && prefix === route.prefix) === index,
  );
  const narrowFirst = patterns.toSorted(
    (a, b) => Number(a.prefix) - Number(b.prefix) || (a.prefix ? b.path.length - a.path.length : 0),
  );
  return narrowFirst.map(({ path, prefix }) => {
    // A request here is taken by the first of these that takes its method.
    const candidates = routes.filter((route) => covers(route, { path, prefix }));
    const strikes = candidates.flatMap((candidate) => candidate.strikes);
    const lanes = strikes.flatMap(({ lane }) => lane ?? []);
    const [only] = lanes;
    // A server that has to be told beforehand takes the question, whatever its schedule.
    const prepared = lanes.some(({ servers }) =>
      servers.some((server) => server.kind === 'full-queue' && server.answer !== null),
    );
    const always =
      !prepared &&
      candidates.length === 1 &&
      strikes.length === 1 &&
      strikes[0]?.chapter === null &&
      strikes[0].rules.some(isAlways);
    const goes = !only ? 'application' : always ? only : 'ask';
    const limits = strikes.flatMap(({ fault }) => fault.route?.bodyLimit ?? []);
    return { path, prefix, goes, lanes, bodyLimit: limits[0] ?? null };
  });
}

/** Parts of a scenario that only the simulator has. */
function notesOn({ client, system, load, routes, chapters }: Scenario): string[] {
  const notes: string[] = [];
  if (client) notes.push('What keeps the client from the gateway is left out: this gateway can always be reached.');
  if (system)
    notes.push('The upstream’s workers, queue and limits are left out: this upstream takes every request at once.');
  if (load) notes.push('The load is left out: send it with a tool such as hey or wrk.');
  if (routes.some(({ effect }) => effect !== undefined)) {
    notes.push('The ledger is left out: this upstream remembers neither effects nor idempotency keys.');
  }
  if (chapters.some(({ slow, load: factor }) => slow !== 1 || factor !== 1)) {
    notes.push('Chapters change faults only: their factors on service time and load are left out.');
  }
  return notes;
}
