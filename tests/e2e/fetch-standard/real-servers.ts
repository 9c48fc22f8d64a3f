import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange, ExchangeRequest, Header } from '../../../src/gateway/exchange.ts';
import type { GatewayKit } from '../../../src/gateway/kit.ts';
import { openKit } from '../../../src/gateway/open-kit.ts';
import type { Scenario } from '../../../src/schema/scenario.ts';

/** Three real servers on the loopback, one for each origin, that send what the simulated gateway would. */
export interface RealServers {
  /** The origins as the real browser knows them, by the simulated ones. */
  readonly origins: ReadonlyMap<string, string>;
  /** Requests that have arrived, in order, with simulated addresses. */
  readonly arrived: ExchangeRequest[];
  /** Real origins in a text become simulated ones. */
  readonly simulated: (text: string) => string;
  readonly close: () => Promise<void>;
}

/** What is asked for the page itself, and by the browser of its own accord. */
const PAGE = '<!doctype html><title>Fetch</title>';

export async function startRealServers(
  scenario: Scenario,
  kit: GatewayKit,
  names: readonly string[],
): Promise<RealServers> {
  const gateway = openKit(scenario, kit);
  const arrived: ExchangeRequest[] = [];
  const origins = new Map<string, string>();
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const replaced = (text: string, pairs: Iterable<readonly [string, string]>): string => {
    let changed = text;
    for (const [from, to] of pairs) {
      changed = changed.replaceAll(from, to);
      // Addresses with a password in front of the host.
      changed = changed.replaceAll(from.replace('//', '//u:p@'), to.replace('//', '//u:p@'));
    }
    return changed;
  };
  const simulated = (text: string): string =>
    replaced(
      text,
      [...origins].map(([name, real]) => [real, name] as const),
    );

  const answer = (request: ExchangeRequest): Exchange | null => {
    if (!gateway.match(request)) return null;
    arrived.push(request);
    return gateway.answer(request, arrived.length * 1000);
  };
  for (const name of names) {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // A browser that leaves in the middle is part of the comparison.
      const leave = (): unknown => socket.destroy();
      socket.on('error', leave);
      serve(socket, name, answer, simulated, (text) => replaced(text, origins)).catch(leave);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('The server has no port.');
    origins.set(name, `http://localhost:${address.port}`);
    servers.push(server);
  }
  return {
    origins,
    arrived,
    simulated,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        servers.map(
          (server) =>
            new Promise((resolve) => {
              server.close(resolve);
            }),
        ),
      );
    },
  };
}

async function serve(
  socket: Socket,
  origin: string,
  answer: (request: ExchangeRequest) => Exchange | null,
  simulated: (text: string) => string,
  real: (text: string) => string,
): Promise<void> {
  for await (const { method, target, headers, body } of requestsOn(socket)) {
    if (target === '/' || target === '/favicon.ico') {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`);
      continue;
    }
    const request = {
      method,
      url: origin + target,
      headers: headers.map(([key, value]) => [key, simulated(value)] as const),
      body,
    };
    const exchange = answer(request);
    // A place that the scenario does not have is a name that does not resolve; here the connection ends.
    if (!exchange) return void socket.destroy();
    let now = 0;
    for (const event of exchange.wire) {
      await sleep(Math.max(0, event.at - now), undefined, { ref: false });
      if (socket.destroyed) return;
      now = event.at;
      if (event.kind === 'bytes') socket.write(Buffer.from(real(event.bytes), 'latin1'));
      else if (event.kind === 'close') return void socket.end();
      else if (event.kind !== 'stall') return void socket.resetAndDestroy();
    }
  }
}

interface Read {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** The requests on one connection, one after another. Their bodies have a Content-Length, as those of browsers do. */
async function* requestsOn(socket: Socket): AsyncGenerator<Read> {
  let bytes = '';
  socket.setEncoding('latin1');
  for await (const chunk of socket) {
    bytes += String(chunk);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) break;
      const [first = '', ...lines] = bytes.slice(0, end).split('\r\n');
      const [method = '', target = ''] = first.split(' ');
      const headers = lines.map((line): Header => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      });
      const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
      if (bytes.length < end + 4 + length) break;
      const body = bytes.slice(end + 4, end + 4 + length);
      bytes = bytes.slice(end + 4 + length);
      yield { method, target, headers, body };
    }
  }
}
