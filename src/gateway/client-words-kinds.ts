import {
  hasInvalidHeaderForPython,
  pythonBytes,
  pythonText,
  readChunksAsPython,
  readHeadersAsPython,
} from './client-words-python.ts';
import type { WireEvent } from './exchange.ts';
import { decodeBody, headerValue, headerValues, parseHead, type Framing, type ResponseHead } from './http-message.ts';
import type { ClientId } from '../schema/client-words.ts';

/**
 * Which of the recorded kinds a wire is to each client. Clients part where their parsers do: the same bytes are an answer
 * to one and a broken message to another. Every rule here was found by playing wires to the real programs, and
 * tests/conformance/client-words.test.ts plays them again. A wire that no rule is sure of is no kind, and nothing is said.
 */

/** A kind as content/client-words names it, and the numbers and texts that its words mention. */
export interface Kind {
  readonly id: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** The client went on waiting: its words come from a time limit. */
  readonly limited?: true;
}

export type TlsFlaw = 'expired' | 'wrong-name' | 'self-signed' | 'unknown-authority' | 'client-certificate' | 'version';

/** Which of the recorded flaws the words of a `tls-failed` event mean. */
export function tlsFlaw(reason: string): TlsFlaw {
  if (/expired/i.test(reason)) return 'expired';
  if (/self-?signed/i.test(reason)) return 'self-signed';
  if (/\bname\b|wrong-?name/i.test(reason)) return 'wrong-name';
  if (/authority|issuer|unknown/i.test(reason)) return 'unknown-authority';
  if (/client certificate/i.test(reason)) return 'client-certificate';
  return 'version';
}

/** What ended the bytes: nothing at all is `silence`. */
type Ending = 'close' | 'reset' | 'silence';

/** A response as far as it arrived. */
interface Arrived {
  readonly bytes: string;
  readonly ending: Ending;
  readonly head: ResponseHead;
  readonly framing: Framing;
  /** What came after the head, with its framing. */
  readonly raw: string;
}

const kind = (id: string, values: Kind['values'] = {}): Kind =>
  id.endsWith('silence') ? { id, values, limited: true } : { id, values };

/** The kind that a wire is to one client; null when it was not recorded. */
export function kindFor(client: ClientId, wire: readonly WireEvent[], method: string): Kind | null {
  const failed = failedBefore(wire);
  if (failed) return failed;
  const bytes = wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const last = wire.at(-1)?.kind;
  const ending: Ending = last === 'close' || last === 'reset' ? last : 'silence';
  if (bytes === '') return kind(`nothing-${ending}`);
  if (client === 'node' && /^HTTP\/1\.1 100\b/.test(bytes)) return kind('continue-unasked');
  // Python passes over 100 and takes any other interim answer for the final one.
  const interim =
    client === 'requests'
      ? /^(?:HTTP\/1\.1 100\b.*?\r\n\r\n)*HTTP\/1\.1 (1\d\d) ?(.*?)\r\n.*?\r\n\r\n/s.exec(bytes)
      : null;
  if (interim && interim[1] !== '100') return kind('answer', { status: interim[1] ?? '', reason: interim[2] ?? '' });
  const parsed = parseHead(bytes, method);
  if (parsed.kind === 'not-http') return notHttp(client, bytes, ending);
  if (parsed.kind === 'incomplete') return headCut(client, bytes, ending);
  const { head, framing, bodyStart } = parsed;
  const arrived = { bytes, ending, head, framing, raw: bytes.slice(bodyStart) };
  if (head.status === 101) return switching(client, arrived);
  switch (client) {
    case 'curl':
      return toCurl(arrived);
    case 'requests':
      return toRequests(arrived, bytes.slice(0, bodyStart));
    case 'node':
      return toNode(arrived, bytes.slice(0, bodyStart));
  }
}

function failedBefore(wire: readonly WireEvent[]): Kind | null {
  const [first] = wire;
  switch (first?.kind) {
    case 'connect-failed':
      return first.reason === 'timeout'
        ? { ...kind('connect-timeout'), limited: true }
        : kind(`connect-${first.reason}`, { ms: Math.round(first.at) });
    case 'lookup-failed':
      return kind(`lookup-${first.reason}`);
    case 'tls-failed':
      // What clients say to a handshake that was refused without a reason was not recorded.
      return kind(first.reason === 'handshake' ? 'tls-handshake' : `tls-${tlsFlaw(first.reason)}`);
    default:
      return null;
  }
}

function notHttp(client: ClientId, bytes: string, ending: Ending): Kind | null {
  const status = /^HTTP\/1\.[01] (?:\d\d? |[A-Za-z])/.exec(bytes);
  if (!status && bytes.startsWith('H')) return null;
  if (client !== 'requests')
    return kind(status ? (/\d $/.test(status[0]) ? 'status-too-short' : 'status-in-words') : 'not-http');
  // Python waits for the end of the first line.
  const end = bytes.indexOf('\n');
  if (end < 0 && ending !== 'close') return kind(`nothing-${ending}`);
  return kind('not-http', { line: pythonText(end < 0 ? bytes : bytes.slice(0, end + 1)) });
}

function headCut(client: ClientId, bytes: string, ending: Ending): Kind | null {
  if (/^HTTP\/1\.1 1\d\d\b/.test(bytes))
    return ending === 'silence' && client !== 'node' ? kind('nothing-silence') : null;
  const lineEnd = bytes.indexOf('\r\n');
  if (lineEnd < 0) return /^HTTP\/1\.[01] \d{3} \w/.test(bytes) ? kind(`status-line-${ending}`, statusOf(bytes)) : null;
  // A length or a coding in the half head would change what Python makes of it.
  return /^(?:content-length|transfer-encoding)/im.test(bytes) ? null : kind(`head-${ending}`, statusOf(bytes));
}

const statusOf = (bytes: string): Kind['values'] => {
  const [, status = '', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)/.exec(bytes) ?? [];
  return { status, reason };
};

function switching(client: ClientId, { head, ending }: Arrived): Kind | null {
  if (ending !== 'silence') return null;
  const upgrades =
    headerValue(head.headers, 'upgrade') !== null &&
    headerValues(head.headers, 'connection').some((value) => /upgrade/i.test(value));
  return client === 'node' && upgrades ? kind('upgrade-unasked') : kind('nothing-silence');
}

const valuesOf = ({ status, reason }: ResponseHead): Kind['values'] => ({ status, reason: reason ?? '' });

/** Where curl gives up by itself, bytes of one header line. */
const CURL_HEADER_LIMIT = 100 * 1024;

function toCurl(arrived: Arrived): Kind | null {
  const { head, ending } = arrived;
  if (head.headers.some(([name, value]) => (name + value).includes('\0'))) return kind('nul-in-header');
  if (head.headers.some(([name, value]) => name.length + value.length > CURL_HEADER_LIMIT)) return null;
  const lengths = headerValues(head.headers, 'content-length');
  if (lengths.some((value) => !/^\d+$/.test(value)))
    return /^[-A-Za-z]/.test(lengths[0] ?? '') ? kind('length-invalid') : null;
  if (new Set(lengths).size > 1) return null;
  const coding = headerValue(head.headers, 'transfer-encoding');
  if (coding !== null && !/^(?:chunked|identity)$/i.test(coding))
    return /^[\w-]+$/.test(coding) ? kind('transfer-coding-unknown') : null;
  return byFraming(arrived, ending);
}

function toRequests(arrived: Arrived, headBytes: string): Kind | null {
  const { head } = arrived;
  if (head.headers.some(([name, value]) => name.length + value.length + 4 > 65_536))
    return kind('header-line-too-long');
  if (head.headers.length > 100) return kind('too-many-headers');
  const lengths = headerValues(head.headers, 'content-length');
  if (hasInvalidHeaderForPython(headBytes)) {
    // Python reads the headers up to the line that is none, and goes by those alone.
    const headers = readHeadersAsPython(headBytes);
    const again = parseHead(
      `HTTP/1.1 ${head.status} X\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      'GET',
    );
    return again.kind === 'head'
      ? framedForRequests({ ...arrived, framing: again.framing, head: { ...head, headers } })
      : null;
  }
  if (new Set(lengths).size > 1) return kind('lengths-differ', { lengths: lengths.join(', ') });
  return framedForRequests(arrived);
}

function framedForRequests(arrived: Arrived): Kind | null {
  const { framing, raw, ending } = arrived;
  if (framing.kind !== 'chunked') return byFraming(arrived, ending, true);
  const read = readChunksAsPython(raw);
  switch (read.kind) {
    case 'whole':
      return decoded(arrived, read.body, true);
    case 'bad-size':
      return kind('chunk-size-bad', {
        line: pythonBytes(read.line),
        lineAgain: pythonBytes(read.line).replaceAll('\\', '\\\\'),
      });
    case 'boundary':
      return kind(`chunk-end-${ending}`);
    case 'inside':
      return kind(`chunk-${ending}`, { chunkReceived: read.received, chunkMissing: read.missing });
  }
}

/** All headers together, bytes: Node's limit. */
const NODE_HEADER_LIMIT = 16 * 1024;

function toNode(arrived: Arrived, headBytes: string): Kind | null {
  const { head, ending, framing } = arrived;
  if (headBytes.includes('\0')) return null;
  if (/\r(?!\n)/.test(headBytes)) return kind('bare-cr');
  if (headBytes.length > NODE_HEADER_LIMIT)
    return headBytes.length > NODE_HEADER_LIMIT * 1.2 ? kind('headers-too-long') : null;
  const lengths = headerValues(head.headers, 'content-length');
  if (lengths.some((value) => !/^\d+$/.test(value)))
    return /^[-A-Za-z]/.test(lengths[0] ?? '') ? kind('length-invalid') : null;
  if (lengths.length > 1) return kind('length-twice');
  // At the end of a connection that was to be closed anyway, Node's parser takes the message for finished.
  const closes =
    head.version === 'HTTP/1.0' || headerValues(head.headers, 'connection').some((value) => /close/i.test(value));
  const found = byFraming(arrived, ending, true);
  const cut = found !== null && /^(?:body|chunk|chunk-end)-close$/.test(found.id);
  return cut && closes && framing.kind !== 'close' ? { ...found, id: `${found.id}-last` } : found;
}

/** By what the framing says of the bytes that arrived. @param decodes the client undoes Content-Encoding by itself */
function byFraming(arrived: Arrived, ending: Ending, decodes = false): Kind | null {
  const { head, framing, raw } = arrived;
  const { body, complete, malformed } = decodeBody(raw, framing);
  if (malformed) return kind('chunk-size-bad');
  if (complete) return decoded(arrived, body, decodes);
  switch (framing.kind) {
    case 'length': {
      const { length } = framing;
      return kind(`body-${ending}`, { received: body.length, missing: length - body.length, length });
    }
    case 'chunked':
      return kind(/(?:^|\r\n)[0-9a-f]*\r?$/i.test(raw) ? `chunk-end-${ending}` : `chunk-${ending}`, {
        received: body.length,
      });
    default:
      if (ending === 'close') return decoded(arrived, body, decodes);
      return kind(`${body === '' ? 'open-nothing' : 'open-body'}-${ending}`, {
        ...valuesOf(head),
        received: body.length,
      });
  }
}

/** A whole message, unless it says that it is compressed and is not. */
function decoded({ head }: Arrived, body: string, decodes: boolean): Kind | null {
  const coding = headerValue(head.headers, 'content-encoding');
  if (!decodes || body === '' || coding === null || !/^(?:x-)?gzip$/i.test(coding))
    return kind('answer', valuesOf(head));
  return body.startsWith('\x1f\x8b\x08') ? null : kind('gzip-that-is-none');
}
