import type { WireEvent } from './exchange.ts';
import type { Fault } from './fault.ts';
import { filledWire } from './filled-wire.ts';
import {
  decodeBody,
  formatBody,
  formatHead,
  headerValue,
  parseHead,
  type ParsedHead,
  type ResponseHead,
} from './http-message.ts';
import { asksToClose, type Profile, type SentMessage } from './profile.ts';
import type { Recording } from './recording.ts';
import { playServer } from './upstream.ts';

/** Answers that a gateway passes on: how to tell them from its own, and how to make one of another application's answer. */

type Message = Extract<ParsedHead, { kind: 'head' }> & {
  /** Decoded. */
  readonly body: string;
  readonly complete: boolean;
  /** Everything behind the head, as it came. */
  readonly rest: string;
};

function messageIn(bytes: string): Message | null {
  const parsed = parseHead(bytes, 'GET');
  if (parsed.kind !== 'head') return null;
  const rest = bytes.slice(parsed.bodyStart);
  const { body, complete } = decodeBody(rest, parsed.framing);
  return { ...parsed, body, complete, rest };
}

export const bytesOf = (wire: readonly WireEvent[]): string =>
  wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');

/** The server whose answer counts: the last one that was tried. */
export const lastTried = ({ tried }: Pick<Recording, 'tried'>): number => tried?.at(-1) ?? 0;

/** That a gateway passed an answer on, and how. */
export interface PassedOn {
  /** `profile`: it writes the head as its profile tells. `recording`: it mended a broken one, as only the recording tells. */
  readonly by: 'profile' | 'recording';
  /** How much of the body that the upstream sent it passed on, 0 to 1. */
  readonly share: number;
  /** The gateway asked over TLS. */
  readonly secure?: boolean;
}

/**
 * Whether the recorded answer is the one that the recorder's upstream sent: the same status, and its body or the
 * beginning of it. Null when the answer is the gateway's own.
 */
export function passedOnBy(fault: Fault, recording: Recording, profile: Profile, program: string): PassedOn | null {
  const script = fault.servers[lastTried(recording)];
  const sent = messageIn((script && playServer(script, null, 0, false, asksToClose(profile, fault)).response) ?? '');
  const recorded = bytesOf(filledWire(recording.wire, (text) => text));
  const got = messageIn(recorded);
  if (!sent || !got || sent.head.status !== got.head.status) return null;
  // Where the lengths contradict each other, the gateway may have read more of it than this project's own parser.
  if (!sent.body.startsWith(got.body) && !sent.rest.startsWith(got.body)) return null;
  // A whole answer without a body says nothing about the one that had a body.
  if (got.body === '' && sent.body !== '' && got.complete) return null;
  const secure = fault.route?.tls === true;
  const message = messageOf(recording, sent, got.body.length, secure);
  const same = recorded.startsWith(formatHead(profile.passOn(sent.head, program, message)));
  return {
    by: same ? 'profile' : 'recording',
    share: sent.body === '' ? 1 : Math.min(1, got.body.length / sent.body.length),
    ...(secure ? { secure } : {}),
  };
}

const messageOf = ({ method }: Recording, { complete }: Message, bodyLength: number, secure: boolean): SentMessage => ({
  method,
  complete,
  bodyLength,
  secure,
});

/**
 * The wire events of a recording with another answer in place of the recorder's: the head as the gateway writes it, as
 * much of the body as it passed on, cut into events as the recorded one was.
 * @param bytes what the upstream sent; a whole head at least
 * @param writeHead the gateway's own version of a head
 */
export function passOn(
  bytes: string,
  recording: Recording,
  { share, secure }: PassedOn,
  writeHead: (head: ResponseHead, sent: SentMessage) => ResponseHead,
): WireEvent[] {
  const sent = messageIn(bytes);
  if (!sent) throw new Error(`The upstream of ${recording.fault} sent no response to pass on.`);
  const recorded = bytesOf(recording.wire);
  const got = messageIn(recorded);
  const body = sent.body.slice(0, Math.round(sent.body.length * share));
  const head = writeHead(sent.head, messageOf(recording, sent, body.length, secure === true));
  const formatted = formatHead(head);
  const framed = sent.framing.kind === 'none' ? '' : formatBody(head, body, got?.complete ?? sent.complete);
  const wire = cutAlike(formatted + framed, formatted.length, recording.wire, got?.bodyStart ?? recorded.length);
  // A gateway may close after an answer of this status, where it kept the connection after the recorded one.
  return headerValue(head.headers, 'connection')?.toLowerCase() === 'close'
    ? wire.map((event) => (event.kind === 'stall' && got?.complete ? { ...event, kind: 'close' } : event))
    : wire;
}

/** Cuts bytes into events as others were cut, head and body each in proportion. */
function cutAlike(bytes: string, bodyStart: number, wire: readonly WireEvent[], likeBodyStart: number): WireEvent[] {
  const likeLength = bytesOf(wire).length;
  let like = 0;
  let from = 0;
  return wire.map((event) => {
    if (event.kind !== 'bytes') return event;
    like += event.bytes.length;
    const share =
      like <= likeBodyStart
        ? Math.round((bodyStart * like) / likeBodyStart)
        : bodyStart + Math.round(((bytes.length - bodyStart) * (like - likeBodyStart)) / (likeLength - likeBodyStart));
    const part = bytes.slice(from, like === likeLength ? undefined : share);
    from = share;
    return { ...event, bytes: part };
  });
}
