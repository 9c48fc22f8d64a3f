import { VirtualClock } from '../gateway/clock.ts';
import { clientViewOf } from '../gateway/client-view.ts';
import type { Exchange, ExchangeRequest, WireEvent } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import { scenarioSchema } from '../schema/scenario.ts';
import { createNetwork, type Network, type NetworkParts } from './network.ts';
import { createXMLHttpRequest } from './xhr.ts';

/** For tests: a network whose gateway answers each path with a wire of another kind. */

/** What the gateway puts on the wire for each path, or for a method and a path. */
export type Wires = Readonly<Record<string, readonly WireEvent[]>>;

const WIRES: Wires = {
  '/whole': bytes(
    30,
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nSet-Cookie: a=b\r\n\r\nhello',
  ),
  '/slow-body': [
    { at: 30, kind: 'bytes', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello' },
    { at: 60_000, kind: 'bytes', bytes: 'world' },
    { at: 60_000, kind: 'stall' },
  ],
  '/chunked': bytes(30, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n'),
  '/cut-length': [...arriving(30, 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'), { at: 30, kind: 'close' }],
  '/cut-chunk': [
    ...arriving(30, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'),
    { at: 30, kind: 'close' },
  ],
  '/bad-chunk': bytes(30, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n'),
  '/cut-close': [...arriving(30, 'HTTP/1.1 200 OK\r\n\r\n{"half":'), { at: 40, kind: 'close' }],
  '/reset-close': [...arriving(30, 'HTTP/1.1 200 OK\r\n\r\n{"half":'), { at: 40, kind: 'reset' }],
  '/refused': [{ at: 5, kind: 'connect-failed', reason: 'refused' }],
  '/dns': [{ at: 5, kind: 'lookup-failed', reason: 'nxdomain' }],
  '/tls': [{ at: 5, kind: 'tls-failed', reason: 'expired' }],
  '/empty': [{ at: 5, kind: 'close' }],
  '/reset': [{ at: 5, kind: 'reset' }],
  '/not-http': bytes(5, 'SSH-2.0-OpenSSH_9.2\r\n'),
  '/half-head': [...arriving(5, 'HTTP/1.1 200 OK\r\nContent-'), { at: 6, kind: 'close' }],
  '/silent': [{ at: 5, kind: 'stall' }],
  '/no-content': bytes(5, 'HTTP/1.1 204 No Content\r\n\r\n'),
  '/odd-status': bytes(5, 'HTTP/1.1 999 Request Denied\r\nContent-Length: 2\r\n\r\nno'),
  '/loop': bytes(5, 'HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n'),
  '/moved': bytes(5, 'HTTP/1.1 303 See Other\r\nLocation: /whole\r\nContent-Length: 0\r\n\r\n'),
  '/kept': bytes(5, 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /whole\r\nContent-Length: 0\r\n\r\n'),
};

function arriving(at: number, text: string): WireEvent[] {
  return [{ at, kind: 'bytes', bytes: text }];
}

/** The bytes, on a connection that stays open. */
export function bytes(at: number, text: string): WireEvent[] {
  return [...arriving(at, text), { at, kind: 'stall' }];
}

const scenario = scenarioSchema.parse({
  format: 1,
  title: 'Wires of all kinds',
  summary: 'A gateway that answers each path with another wire.',
  gateway: { id: 'nginx' },
  routes: [{ match: '* /*' }],
});

function fakeGateway(wires: Wires): Gateway {
  let id = 0;
  const wireFor = ({ method, url }: Pick<ExchangeRequest, 'method' | 'url'>): readonly WireEvent[] | undefined => {
    const { origin, pathname } = new URL(url);
    const path = origin === scenario.origin ? pathname : origin + pathname;
    return wires[`${method} ${path}`] ?? wires[path];
  };
  return {
    match: (request) => (wireFor(request) ? (scenario.routes[0] ?? null) : null),
    answer: (request: ExchangeRequest, at: number): Exchange => {
      const wire = wireFor(request) ?? [];
      return {
        id: ++id,
        startedAt: at,
        request,
        gateway: {
          id: 'nginx',
          version: '1',
          provenance: { kind: 'documented', source: 'this test', date: '2026-01-15' },
        },
        fault: 'ok',
        cause: null,
        upstream: [],
        wire,
        client: clientViewOf(wire, request.method),
        answeredBy: 'upstream',
        verdict: '',
        log: { access: [], error: [] },
      };
    },
    abandon: (exchange, elapsedMs) => ({ ...exchange, client: { ...exchange.client, error: 'aborted', elapsedMs } }),
  };
}

export interface FakeNetwork extends Network {
  readonly XMLHttpRequest: unknown;
  readonly clock: VirtualClock;
  /** What was published, in order. */
  readonly exchanged: readonly Exchange[];
  readonly warnings: readonly string[];
  /** `fetch` of a path. */
  readonly get: (path: string, init?: RequestInit) => Promise<Response>;
  /** Lets simulated time pass until `work` is settled. */
  readonly settled: <T>(work: Promise<T>) => Promise<T>;
}

export interface FakeNetworkOptions {
  /** Answers in place of the usual ones. Paths of other origins than the API's begin with the origin. */
  readonly wires?: Wires;
  /** Origin of the page whose program runs. */
  readonly page?: string;
  readonly parts?: NetworkParts;
}

export function fakeNetwork({ wires = WIRES, page, parts = {} }: FakeNetworkOptions = {}): FakeNetwork {
  const clock = new VirtualClock();
  const exchanged: Exchange[] = [];
  const warnings: string[] = [];
  const network = createNetwork({
    scenario: page === undefined ? scenario : { ...scenario, page },
    gateway: fakeGateway(wires),
    clock,
    track: (work) => work,
    onRequested: () => undefined,
    onExchanged: (exchange) => exchanged.push(exchange),
    warn: (sentence) => warnings.push(sentence),
    parts,
  });
  const get = (path: string, init?: RequestInit): Promise<Response> =>
    network.fetch(`https://api.example.com${path}`, init);

  async function settled<T>(work: Promise<T>): Promise<T> {
    const state = { open: true };
    const done = (): void => {
      state.open = false;
    };
    work.then(done, done);
    for (;;) {
      await turn();
      if (!state.open) return work;
      if (!clock.fireNext()) throw new Error('Nothing is left that could happen.');
    }
  }
  const XMLHttpRequest = createXMLHttpRequest(network.fetch, clock);
  return { ...network, XMLHttpRequest, clock, exchanged, warnings, get, settled };
}

/** Lets everything happen that needs no simulated time. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
