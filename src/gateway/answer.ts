import { contextOf, type Circumstances } from './circumstances.ts';
import { clientViewOf } from './client-view.ts';
import type { Exchange, Provenance, WireEvent } from './exchange.ts';
import { fatedAttempts, movedTo } from './fate.ts';
import type { UpstreamResponse } from './fault.ts';
import { filledWire } from './filled-wire.ts';
import { formatFields, parseHead } from './http-message.ts';
import { bytesOf, lastTried, passOn } from './pass-on.ts';
import { serverAddress, SIMULATED_SOCKET } from './places.ts';
import { passedOnLine } from './passed-on-line.ts';
import { PreparedWires, playPrepared, prepareWire, type PlayedWire } from './prepared-wire.ts';
import { asksToClose, fillPlaceholders } from './profile.ts';
import type { RecordedFault } from './recorded-fault.ts';
import type { VolatileContext } from './recording.ts';
import { attemptsOf, timeline, type TimedAttempt, type TimeOf } from './timeline.ts';
import { playServer } from './upstream.ts';

/**
 * One exchange, out of what was recorded of its fault.
 * @param response what the application answers when it is well; null for what it answered to the recorder
 */
export function answerOf(
  circumstances: Circumstances,
  recorded: RecordedFault,
  response: UpstreamResponse | null,
  provenance: Provenance,
): Exchange {
  const { id, at, request, scenario, recordings, profile, fate } = circumstances;
  const { fault, variant, recording, passedOn, untilClientLeaves } = recorded;
  const script = variant.servers[lastTried(recording)] ?? { kind: 'http' };
  const closes = asksToClose(profile, variant);
  const play = playServer(script, response, scenario.network.upstream, passedOn === null, closes);
  const firstMs = recording.wire[0]?.at ?? 0;
  const ownTimeOf = untilClientLeaves
    ? () => play.wire.at(-1)?.at ?? 0
    : timeline(recorded, recordings, scenario, play, response?.delayMs ?? 0);
  const timeOf = movedTo(fate, firstMs, ownTimeOf);
  const doneMs = timeOf(recording.wire.at(-1)?.at ?? 0);
  const headerMs = passedOn ? timeOf(firstMs) : null;
  const addresses = addressesIn(recorded, circumstances);
  const startsMs = fate?.startsMs ?? 0;
  const own = (): TimedAttempt[] =>
    attemptsOf(
      recorded,
      scenario,
      response,
      addresses,
      headerMs === null ? null : headerMs - startsMs,
      doneMs - startsMs,
      closes ? null : play,
    );
  const attempts = fate ? fatedAttempts(fate, recording.attempts, own) : own();
  const times = attempts.slice(fate?.earlier.length ?? 0).map((attempt) => attempt.times);
  const connectMs = fate && fate.told.length === 1 ? (times[0]?.connectMs ?? null) : play.connectMs;
  const context = contextOf(circumstances, { connectMs, headerMs, doneMs, attempts: times }, script);
  const rewritten = passedOn?.by === 'profile' && (response !== null || untilClientLeaves);
  const unfilled = (): readonly WireEvent[] =>
    rewritten
      ? passOn(play.response ?? '', recording, passedOn, (head, sent) =>
          profile.passOn(head, recordings.program, { ...sent, method: request.method }),
        )
      : recording.wire;
  const prepared = PREPARED.find(recording, request.method, rewritten ? (play.response ?? '') : '', () =>
    prepareWire(unfilled(), rewritten, request.method, profile.volatile),
  );
  const travelMs = 2 * scenario.network.client;
  const { wire, client, sentBytes } = prepared
    ? playPrepared(prepared, context, (ms) => travelMs + timeOf(ms))
    : playAnew(
        circumstances,
        recorded,
        rewritten ? (play.response ?? '') : null,
        context,
        (ms) => travelMs + timeOf(ms),
      );
  const { status, reason, headers, body } = client;
  const answered = {
    ...context,
    status: status ?? 0,
    bodyBytes: body.length,
    sentBytes,
    head: status === null ? null : { status, reason, headers },
  };
  const line = (text: string): string => fillPlaceholders(text, profile.volatile, answered);
  const access = recording.log.access.map(rewritten ? (text) => passedOnLine(text, profile, answered) : line);
  const error = recording.log.error.map(line);
  return {
    id,
    startedAt: at,
    request,
    gateway: { id: recordings.gateway, version: recordings.version, provenance },
    fault: fault.id,
    cause: untilClientLeaves ? null : fault.cause,
    upstream: attempts.map(({ attempt }) =>
      attempt.wire.some(isUndated)
        ? { ...attempt, wire: attempt.wire.map((event) => dated(event, context.finishedAt)) }
        : attempt,
    ),
    wire,
    client,
    answeredBy: status === null ? null : passedOn ? 'upstream' : 'gateway',
    verdict:
      verdictOf(recorded, error) ??
      profile.verdict(error, access) ??
      (passedOn ? "passed the upstream's response on" : fault.summary),
    log: { access, error },
  };
}

const PREPARED = new PreparedWires();

/**
 * Writes an answer event by event.
 * @param sent what the upstream sent, for an answer that its gateway passes on as its profile tells; else null
 * @param timeOf ms at which a recorded event reaches the client
 */
function playAnew(
  { request, recordings, profile }: Circumstances,
  { recording, passedOn }: RecordedFault,
  sent: string | null,
  context: VolatileContext,
  timeOf: TimeOf,
): PlayedWire {
  const fill = (text: string): string => fillPlaceholders(text, profile.volatile, context);
  const told =
    sent !== null && passedOn
      ? passOn(sent, recording, passedOn, (head, message) => {
          const written = profile.passOn(head, recordings.program, { ...message, method: request.method });
          return { ...written, headers: written.headers.map(([name, value]) => [name, fill(value)] as const) };
        })
      : filledWire(recording.wire, fill);
  const wire = withoutBody(told, request.method).map((event) => ({ ...event, at: timeOf(event.at) }));
  return { wire, client: clientViewOf(wire, request.method), sentBytes: bytesOf(wire).length };
}

/** A response to HEAD is the head alone (RFC 9110 §9.3.2). */
function withoutBody(wire: readonly WireEvent[], method: string): readonly WireEvent[] {
  if (method !== 'HEAD') return wire;
  const parsed = parseHead(bytesOf(wire), method);
  if (parsed.kind !== 'head') return wire;
  let left = parsed.bodyStart;
  return wire.map((event) => {
    if (event.kind !== 'bytes') return event;
    const bytes = event.bytes.slice(0, left);
    left -= bytes.length;
    return { ...event, bytes };
  });
}

function addressesIn({ variant }: RecordedFault, { scenario, fate }: Circumstances): (server: number) => string {
  return (server) =>
    variant.servers[server]?.kind === 'unix'
      ? `unix:${SIMULATED_SOCKET}`
      : (fate?.addresses[server] ?? (server === 0 ? scenario.upstream : serverAddress(scenario.upstream, server)));
}

const isUndated = (event: WireEvent): boolean => event.kind === 'bytes' && event.bytes.includes('Date: {{date}}');

const dated = (event: WireEvent, ms: number): WireEvent =>
  event.kind === 'bytes' && isUndated(event)
    ? {
        ...event,
        bytes: event.bytes.replace('Date: {{date}}\r\n', formatFields([['Date', new Date(ms).toUTCString()]])),
      }
    : event;

/** What is to be said where the gateway could not say it: it had ended, or never begun. */
function verdictOf({ recording: { crash, wire } }: RecordedFault, error: readonly string[]): string | null {
  if (crash === undefined) return null;
  if (wire[0]?.kind === 'connect-failed')
    return `the gateway did not start (${crash}): ${error.at(-1) ?? 'it said nothing'}`;
  return `the gateway itself ended over this answer (${crash})`;
}
