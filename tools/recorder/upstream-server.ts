import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  LAB_RESPONSE,
  SLOW_CONNECT_RESPONSE,
  type HttpServer,
  type ServerScript,
  type TcpServer,
} from '../../src/gateway/fault.ts';
import { UNRESOLVABLE_HOSTS } from '../../src/gateway/places.ts';
import { formatResponse } from '../../src/gateway/upstream.ts';
import type { Target } from './adaptor.ts';
import type { CgiPrograms } from './cgi-programs.ts';
import { openFullQueue } from './full-queue.ts';
import { answer, perform, play } from './play-script.ts';
import { freePort } from './ports.ts';
import { RequestReader, type UpstreamRequest } from './request-reader.ts';
import { listen, type Connection, type Transport } from './tcp-listener.ts';

/** SYNs of a slow connect are dropped for this long: the first one is lost, the one that TCP repeats after 1 s is not. */
const SLOW_CONNECT_MS = 400;

/** One misbehaving server behind a gateway, on a real socket. */
export interface UpstreamServer {
  readonly target: Target;
  /** When it was contacted, by performance.now(); empty for servers that cannot know. */
  readonly contacts: () => readonly number[];
  /** Ends what a server has to end before a gateway can meet it broken: called once, when the gateway has started. */
  readonly goDown?: () => Promise<void>;
  /** Called before each request that is recorded. */
  readonly prepare?: () => Promise<void>;
  /** Called when that request is on its way. */
  readonly onSent?: () => void;
  /** Ends the connections that it has, so that the next recording starts afresh. */
  readonly forget: () => void;
  readonly close: () => void;
}

/** What a server may need from the recording session. */
export interface Surroundings {
  readonly folder: string;
  /** Folder of the certificates; makes them when they are first needed. */
  readonly certificates: () => string;
  /** php-fpm and uWSGI; starts them when they are first needed. */
  readonly cgi: () => Promise<CgiPrograms>;
  readonly asRoot: boolean;
  /** Servers that are down have to be up until `goDown`. */
  readonly upAtStart: boolean;
}

const nothing = (): void => undefined;
const absent = (target: Target): UpstreamServer => ({ target, contacts: () => [], forget: nothing, close: nothing });

/** Where a server listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** A place of its own on 127.0.0.1. */
export const ownPlace = async (): Promise<Place> => ({ host: '127.0.0.1', port: await freePort() });

/** Starts the server that a script describes. Throws CannotPlay with a sentence when this system cannot play it. */
export async function startUpstream(
  script: ServerScript,
  surroundings: Surroundings,
  place: Place,
): Promise<UpstreamServer> {
  switch (script.kind) {
    case 'closed':
      return surroundings.upAtStart ? closedLater(place) : absent(place);
    case 'blackhole':
    case 'slow-connect':
      return fullQueue(place, script, surroundings);
    case 'unresolvable':
      return absent({ ...place, host: UNRESOLVABLE_HOSTS[script.rcode] });
    case 'unix':
      return unixSocket(script.access, surroundings);
    case 'cgi': {
      const programs = await surroundings.cgi();
      return { ...absent(programs.target(script)), prepare: () => programs.prepare(script) };
    }
    case 'tls-only':
      return server(place, tlsWith({ certificate: 'good' }, surroundings), ({ socket }) => socket.resume());
    case 'http2':
      return server(place, { kind: 'http2' }, nothing);
    case 'http':
      return server(place, script.tls ? tlsWith(script.tls, surroundings) : { kind: 'plain' }, (connection) =>
        serveHttp(connection, script),
      );
    case 'tcp':
      return server(place, { kind: 'plain' }, (connection) => playTcp(connection, script));
  }
}

const tlsWith = (tls: NonNullable<HttpServer['tls']>, { certificates }: Surroundings): Transport => ({
  kind: 'tls',
  server: tls,
  certificates: certificates(),
});

async function server(
  place: Place,
  transport: Transport,
  onConnection: (connection: Connection) => void,
): Promise<UpstreamServer> {
  return { target: place, ...(await listen(place, transport, onConnection)) };
}

/** A port that takes connections until the gateway has started, and refuses them from then on. */
async function closedLater(place: Place): Promise<UpstreamServer> {
  const up = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => up.listen(place.port, place.host, resolve));
  const close = (): void => {
    if (up.listening) up.close();
  };
  const goDown = (): Promise<void> => new Promise((resolve) => up.close(() => resolve()));
  return { ...absent(place), goDown, close };
}

async function fullQueue(
  place: Place,
  script: Extract<ServerScript, { kind: 'blackhole' | 'slow-connect' }>,
  { upAtStart }: Surroundings,
): Promise<UpstreamServer> {
  const contacts: number[] = [];
  const response = script.kind === 'slow-connect' ? (script.response ?? SLOW_CONNECT_RESPONSE) : LAB_RESPONSE;
  const bytes = formatResponse({ ...response, headers: [...response.headers, ['Connection', 'close']] });
  const queue = openFullQueue(place.port, bytes, () => contacts.push(performance.now()));
  try {
    await (upAtStart ? queue.serve() : queue.hold());
  } catch (error) {
    queue.close();
    throw error;
  }
  const common = { ...absent(place), contacts: () => contacts, close: queue.close, goDown: queue.hold };
  if (script.kind === 'blackhole') return common;
  return { ...common, prepare: queue.hold, onSent: () => void setTimeout(() => void queue.serve(), SLOW_CONNECT_MS) };
}

/** A unix socket that no gateway can open: none at all, or one that only its owner may use. */
async function unixSocket(access: 'missing' | 'denied', { folder, asRoot }: Surroundings): Promise<UpstreamServer> {
  const unixPath = path.join(folder, `${access}.sock`);
  const target: Target = { host: '127.0.0.1', port: 0, unixPath };
  if (access === 'missing') return absent(target);
  if (fs.existsSync(unixPath)) fs.rmSync(unixPath);
  const traffic = await listen(unixPath, { kind: 'plain' }, ({ socket }) => socket.end());
  // The gateway's account is another one when root records, else the recorder's own.
  fs.chmodSync(unixPath, asRoot ? 0o600 : 0);
  return { target, ...traffic };
}

function serveHttp({ socket, number, countRequest }: Connection, script: HttpServer): void {
  const { response = LAB_RESPONSE, delayMs = 0, onReuse, closesIdleAfterMs, numbersConnections } = script;
  const headers = numbersConnections
    ? [...response.headers, ['X-Upstream-Conn', String(number)] as const]
    : response.headers;
  let requests = 0;
  eachRequest(socket, 'request', (request) => {
    countRequest();
    if (++requests > 1 && onReuse) perform(socket, { at: 0, kind: onReuse });
    else {
      answer(socket, request, { ...response, headers, delayMs: response.delayMs + delayMs });
      if (closesIdleAfterMs !== undefined) setTimeout(() => socket.end(), closesIdleAfterMs);
    }
  });
}

function playTcp(
  { socket, countRequest }: Connection,
  { after, play: script, sample = LAB_RESPONSE, stopsReading }: TcpServer,
): void {
  const start = (): void => {
    countRequest();
    if (stopsReading) socket.pause();
    play(socket, script(sample));
  };
  if (after === 'accept') start();
  else if (after === 'bytes') socket.once('data', start);
  else eachRequest(socket, after, start);
}

function eachRequest(
  socket: net.Socket,
  until: 'head' | 'request',
  onRequest: (request: UpstreamRequest) => void,
): void {
  const reader = new RequestReader(until);
  socket.on('data', (bytes) => {
    for (const request of reader.push(bytes.toString('latin1'))) onRequest(request);
  });
}
