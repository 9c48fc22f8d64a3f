import { clientViewOf } from '../gateway/client-view.ts';
import type { Exchange, UpstreamAttempt, WireEvent } from '../gateway/exchange.ts';
import { resultText, TRANSPORT_WORDS } from './outcome-words.ts';
import { countText, sizeText, spanText } from './quantities.ts';

/** The three stations on the wire. */
export type Station = 'client' | 'gateway' | 'upstream';

/** One thing that happened between two stations, or at one of them. */
export interface SequenceStep {
  /** ms since the client sent the request. */
  readonly at: number;
  readonly from: Station;
  /** The same as `from` for what a station did by itself. */
  readonly to: Station;
  readonly text: string;
  /** `broken`: this is where it went wrong. `verdict`: what the gateway made of it. */
  readonly kind: 'message' | 'broken' | 'verdict';
  /** Set on the step where it went wrong: what is broken after it is so because of it. */
  readonly first?: true;
}

/**
 * An exchange as steps in time: the request, each attempt, what the upstream put on the wire, the gateway's verdict, the
 * response. The sequence diagram draws these, and its table says them.
 */
export function sequenceSteps(exchange: Exchange): SequenceStep[] {
  const { request, upstream, client } = exchange;
  const path = pathOf(request.url);
  const steps: SequenceStep[] = [step(0, 'client', 'gateway', `${request.method} ${path}`)];

  upstream.forEach((attempt, index) => {
    const number = upstream.length > 1 ? `, attempt ${index + 1} of ${upstream.length}` : '';
    steps.push(...attemptSteps(attempt, request.method, `${request.method} ${path}${number}`));
  });

  const answeredAt = exchange.wire[0]?.at ?? client.elapsedMs;
  const broken = exchange.cause !== null || exchange.answeredBy === 'gateway';
  if (broken && client.error !== 'aborted') {
    const decidedAt = Math.max(answeredAt - (upstream[0]?.startedAt ?? 0), steps.at(-1)?.at ?? 0);
    steps.push({
      at: Math.min(decidedAt, answeredAt),
      from: 'gateway',
      to: 'gateway',
      text: exchange.verdict,
      kind: 'verdict',
    });
  }
  steps.push(responseStep(exchange, answeredAt));
  const first =
    steps.find(({ kind }) => kind === 'broken') ??
    steps.find(({ kind }) => kind === 'verdict' && exchange.answeredBy === 'gateway');
  return steps.map((each) => (each === first ? { ...each, first: true } : each));
}

/** One sentence that says what the diagram shows. */
export const sequenceSummary = (exchange: Exchange): string =>
  `${exchange.request.method} ${pathOf(exchange.request.url)} through ${exchange.gateway.id}, ` +
  `${countText(exchange.upstream.length, 'attempt')} upstream: ${resultText(exchange)} after ${spanText(exchange.client.elapsedMs)}.`;

function attemptSteps(attempt: UpstreamAttempt, method: string, request: string): SequenceStep[] {
  const [first] = attempt.wire;
  if (first && isConnectFailure(first)) {
    return [
      { at: first.at, from: 'gateway', to: 'upstream', text: failureText(first, attempt.address), kind: 'broken' },
    ];
  }
  const sent = step(attempt.startedAt, 'gateway', 'upstream', request);
  return [sent, ...answerSteps(attempt, method)];
}

/** What the upstream sent back: its bytes as one step, then its end if that was not a proper one. */
function answerSteps({ wire, startedAt }: UpstreamAttempt, method: string): SequenceStep[] {
  const bytes = wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const view = clientViewOf(wire, method);
  const last = wire.at(-1);
  const steps: SequenceStep[] = [];
  const firstBytes = wire.find(({ kind }) => kind === 'bytes');
  if (firstBytes) {
    const what =
      view.status === null ? 'bytes that are no HTTP response' : `${view.status} ${view.reason ?? ''}`.trim();
    const kind = view.error === 'not-http' ? 'broken' : 'message';
    steps.push({
      at: firstBytes.at,
      from: 'upstream',
      to: 'gateway',
      text: `${what}, ${sizeText(bytes.length)}`,
      kind,
    });
  }
  if (!last || view.error === null || view.error === 'not-http') return steps;
  const after = bytes === '' ? 'without one byte' : `after ${sizeText(bytes.length)}`;
  const text = { close: `closes the connection ${after}`, reset: `resets the connection ${after}` }[
    last.kind as string
  ];
  const silence = bytes === '' ? 'sends nothing' : `sends nothing ${after}`;
  steps.push({
    at: Math.max(last.at, startedAt),
    from: 'upstream',
    to: 'gateway',
    text: text ?? silence,
    kind: 'broken',
  });
  return steps;
}

function responseStep({ client, wire, answeredBy }: Exchange, answeredAt: number): SequenceStep {
  if (client.error === 'aborted') {
    return {
      at: client.elapsedMs,
      from: 'client',
      to: 'gateway',
      text: 'the client gives up and closes',
      kind: 'broken',
    };
  }
  const size = wire.reduce((sum, event) => sum + (event.kind === 'bytes' ? event.bytes.length : 0), 0);
  const what = client.status === null ? 'no response' : `${client.status} ${client.reason ?? ''}`.trim();
  const author = answeredBy === 'gateway' ? ', written by the gateway' : '';
  const error = client.error === null ? '' : `, then ${TRANSPORT_WORDS[client.error]}`;
  return {
    at: client.error === null ? answeredAt : client.elapsedMs,
    from: 'gateway',
    to: 'client',
    text: `${what}${author}${size > 0 ? `, ${sizeText(size)}` : ''}${error}`,
    kind: client.error === null ? 'message' : 'broken',
  };
}

const step = (at: number, from: Station, to: Station, text: string): SequenceStep => ({
  at,
  from,
  to,
  text,
  kind: 'message',
});

type ConnectFailure = Extract<WireEvent, { readonly reason: string }>;
const isConnectFailure = (event: WireEvent): event is ConnectFailure => 'reason' in event;

function failureText(event: ConnectFailure, address: string): string {
  switch (event.kind) {
    case 'lookup-failed':
      return event.reason === 'nxdomain' ? 'the name does not exist' : `name lookup: ${event.reason}`;
    case 'tls-failed':
      return `TLS: ${event.reason}`;
    case 'connect-failed': {
      const reason = { refused: 'connection refused', timeout: 'no answer to connect', unreachable: 'unreachable' }[
        event.reason
      ];
      return `${reason} (${address})`;
    }
  }
}

/** Path and query of an absolute URL; the text itself when it is no URL. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
