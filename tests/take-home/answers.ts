import { isDeepStrictEqual } from 'node:util';
import { clientViewOf } from '../../src/gateway/client-view.ts';
import type { ClientView, Exchange } from '../../src/gateway/exchange.ts';
import { LAB_RESPONSE, type Fault } from '../../src/gateway/fault.ts';
import { faultById } from '../../src/gateway/faults/index.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import { maskVolatile } from '../../src/gateway/profile.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import type { FaultSchedule } from '../../src/schema/fault-schedule.ts';
import { scenarioSchema, type Scenario } from '../../src/schema/scenario.ts';
import type { Ask } from '../../src/take-home/asks.ts';
import { exchangeRaw } from '../../tools/recorder/raw-client.ts';

/** What must be equal between the page and the folder. */
export type Answer = Pick<ClientView, 'status' | 'error' | 'truncated' | 'body'>;

/** The simulator's answer, with what changes from run to run masked. */
export const simulated = ({ client }: Exchange, gateway: GatewayId): Answer => answerOf(client, gateway);

/** True when the real gateway did what the simulator says, or another thing that it was seen to do when it was recorded. */
export function agrees(answer: Answer, exchange: Exchange, recordings: RecordingSet): boolean {
  const { gateway } = recordings;
  const expected = simulated(exchange, gateway);
  if (isDeepStrictEqual(expected, answer)) return true;
  const recording = recordings.recordings.find(({ fault }) => fault === exchange.fault);
  const others = (recording?.others ?? []).map(({ wire }) =>
    answerOf(clientViewOf(wire, exchange.request.method), gateway),
  );
  if (others.some((other) => isDeepStrictEqual(other, answer))) return true;
  if (isRace(exchange.fault) && [expected, answer].some(({ status }) => status === null)) return true;
  const sameEnd = expected.error === answer.error && expected.truncated === answer.truncated;
  if (showsSample(exchange)) return sameEnd;
  const noBody = expected.status === null || expected.error === 'aborted';
  return sameEnd && noBody && expected.status === answer.status;
}

/** A client that still sends when the gateway answers and closes may lose the answer to the reset that follows. */
function isRace(fault: string): boolean {
  const { headers = [], query = '', bodyLength = 0 } = faultById(fault).request ?? {};
  return bodyLength + query.length + headers.flat().join('').length > 64 * 1024;
}

/** The simulator shows what the recorder's upstream answered, because this answer cannot be made from the scenario's. */
const showsSample = ({ fault, client }: Exchange): boolean =>
  faultById(fault)
    .servers.flatMap((server) => (server.kind === 'tcp' ? [server.sample ?? LAB_RESPONSE] : [LAB_RESPONSE]))
    .some(({ body }) => body !== '' && client.body.includes(body));

/** Asks the gateway of a running folder. */
export async function asked(ask: Ask, port: number, gateway: GatewayId): Promise<Answer> {
  const { method, path: target, request, expected } = ask;
  const patienceMs = Math.max(...expected.map(({ client }) => client.elapsedMs)) + 6000;
  if (!request.sameConnection) {
    for (let primed = 0; primed < ask.prime; primed++) {
      await exchangeRaw(port, { method: 'GET', target, headers: [['X-Lab-Priming', '1']], patienceMs });
    }
    if (ask.settleMs > 0) await new Promise((resolve) => setTimeout(resolve, ask.settleMs));
  }
  const wire = await exchangeRaw(port, {
    ...request,
    method,
    target,
    patienceMs,
    ...(request.sameConnection ? { primingTarget: target } : {}),
  });
  const view = clientViewOf(wire, method);
  // A client that leaves ends the list of events itself.
  const left = request.leavesAfterMs !== undefined && wire.every(({ kind }) => kind === 'bytes') && view.error !== null;
  return answerOf(left ? { ...view, error: 'aborted' } : view, gateway);
}

function answerOf({ status, error, truncated, body }: ClientView, gateway: GatewayId): Answer {
  const masked = maskVolatile(body, 'body', profileOf(gateway).volatile);
  return {
    status,
    error,
    truncated,
    body: masked.length > 300 ? `${masked.slice(0, 300)}… (${masked.length} characters)` : masked,
  };
}

/** How long the story of a hurried scenario takes, ms. */
const STORY_MS = 4000;

/** The scenario with timers of two seconds at most and a story of four, so that a test does not wait for minutes. */
export function hurried(scenario: Scenario): Scenario {
  const most = (duration: number, limit: number): number => Math.min(duration, limit);
  const { connectTimeout, readTimeout, sendTimeout } = scenario.gateway;
  const spans = [...scenario.routes, ...scenario.chapters]
    .flatMap(({ schedule }) => schedule)
    .flatMap(({ during = [], ramp }) => [...during, ...(ramp ? [ramp] : [])]);
  const changes = [...scenario.chapters.map(({ at }) => at), ...spans.flatMap(({ from, to }) => [from, to])];
  const pace = Math.min(1, STORY_MS / Math.max(1, ...changes));
  const sooner = <Span extends { readonly from: number; readonly to: number }>(span: Span): Span => ({
    ...span,
    from: span.from * pace,
    to: span.to * pace,
  });
  const hasten = (schedule: FaultSchedule): FaultSchedule =>
    schedule.map(({ during, ramp, ...rule }) => ({
      ...rule,
      ...(during ? { during: during.map(sooner) } : {}),
      ...(ramp ? { ramp: sooner(ramp) } : {}),
    }));
  return {
    ...scenario,
    chapters: scenario.chapters.map((chapter) => ({
      ...chapter,
      at: chapter.at * pace,
      schedule: hasten(chapter.schedule),
    })),
    gateway: {
      ...scenario.gateway,
      connectTimeout: most(connectTimeout, 2000),
      readTimeout: most(readTimeout, 2000),
      sendTimeout: most(sendTimeout, 2000),
    },
    network: { client: 0, upstream: 0 },
    routes: scenario.routes.map((route) => ({
      ...route,
      schedule: hasten(route.schedule),
      response: { ...route.response, delay: most(route.response.delay, 100) },
    })),
  };
}

/** A scenario with one route for each of these faults, which strikes the first request. */
export const laboratory = (faults: readonly Fault[]): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'Every fault of the catalog',
    summary: 'One route for each fault of the catalog, which strikes the first request to it.',
    gateway: { id: 'nginx' },
    routes: faults.map(({ id, request }) => ({
      match: `${request?.method ?? 'GET'} /f/${id}`,
      fault: id,
      schedule: { first: 1 },
      response: { delay: '0ms', body: 'x'.repeat(1000) },
    })),
  });
