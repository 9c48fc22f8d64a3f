import type { Gateway } from '../../gateway/assemble.ts';
import type { Clock } from '../../gateway/clock.ts';
import type { Obstacle, Obstacles } from '../../gateway/client-trouble.ts';
import type { Exchange, WireEvent } from '../../gateway/exchange.ts';
import { readRequest } from './request-reader.ts';

export interface SocketsOptions {
  readonly gateway: Gateway;
  readonly clock: Clock;
  /** Where the gateway can be reached; other hosts do not exist, and other ports of its hosts refuse. */
  readonly origins: readonly string[];
  /** What is in the way to the gateway, such as a name that cannot be found. Left out: nothing. */
  readonly obstacle?: Obstacles;
  readonly onRequested: (exchange: Exchange) => void;
  readonly onExchanged: (exchange: Exchange) => void;
  /** A sentence that the reader should see. */
  readonly warn: (sentence: string) => void;
}

export type ConnectionState = 'connecting' | 'open' | 'refused' | 'unreachable';

/**
 * The simulated network as an operating system shows it to a program: names, connections, bytes. Nothing here waits: the
 * caller looks, lets the clock pass to its next timer, and looks again. Bytes are latin1 text, one char per byte.
 */
export interface Sockets {
  /** The address of a host; null: there is no such name; '': the name server does not answer. */
  readonly lookup: (host: string) => string | null;
  /** Begins a connection to an address that `lookup` gave. @returns the connection's number */
  readonly connect: (address: string, port: number) => number;
  readonly state: (connection: number) => ConnectionState;
  /**
   * False when the peer is known to be gone. Where TLS is spoken, the first bytes are a hello (`simulated_tls.py`), and the
   * answer to it says what the certificate or the server lacks.
   */
  readonly write: (connection: number, bytes: string) => boolean;
  /** Up to `most` bytes that have arrived; null when there are none yet, '' at the end. `peek` leaves them there. */
  readonly read: (connection: number, most: number, peek: boolean) => string | null;
  /** The peer has reset the connection; told once. */
  readonly takeReset: (connection: number) => boolean;
  /** A read would not wait: there are bytes, the end, or nobody to wait for. */
  readonly readable: (connection: number) => boolean;
  readonly close: (connection: number) => void;
  /** The program has ended. @returns the exchanges that were not over; they are published as abandoned */
  readonly closeAll: () => readonly Exchange[];
}

interface Origin {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

interface Connection {
  readonly host: string;
  readonly port: number;
  /** Null where nothing listens. */
  readonly origin: Origin | null;
  state: ConnectionState;
  tls: boolean;
  /** Written and not yet a whole request. */
  written: string;
  arrived: string;
  /** The peer has ended it. */
  ended: boolean;
  reset: boolean;
  /** Nothing was written since the peer ended it; the first write after that still goes out. */
  wroteAfterEnd: boolean;
  current: { readonly exchange: Exchange; readonly timers: readonly number[] } | null;
}

/** More requests than any lesson needs; a loop that sends without end comes to one here. */
const MAX_REQUESTS = 10_000;

/** Documentation addresses (RFC 5737), one for each host that exists. */
const ADDRESSES = '203.0.113.';

/** How handshake records begin: their type and a version of TLS (RFC 8446 §5.1); then comes the length, 2 bytes. */
const CLIENT_HELLO = '\x16\x03\x01';
const SERVER_HELLO = '\x16\x03\x03';

const newConnection = (host: string, port: number, origin: Connection['origin']): Connection => ({
  ...{ host, port, origin, state: 'connecting', tls: false, written: '', arrived: '' },
  ...{ ended: false, reset: false, wroteAfterEnd: false, current: null },
});

/** Never the same twice, so that what is left of one program cannot touch the connections of the next. */
let lastNumber = 0;

/** What a server says to bytes that are no HTTP, such as a hello where nobody speaks TLS. */
const BAD_REQUEST = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

export function createSockets({
  gateway,
  clock,
  origins,
  obstacle = () => null,
  onRequested,
  onExchanged,
  warn,
}: SocketsOptions): Sockets {
  const known = origins.map((origin): Origin & { readonly name: string } => {
    const { protocol, hostname, port } = new URL(origin);
    const scheme = protocol === 'https:' ? 'https' : 'http';
    return { name: origin, scheme, host: hostname, port: Number(port) || (scheme === 'https' ? 443 : 80) };
  });
  const hosts = [...new Set(known.map(({ host }) => host))];
  const connections = new Map<number, Connection>();
  let requests = 0;

  /** A socket that an earlier program left behind finds its connection closed. */
  const get = (number: number): Connection =>
    connections.get(number) ?? { ...newConnection('', 0, null), state: 'open', ended: true };
  const addressOf = (host: string): string => ADDRESSES + String(10 + hosts.indexOf(host));
  const hostAt = (address: string): string => hosts.find((host) => addressOf(host) === address) ?? address;
  const obstacleTo = (host: string, kind: Obstacle['kind'], port?: number): Obstacle | null => {
    const leadsThere = known.some((one) => one.host === host && (port === undefined || one.port === port));
    const found = leadsThere ? obstacle(kind, clock.now()) : null;
    if (found) warn(`The scenario's \`client\` is in the way to ${host}: no request was sent.`);
    return found;
  };

  function lookup(host: string): string | null {
    const name = host.toLowerCase().replace(/\.$/, '');
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return name;
    if (!hosts.includes(name)) {
      warn(`No host of the simulated network is called ${host}; there is ${hosts.join(', ')}.`);
      return null;
    }
    const found = obstacleTo(name, 'lookup-failed');
    if (found?.kind !== 'lookup-failed') return addressOf(name);
    return found.reason === 'nxdomain' ? null : '';
  }

  function connect(address: string, port: number): number {
    const host = hostAt(address);
    const origin = known.find((one) => one.host === host && one.port === port) ?? null;
    const number = ++lastNumber;
    const connection = newConnection(host, port, origin);
    connections.set(number, connection);
    const found = obstacleTo(host, 'connect-failed', port);
    if (found?.kind === 'connect-failed') {
      const { reason, at } = found;
      if (reason !== 'timeout') clock.setTimer(() => (connection.state = reason), at);
    } else connection.state = origin ? 'open' : hosts.includes(host) ? 'refused' : 'unreachable';
    return number;
  }

  /** The server's side of the handshake, once the client's hello is whole. */
  function shakeHands(connection: Connection): void {
    const length = 5 + connection.written.charCodeAt(3) * 256 + connection.written.charCodeAt(4);
    if (!(connection.written.length >= length)) return;
    connection.written = connection.written.slice(length);
    const found = obstacleTo(connection.host, 'tls-failed', connection.port);
    const reason = found?.kind === 'tls-failed' ? found.reason : '';
    connection.tls = true;
    connection.arrived += SERVER_HELLO + String.fromCharCode(reason.length >> 8, reason.length & 255) + reason;
  }

  function write(number: number, bytes: string): boolean {
    const connection = get(number);
    if (connection.ended || connection.reset) {
      if (connection.wroteAfterEnd || connection.reset) return false;
      connection.wroteAfterEnd = true;
      return true;
    }
    connection.written += bytes;
    readOn(connection);
    return true;
  }

  /** Answers what has become a whole request. */
  function readOn(connection: Connection): void {
    // A gateway reads the next request when it has answered the one before.
    if (connection.current || connection.ended || connection.reset || connection.written === '') return;
    const speaksTls = connection.origin?.scheme === 'https';
    if (speaksTls && !connection.tls && connection.written.startsWith(CLIENT_HELLO)) return shakeHands(connection);
    const plainToTls = speaksTls && !connection.tls;
    const read = readRequest(connection.written);
    if (read.kind === 'incomplete') return;
    if (read.kind === 'not-http') {
      warn('The gateway closed a connection on which something came that is no HTTP/1.1 request.');
      connection.arrived += BAD_REQUEST;
      connection.ended = true;
      return;
    }
    connection.written = connection.written.slice(read.used);
    const authority = read.request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? connection.host;
    const scheme = connection.tls ? 'https' : 'http';
    const url = /^https?:\/\//.test(read.target) ? read.target : `${scheme}://${authority}${read.target}`;
    const request = { ...read.request, url };
    if (plainToTls || !gateway.match(request)) {
      warn(
        plainToTls
          ? `${connection.host} speaks TLS on port ${connection.port}; ask for https://${connection.host}.`
          : `Nothing in this scenario answers ${request.method} ${url}.`,
      );
      connection.ended = true;
      return;
    }
    requests += 1;
    if (requests > MAX_REQUESTS) {
      if (requests === MAX_REQUESTS + 1)
        warn(`This program sent more than ${MAX_REQUESTS} requests. The playground answers no more of them.`);
      connection.ended = true;
      return;
    }
    const exchange = gateway.answer(request, clock.now());
    onRequested(exchange);
    const timers = exchange.wire.map((event, index) =>
      clock.setTimer(() => hear(connection, event, index === exchange.wire.length - 1), event.at),
    );
    connection.current = { exchange, timers };
  }

  function hear(connection: Connection, event: WireEvent, last: boolean): void {
    if (event.kind === 'bytes') connection.arrived += event.bytes;
    else if (event.kind === 'reset') connection.reset = true;
    else if (event.kind !== 'stall') connection.ended = true;
    const { current } = connection;
    // A message that is not whole is still waited for.
    if (!last || !current || (event.kind === 'stall' && current.exchange.client.error !== null)) return;
    connection.current = null;
    onExchanged(current.exchange);
    readOn(connection);
  }

  function read(number: number, most: number, peek: boolean): string | null {
    const connection = get(number);
    const bytes = connection.arrived.slice(0, most);
    if (!peek) connection.arrived = connection.arrived.slice(bytes.length);
    return bytes === '' && !connection.ended && !connection.reset ? null : bytes;
  }

  function takeReset(number: number): boolean {
    const connection = get(number);
    // Bytes that came before it are lost with it only where they were not read in time; here they always are.
    if (!connection.reset || connection.arrived !== '' || connection.ended) return false;
    connection.ended = true;
    return true;
  }

  function close(number: number): Exchange | null {
    const connection = connections.get(number);
    connections.delete(number);
    const open = connection?.current;
    if (!open) return null;
    for (const timer of open.timers) clock.clearTimer(timer);
    onExchanged(gateway.abandon(open.exchange, clock.now() - open.exchange.startedAt));
    return open.exchange;
  }

  return {
    lookup,
    connect,
    state: (number) => get(number).state,
    write,
    read,
    takeReset,
    readable: (number) => {
      const { state, arrived, ended, reset } = get(number);
      if (state !== 'open') return state !== 'connecting';
      return arrived !== '' || ended || reset;
    },
    close: (number) => void close(number),
    closeAll: () => [...connections.keys()].map(close).filter((exchange) => exchange !== null),
  };
}
