import { describe, expect, it } from 'vitest';
import { clientViewOf } from '../../gateway/client-view.ts';
import { VirtualClock } from '../../gateway/clock.ts';
import type { Exchange, WireEvent } from '../../gateway/exchange.ts';
import type { Gateway } from '../../gateway/assemble.ts';
import type { Obstacle } from '../../gateway/client-trouble.ts';
import { createSockets, type Sockets } from './sockets.ts';

const ORIGIN = 'http://api.example.com';
const WHOLE = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

interface Bench {
  readonly sockets: Sockets;
  readonly clock: VirtualClock;
  readonly over: readonly Exchange[];
  readonly warnings: readonly string[];
  /** Opens a connection to the API. */
  readonly open: () => number;
  /** Lets simulated time pass, ms. */
  readonly pass: (ms: number) => void;
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: api.example.com\r\n\r\n`;

function bench(wires: Readonly<Record<string, readonly WireEvent[]>>, obstacle: Obstacle | null = null): Bench {
  const clock = new VirtualClock();
  const over: Exchange[] = [];
  const warnings: string[] = [];
  let id = 0;
  const wireFor = (url: string): readonly WireEvent[] | undefined => wires[new URL(url).pathname];
  const gateway: Gateway = {
    match: ({ url }) => (wireFor(url) ? { match: '* /*', fault: 'ok' } : null) as ReturnType<Gateway['match']>,
    answer: (request, at) => {
      const wire = wireFor(request.url) ?? [];
      const program = { kind: 'documented', source: 'this test', date: '2026-01-15' } as const;
      return {
        ...{ id: ++id, startedAt: at, request, fault: 'ok', cause: null, upstream: [], wire, verdict: '' },
        gateway: { id: 'nginx', version: '1', provenance: program },
        client: clientViewOf(wire, request.method),
        answeredBy: 'upstream',
        log: { access: [], error: [] },
      };
    },
    abandon: (exchange, elapsedMs) => ({ ...exchange, client: { ...exchange.client, error: 'aborted', elapsedMs } }),
  };
  const sockets = createSockets({
    ...{ gateway, clock, origins: [ORIGIN], obstacle: (kind) => (obstacle?.kind === kind ? obstacle : null) },
    onRequested: () => undefined,
    onExchanged: (exchange) => over.push(exchange),
    warn: (sentence) => warnings.push(sentence),
  });
  return {
    ...{ sockets, clock, over, warnings },
    open: () => sockets.connect(sockets.lookup('api.example.com') ?? '', 80),
    pass: (ms) => {
      const until = clock.now() + ms;
      clock.setTimer(() => undefined, ms);
      while (clock.nextDue !== null && clock.nextDue <= until) clock.fireNext();
    },
  };
}

describe('the simulated network under a program’s sockets', () => {
  it('knows the hosts of the scenario, and says of another which there are', () => {
    const { sockets, warnings } = bench({});
    expect(sockets.lookup('API.example.com.')).toMatch(/^203\.0\.113\.\d+$/);
    expect(sockets.lookup('192.0.2.1')).toBe('192.0.2.1');
    expect(sockets.lookup('elsewhere.example.com')).toBeNull();
    expect(warnings.join()).toContain('there is api.example.com');
  });

  it('refuses other ports of a host that exists, and finds no way to an address that does not', () => {
    const { sockets } = bench({});
    expect(sockets.state(sockets.connect(sockets.lookup('api.example.com') ?? '', 8080))).toBe('refused');
    expect(sockets.state(sockets.connect('192.0.2.1', 80))).toBe('unreachable');
  });

  it('delivers bytes when they are due, and takes the next request on the same connection', () => {
    const wire: WireEvent[] = [
      { at: 30, kind: 'bytes', bytes: WHOLE },
      { at: 30, kind: 'stall' },
    ];
    const { sockets, open, pass, over } = bench({ '/a': wire, '/b': wire });
    const connection = open();
    expect(sockets.write(connection, get('/a') + get('/b'))).toBe(true);
    pass(29);
    expect(sockets.read(connection, 100, false)).toBeNull();
    pass(1);
    expect(sockets.read(connection, 8, true)).toBe('HTTP/1.1');
    expect(sockets.read(connection, 1000, false)).toBe(WHOLE);
    pass(30);
    expect(sockets.read(connection, 1000, false)).toBe(WHOLE);
    expect(over.map(({ request }) => request.url)).toEqual([`${ORIGIN}/a`, `${ORIGIN}/b`]);
  });

  it('waits for the whole body of a request, in chunks too', () => {
    const { sockets, open, over, pass } = bench({ '/a': [{ at: 1, kind: 'bytes', bytes: WHOLE }] });
    const connection = open();
    const head = 'POST /a HTTP/1.1\r\nHost: api.example.com\r\n';
    sockets.write(connection, `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`);
    pass(10);
    expect(over).toEqual([]);
    sockets.write(connection, '0\r\n\r\n');
    pass(10);
    expect(over.map(({ request }) => request.body)).toEqual(['abc']);
  });

  it('tells the end and a reset, once, and takes one more write after the end as a kernel does', () => {
    const { sockets, open, pass } = bench({
      '/end': [{ at: 5, kind: 'close' }],
      '/reset': [{ at: 5, kind: 'reset' }],
    });
    const ended = open();
    sockets.write(ended, get('/end'));
    pass(5);
    expect(sockets.read(ended, 10, false)).toBe('');
    expect([sockets.write(ended, 'x'), sockets.write(ended, 'x')]).toEqual([true, false]);
    const reset = open();
    sockets.write(reset, get('/reset'));
    pass(5);
    expect(sockets.readable(reset)).toBe(true);
    expect([sockets.takeReset(reset), sockets.takeReset(reset)]).toEqual([true, false]);
    expect(sockets.write(reset, 'x')).toBe(false);
  });

  it('abandons what a program closes before the answer was whole', () => {
    const { sockets, open, pass, over } = bench({ '/hang': [{ at: 5, kind: 'stall' }], '/b': [] });
    const connection = open();
    sockets.write(connection, get('/hang'));
    pass(3000);
    sockets.close(connection);
    expect(over.map(({ client }) => [client.error, client.elapsedMs])).toEqual([['aborted', 3000]]);
    sockets.write(open(), get('/hang'));
    expect(sockets.closeAll()).toHaveLength(1);
  });

  it('closes a connection that speaks no HTTP, and one whose request no route takes, and says so', () => {
    const { sockets, open, warnings } = bench({});
    const other = open();
    sockets.write(other, 'SSH-2.0-OpenSSH_9.2\r\n');
    expect(sockets.read(other, 1000, false)).toMatch(/^HTTP\/1\.1 400 /);
    const lost = open();
    sockets.write(lost, get('/nowhere'));
    expect(sockets.read(lost, 1000, false)).toBe('');
    expect(warnings).toEqual([
      expect.stringContaining('no HTTP/1.1 request'),
      `Nothing in this scenario answers GET ${ORIGIN}/nowhere.`,
    ]);
  });

  it.each([
    ['connect-failed', 'refused', 'refused'],
    ['connect-failed', 'unreachable', 'unreachable'],
    ['connect-failed', 'timeout', 'connecting'],
  ] as const)('is %s by %s, in its time', (kind, reason, state) => {
    const { sockets, open, pass } = bench({}, { at: 20, kind, reason });
    const connection = open();
    expect(sockets.state(connection)).toBe('connecting');
    pass(20);
    expect(sockets.state(connection)).toBe(state);
  });

  it('has no name for a host whose lookup fails, and none for now where the name server is silent', () => {
    expect(
      bench({}, { at: 1, kind: 'lookup-failed', reason: 'nxdomain' }).sockets.lookup('api.example.com'),
    ).toBeNull();
    expect(bench({}, { at: 1, kind: 'lookup-failed', reason: 'servfail' }).sockets.lookup('api.example.com')).toBe('');
  });

  it('shows a socket of an earlier program a closed connection, and none of the next program’s', () => {
    const before = bench({ '/a': [{ at: 0, kind: 'bytes', bytes: WHOLE }] });
    const left = before.open();
    before.sockets.closeAll();
    const next = bench({ '/a': [{ at: 0, kind: 'bytes', bytes: WHOLE }] });
    const mine = next.open();
    next.sockets.write(mine, get('/a'));
    next.pass(1);
    expect(left).not.toBe(mine);
    expect(next.sockets.read(left, 100, false)).toBe('');
    expect(next.sockets.readable(left)).toBe(true);
    next.sockets.close(left);
    expect(next.sockets.read(mine, 100, false)).toBe(WHOLE);
  });
});
