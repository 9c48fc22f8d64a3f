import type { DocumentedAnswer, DocumentedSet } from '../../schema/documented.ts';
import { clientViewOf } from '../client-view.ts';
import type {
  ClientView,
  Exchange,
  ExchangeRequest,
  Header,
  Provenance,
  UpstreamAttempt,
  WireEvent,
} from '../exchange.ts';
import { fatedAttempts, movedTo, type Fate } from '../fate.ts';
import type { UpstreamResponse } from '../fault.ts';
import { decodeBody, formatBody, formatHead, parseHead, toLatin1 } from '../http-message.ts';
import { withoutHopByHop } from '../profiles/hop-by-hop.ts';
import { RUN_EPOCH } from '../run-epoch.ts';
import type { TimedAttempt } from '../timeline.ts';
import { playServer, type UpstreamPlay } from '../upstream.ts';
import type { DocumentedFault } from './documented-fault.ts';
import { fillText, valuesOf, type Occasion } from './values.ts';

/** The request and everything around it that does not come from the documentation. Times in ms. */
export interface DocumentedContext {
  /** Order of the exchange within the run, from 1. */
  readonly id: number;
  /** ms since the run began. */
  readonly at: number;
  readonly request: ExchangeRequest;
  /** `host:port`, as the gateway logs it. */
  readonly upstream: string;
  /** One-way delays. */
  readonly network: { readonly client: number; readonly upstream: number };
  /** What the application answers when it is well; null takes the sample of the fault. */
  readonly response: UpstreamResponse | null;
  /** The gateway's timers, for faults where the documentation names no value. */
  readonly timeouts: { readonly connectMs: number; readonly readMs: number; readonly sendMs: number };
  /** What a simulated system of servers decided; left out where there is none. */
  readonly fate?: Fate | undefined;
}

/** A documented gateway without its answers, for one of its variants. */
export interface DocumentedGateway extends Omit<DocumentedSet, 'answers' | 'silent' | 'variants'> {
  readonly variant: string;
}

/** The exchange that a vendor's documentation describes. Pure: the same question, the same bytes. */
export function documentedExchange(
  gateway: DocumentedGateway,
  { fault, variant, answer: found }: DocumentedFault,
  context: DocumentedContext,
): Exchange {
  const { id, at, request, network, fate } = context;
  const upstream = fate?.addresses[0] ?? context.upstream;
  const fails = found.answer.kind === 'own';
  const play = playServer(variant.servers[0] ?? { kind: 'http' }, context.response, network.upstream, fails);
  const own = ownWaitMs(variant.timer, variant.request?.leavesAfterMs ?? 0, found, play, context.timeouts);
  const waited = movedTo(fate, 0, () => own)(0);
  const requestedAt = RUN_EPOCH + at + network.client;
  const occasion = { id, request, requestedAt, finishedAt: requestedAt + waited, upstream, attempts: found.attempts };
  const nothingYet = { status: null, bodyBytes: 0, sentBytes: 0 };
  const wire = wireOf(gateway, found, play, request.method, valuesOf({ ...occasion, ...nothingYet })).map((event) => ({
    ...event,
    at: event.at + waited + 2 * network.client,
  }));
  const client = found.answer.kind === 'client-left' ? leftAfter(waited) : clientViewOf(wire, request.method);
  const sentBytes = wire.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.bytes.length : 0), 0);
  const timed = (): TimedAttempt[] => attemptsOf(found.attempts, play, own, network.client, upstream);
  const attempts = fate ? fatedAttempts(fate, found.attempts, timed) : timed();
  return {
    id,
    startedAt: at,
    request,
    gateway: { id: gateway.gateway, version: gateway.variant, provenance: provenanceOf(gateway, found) },
    fault: fault.id,
    cause: fault.cause,
    upstream: attempts.map(({ attempt }) => attempt),
    wire,
    client,
    answeredBy: client.status === null ? null : found.answer.kind === 'passes' ? 'upstream' : 'gateway',
    verdict: found.says,
    log: documentedLog(gateway, found, {
      ...occasion,
      status: client.status,
      bodyBytes: client.body.length,
      sentBytes,
    }),
  };
}

/** The page that states an answer. */
export function provenanceOf(
  { sources, name: ofGateway, reviewed }: DocumentedGateway,
  { source }: DocumentedAnswer,
): Provenance {
  const { name, url } = sources[source] ?? { name: ofGateway, url: '' };
  return { kind: 'documented', source: `${name} (${url})`, date: reviewed };
}

/** The lines that the gateway writes about an answer. */
export function documentedLog(
  { log }: DocumentedGateway,
  found: DocumentedAnswer,
  occasion: Occasion,
): Exchange['log'] {
  const values = valuesOf(occasion);
  const fields = { ...log.fields, ...found.log };
  const line = (text: { readonly line: string } | undefined): string[] =>
    text ? [fillText(text.line, fields, values)] : [];
  return { access: line(log.access), error: 'error' in fields ? line(log.error) : [] };
}

/** How long the gateway holds the request, ms: until its documented timer, its configured timer, or the upstream decides. */
function ownWaitMs(
  timer: keyof DocumentedContext['timeouts'] | undefined,
  leavesAfterMs: number,
  { after, attempts, answer }: DocumentedAnswer,
  play: UpstreamPlay,
  timeouts: DocumentedContext['timeouts'],
): number {
  if (answer.kind === 'client-left') return leavesAfterMs;
  if (answer.kind === 'own' && after !== undefined) return after;
  if (answer.kind === 'own' && timer) return Math.max(1, attempts) * timeouts[timer];
  return (answer.kind === 'passes' ? play.wire[0] : play.wire.at(-1))?.at ?? 0;
}

const leftAfter = (elapsedMs: number): ClientView => ({
  status: null,
  reason: null,
  headers: [],
  body: '',
  truncated: false,
  error: 'aborted',
  elapsedMs,
});

/** What travels to the client; `at` in ms since the gateway's own time of answer. */
function wireOf(
  gateway: DocumentedGateway,
  { answer, after }: DocumentedAnswer,
  play: UpstreamPlay,
  method: string,
  values: Readonly<Record<string, string>>,
): WireEvent[] {
  const filled = (headers: Readonly<Record<string, string>>): Header[] =>
    Object.entries(headers).map(([name, value]) => [name, fillText(value, {}, values)]);
  switch (answer.kind) {
    case 'client-left':
      return [];
    case 'own': {
      const body = toLatin1(fillText(answer.body, {}, values));
      // The length is the simulator's, so that a client knows where an excerpt ends.
      const headers: Header[] = [
        ...filled({ ...gateway.headers, ...answer.headers }),
        ['Content-Length', String(body.length)],
      ];
      const head = formatHead({ version: 'HTTP/1.1', status: answer.status, reason: answer.reason, headers });
      return [
        { at: 0, kind: 'bytes', bytes: head + (method === 'HEAD' ? '' : body) },
        { at: 0, kind: 'stall' },
      ];
    }
    case 'passes':
      return passedOn(play, method, filled({ ...gateway.addedHeaders, ...answer.headers }), after ?? 0);
  }
}

/** The upstream's response as far as it came, with the gateway's own headers behind the upstream's. */
function passedOn(play: UpstreamPlay, method: string, added: readonly Header[], endsAfter: number): WireEvent[] {
  const parsed = parseHead(play.response ?? '', method);
  if (parsed.kind !== 'head')
    throw new Error('The documentation says that a response is passed on, but the upstream sends none.');
  const replaced = new Set(added.map(([name]) => name.toLowerCase()));
  const kept = withoutHopByHop(parsed.head.headers).filter(([name]) => !replaced.has(name.toLowerCase()));
  const head = { ...parsed.head, version: 'HTTP/1.1', headers: [...kept, ...added] };
  const { body, complete } = decodeBody((play.response ?? '').slice(parsed.bodyStart), parsed.framing);
  const whole = complete || parsed.framing.kind === 'none';
  const framed = parsed.framing.kind === 'none' ? '' : formatBody(head, body, whole);
  return [
    { at: 0, kind: 'bytes', bytes: formatHead(head) + framed },
    { at: endsAfter, kind: whole ? 'stall' : 'close' },
  ];
}

function attemptsOf(
  attempts: number,
  play: UpstreamPlay,
  waited: number,
  clientMs: number,
  address: string,
): TimedAttempt[] {
  const responseMs = waited / attempts;
  return Array.from({ length: attempts }, (_, index) => {
    const startedAt = clientMs + index * responseMs;
    const wire = play.wire.map((event) => ({ ...event, at: startedAt + event.at }));
    const attempt: UpstreamAttempt = { address, startedAt, wire };
    return { attempt, times: { connectMs: play.connectMs, headerMs: null, responseMs } };
  });
}
