import type { DocumentedAnswer, DocumentedSet } from '../../schema/documented.ts';
import { clientViewOf } from '../client-view.ts';
import type { ClientView, Exchange, ExchangeRequest, Header, UpstreamAttempt, WireEvent } from '../exchange.ts';
import type { Fault, UpstreamResponse } from '../fault.ts';
import { decodeBody, formatBody, formatHead, parseHead, toLatin1 } from '../http-message.ts';
import type { GatewayId } from '../ids.ts';
import { withoutHopByHop } from '../profiles/hop-by-hop.ts';
import { RUN_EPOCH } from '../run-epoch.ts';
import { playServer, type UpstreamPlay } from '../upstream.ts';
import { fillText, valuesOf } from './values.ts';

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
  /** One of the set's variants, such as `rest`; null for the first. */
  readonly variant: string | null;
  /** The gateway's timers, for faults where the documentation names no value. */
  readonly timeouts: { readonly connectMs: number; readonly readMs: number; readonly sendMs: number };
}

/** The answer that the vendor documents, or the sentence that there is none. Never a guess. */
export type DocumentedResult =
  | {
      readonly kind: 'documented';
      readonly exchange: Exchange;
      readonly bodyIs: 'exact' | 'excerpt' | 'undocumented' | 'passed-on';
    }
  | { readonly kind: 'not-documented'; readonly gateway: GatewayId; readonly fault: string; readonly why: string };

/**
 * What a gateway that cannot be recorded does with a fault, after its documentation. Pure: the same question, the same
 * bytes. Throws a sentence when the set has no such variant.
 */
export function documentedAnswer(set: DocumentedSet, fault: Fault, context: DocumentedContext): DocumentedResult {
  const variant = set.variants.find(({ id }) => context.variant === null || id === context.variant);
  if (!variant) {
    const known = set.variants.map(({ id }) => id).join(', ');
    throw new Error(`There is no ${set.gateway}@${context.variant ?? ''}; its variants are ${known}.`);
  }
  const { gateway } = set;
  const found = set.answers.find(
    ({ faults, variants }) => faults.includes(fault.id) && (variants?.includes(variant.id) ?? true),
  );
  if (!found) return { kind: 'not-documented', gateway, fault: fault.id, why: whyNot(set, fault) };
  const bodyIs = found.answer.kind === 'own' ? found.answer.bodyIs : 'passed-on';
  return { kind: 'documented', exchange: exchangeOf(set, variant.id, fault, found, context), bodyIs };
}

const whyNot = (set: DocumentedSet, fault: Fault): string =>
  set.silent.find(({ faults }) => faults.includes(fault.id))?.why ??
  `The documentation of ${set.name} does not say what a client gets when the upstream ${fault.summary}.`;

function exchangeOf(
  set: DocumentedSet,
  variant: string,
  fault: Fault,
  found: DocumentedAnswer,
  context: DocumentedContext,
): Exchange {
  const { id, at, request, network, upstream } = context;
  const play = playServer(fault.servers[0] ?? { kind: 'http' }, context.response, network.upstream);
  const waited = waitedMs(fault, found, play, context);
  const requestedAt = RUN_EPOCH + at + network.client;
  const occasion = { id, request, requestedAt, finishedAt: requestedAt + waited, upstream, attempts: found.attempts };
  const nothingYet = { status: null, bodyBytes: 0, sentBytes: 0 };
  const wire = wireOf(set, found, play, request.method, valuesOf({ ...occasion, ...nothingYet })).map((event) => ({
    ...event,
    at: event.at + waited + 2 * network.client,
  }));
  const client = found.answer.kind === 'client-left' ? leftAfter(waited) : clientViewOf(wire, request.method);
  const sentBytes = wire.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.bytes.length : 0), 0);
  const values = valuesOf({ ...occasion, status: client.status, bodyBytes: client.body.length, sentBytes });
  const fields = { ...set.log.fields, ...found.log };
  const line = (log: { readonly line: string } | undefined): string[] =>
    log ? [fillText(log.line, fields, values)] : [];
  const { name, url } = set.sources[found.source] ?? { name: set.name, url: '' };
  return {
    id,
    startedAt: at,
    request,
    gateway: {
      id: set.gateway,
      version: variant,
      provenance: { kind: 'documented', source: `${name} (${url})`, date: set.reviewed },
    },
    fault: fault.id,
    cause: fault.cause,
    upstream: attemptsOf(found.attempts, play, waited, context),
    wire,
    client,
    answeredBy: client.status === null ? null : found.answer.kind === 'passes' ? 'upstream' : 'gateway',
    verdict: found.says,
    log: { access: line(set.log.access), error: 'error' in fields ? line(set.log.error) : [] },
  };
}

/** How long the gateway holds the request, ms: until its documented timer, its configured timer, or the upstream decides. */
function waitedMs(
  fault: Fault,
  { after, attempts, answer }: DocumentedAnswer,
  play: UpstreamPlay,
  context: DocumentedContext,
): number {
  if (answer.kind === 'client-left') return fault.request?.leavesAfterMs ?? 0;
  if (answer.kind === 'own' && after !== undefined) return after;
  if (answer.kind === 'own' && fault.timer) return Math.max(1, attempts) * context.timeouts[fault.timer];
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
  set: DocumentedSet,
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
        ...filled({ ...set.headers, ...answer.headers }),
        ['Content-Length', String(body.length)],
      ];
      const head = formatHead({ version: 'HTTP/1.1', status: answer.status, reason: answer.reason, headers });
      return [
        { at: 0, kind: 'bytes', bytes: head + (method === 'HEAD' ? '' : body) },
        { at: 0, kind: 'stall' },
      ];
    }
    case 'passes':
      return passedOn(play, method, filled(set.addedHeaders), after ?? 0);
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
  { network, upstream }: DocumentedContext,
): UpstreamAttempt[] {
  return Array.from({ length: attempts }, (_, index) => {
    const startedAt = network.client + (index * waited) / attempts;
    return { address: upstream, startedAt, wire: play.wire.map((event) => ({ ...event, at: startedAt + event.at })) };
  });
}
