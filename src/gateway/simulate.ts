import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { abandonedExchange } from './abandon.ts';
import { contextOf, type Circumstances } from './circumstances.ts';
import { clientViewOf } from './client-view.ts';
import type { Exchange, ExchangeRequest, Provenance, UpstreamAttempt, WireEvent } from './exchange.ts';
import type { Fault, UpstreamResponse } from './fault.ts';
import { faultById } from './faults/index.ts';
import { decodeBody, formatHead, parseHead } from './http-message.ts';
import { fillPlaceholders, replaceVolatile } from './profile.ts';
import { profileOf } from './profiles/index.ts';
import type { Recording, RecordingSet } from './recording.ts';
import { matcherOf } from './route-matcher.ts';
import { scheduleOf } from './schedule.ts';
import { applicationResponse, passesResponse, playServer, type UpstreamPlay } from './upstream.ts';

/** A simulated gateway with everything behind it. It keeps count of the requests it has seen. */
export interface Gateway {
  /** The route that takes this request; null when the scenario has none for it. */
  readonly match: (request: Pick<ExchangeRequest, 'method' | 'url'>) => ScenarioRoute | null;
  /**
   * Answers a request that the client sends `at` ms after the run began. All of it is computed at once; the caller plays
   * `wire` on its clock. Throws when no route takes the request.
   */
  readonly answer: (request: ExchangeRequest, at: number) => Exchange;
  /** The same exchange when the client goes away `elapsedMs` after it asked, before it had the whole answer. */
  readonly abandon: (exchange: Exchange, elapsedMs: number) => Exchange;
}

export interface GatewayOptions {
  readonly scenario: Scenario;
  readonly recordings: RecordingSet;
  /** Left out: the scenario's own. */
  readonly seed?: number;
  /** `sample`: every fault gives the response it was recorded with, whatever the scenario's application would say. */
  readonly application?: 'scenario' | 'sample';
}

/** Builds the gateway of a scenario. Throws a sentence when the scenario names a fault or gateway that does not exist. */
export function createGateway({ scenario, recordings, seed, application = 'scenario' }: GatewayOptions): Gateway {
  const profile = profileOf(recordings.gateway);
  const provenance = provenanceOf(scenario, recordings);
  const healthy = recordedFault(recordings, 'ok');
  const routes = scenario.routes.map((route, index) => ({
    route,
    takes: matcherOf(scenario, route),
    broken: recordedFault(recordings, route.fault),
    strikes: scheduleOf(scenario, index, seed ?? scenario.seed),
  }));
  let answered = 0;

  return {
    match: (request) => routes.find(({ takes }) => takes(request))?.route ?? null,
    answer: (request, at) => {
      const found = routes.find(({ takes }) => takes(request));
      if (!found) throw new Error(`No route of "${scenario.title}" takes ${request.method} ${request.url}.`);
      const circumstances = { id: ++answered, at, request, scenario, recordings, profile };
      const response = application === 'sample' ? null : applicationResponse(found.route);
      return answerOf(circumstances, found.strikes() ? found.broken : healthy, response, provenance);
    },
    abandon: (exchange, elapsedMs) => {
      const { id, startedAt, request } = exchange;
      return abandonedExchange(exchange, elapsedMs, { id, at: startedAt, request, scenario, recordings, profile });
    },
  };
}

interface RecordedFault {
  readonly fault: Fault;
  readonly recording: Recording;
}

function recordedFault(recordings: RecordingSet, id: string): RecordedFault {
  const fault = faultById(id);
  const recordingOf = (name: string) => recordings.recordings.find((candidate) => candidate.fault === name);
  // A client that leaves is no fault of the upstream's: until it does, all is well. `abandon` tells what comes then.
  const leaves = fault.request?.leavesAfterMs !== undefined;
  const recording = recordingOf(leaves ? 'ok' : id);
  if (recording) return { fault: leaves ? { ...fault, cause: null } : fault, recording };
  throw new Error(`${recordings.program} was not recorded with the fault ${id}.`);
}

/** @param response what the application answers when it is well; null for what it answered to the recorder */
function answerOf(
  circumstances: Circumstances,
  { fault, recording }: RecordedFault,
  response: UpstreamResponse | null,
  provenance: Provenance,
): Exchange {
  const { id, at, request, scenario, recordings, profile } = circumstances;
  const { client: clientDelay, upstream: upstreamDelay } = scenario.network;
  const play = playServer(fault.servers[0] ?? { kind: 'http' }, response, upstreamDelay);
  const waited = waitedMs(recording, recordings, scenario, fault, play);
  const passedOn = passesResponse(fault) && play.response !== null;

  const context = contextOf(circumstances, {
    connectMs: play.connectMs,
    headerMs: passedOn ? waited : null,
    doneMs: waited,
  });
  const arrival = 2 * clientDelay + waited;
  const wire = (passedOn ? passOn(play.response, recording, circumstances) : recording.wire).map((event) =>
    event.kind === 'bytes'
      ? { ...event, at: arrival, bytes: fillPlaceholders(event.bytes, profile.volatile, context) }
      : { ...event, at: arrival },
  );
  const client = clientViewOf(wire, request.method);
  const answered = { ...context, status: client.status ?? 0, bodyBytes: client.body.length };
  const line = (text: string): string => fillPlaceholders(text, profile.volatile, answered);
  const access = recording.log.access.map(line);
  const error = recording.log.error.map(line);

  return {
    id,
    startedAt: at,
    request,
    gateway: { id: recordings.gateway, version: recordings.version, provenance },
    fault: fault.id,
    cause: fault.cause,
    upstream: attemptsOf(recording, scenario, play, waited),
    wire,
    client,
    answeredBy: client.status === null ? null : passedOn ? 'upstream' : 'gateway',
    verdict: profile.verdict(error) ?? (passedOn ? "passed the upstream's response on" : fault.summary),
    log: {
      access: passedOn ? access.map((text) => replaceVolatile(text, 'access', profile.passedOnLog, answered)) : access,
      error,
    },
  };
}

/** The upstream's bytes as the gateway sends them on, ended the way the real gateway ended it. */
function passOn(bytes: string, recording: Recording, { profile, recordings, request }: Circumstances): WireEvent[] {
  const parsed = parseHead(bytes, request.method);
  const last = recording.wire.at(-1);
  if (parsed.kind !== 'head' || !last)
    throw new Error(`The upstream of ${recording.fault} sent no response to pass on.`);
  const head = formatHead(profile.passOn(parsed.head, recordings.program));
  const { body } = decodeBody(bytes.slice(parsed.bodyStart), parsed.framing);
  return [{ at: 0, kind: 'bytes', bytes: head + body }, last];
}

/**
 * How long the gateway held the request, ms. Where one of its timers decided, the recording's timer is exchanged for the
 * scenario's, as often as it ran out; otherwise it is the upstream's own time.
 */
function waitedMs(
  recording: Recording,
  { timeouts }: RecordingSet,
  { gateway }: Scenario,
  fault: Fault,
  play: UpstreamPlay,
): number {
  const recorded = recording.wire[0]?.at ?? 0;
  const pause = recorded > 50 ? recorded : 0;
  if (!fault.timer) return Math.max(pause, play.wire[0]?.at ?? 0);
  const timer = timeouts[fault.timer];
  const timesOut = Math.floor((recorded + timer / 10) / timer);
  const wanted = { connectMs: gateway.connectTimeout, readMs: gateway.readTimeout, sendMs: gateway.sendTimeout };
  return recorded + timesOut * (wanted[fault.timer] - timer);
}

function attemptsOf(
  { attempts }: Recording,
  { network, upstream }: Scenario,
  play: UpstreamPlay,
  waited: number,
): UpstreamAttempt[] {
  return Array.from({ length: attempts }, (_, index) => {
    const startedAt = network.client + (index * waited) / attempts;
    const wire = play.wire.map((event) => ({
      ...event,
      at: startedAt + (isConnectTimeout(event) ? waited / attempts : event.at),
    }));
    return { address: upstream, startedAt, wire };
  });
}

const isConnectTimeout = (event: WireEvent): boolean => event.kind === 'connect-failed' && event.reason === 'timeout';

function provenanceOf(scenario: Scenario, { program, date, settings, gateway, version }: RecordingSet): Provenance {
  const wanted = scenario.gateway.id.split('@')[1];
  const recorded: Provenance = { kind: 'recorded', program, date, settings };
  const same = wanted === undefined || version === wanted || version.startsWith(`${wanted}.`);
  return same ? recorded : { ...recorded, standsInFor: `${gateway} ${wanted}` };
}
