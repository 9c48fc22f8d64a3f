import type { Exchange } from '../gateway/exchange.ts';

const PROVENANCE = {
  kind: 'recorded',
  program: 'nginx/1.22.1',
  date: '2026-11-21',
  settings: 'proxy_read_timeout 60s',
} as const;
const BAD_GATEWAY = 'HTTP/1.1 502 Bad Gateway\r\nServer: nginx/1.22.1\r\nContent-Length: 3\r\n\r\n502';
const WELL = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}\n';

/** An exchange as tests need it: nginx answers 502 because the upstream closed. */
export const closedEarly: Exchange = {
  id: 1,
  startedAt: 0,
  request: { method: 'GET', url: 'https://api.example.com/orders/42?full=1', headers: [], body: '' },
  gateway: { id: 'nginx', version: '1.22.1', provenance: PROVENANCE },
  fault: 'close-after-request',
  cause: 'upstream-closed-early',
  upstream: [{ address: '10.0.0.12:8080', startedAt: 12, wire: [{ at: 36, kind: 'close' }] }],
  wire: [
    { at: 48, kind: 'bytes', bytes: BAD_GATEWAY },
    { at: 48, kind: 'stall' },
  ],
  client: {
    status: 502,
    reason: 'Bad Gateway',
    headers: [],
    body: '502',
    truncated: false,
    error: null,
    elapsedMs: 48,
  },
  answeredBy: 'gateway',
  verdict: 'upstream prematurely closed connection while reading response header from upstream',
  log: { access: ['203.0.113.7 - - "GET /orders/42" 502'], error: ['[error] upstream prematurely closed connection'] },
};

/** An exchange in which nothing is broken. */
export const answered: Exchange = {
  ...closedEarly,
  id: 2,
  startedAt: 1048,
  fault: 'ok',
  cause: null,
  upstream: [
    {
      address: '10.0.0.12:8080',
      startedAt: 12,
      wire: [
        { at: 36, kind: 'bytes', bytes: WELL },
        { at: 36, kind: 'stall' },
      ],
    },
  ],
  wire: [
    { at: 48, kind: 'bytes', bytes: WELL },
    { at: 48, kind: 'stall' },
  ],
  client: { status: 200, reason: 'OK', headers: [], body: '{}\n', truncated: false, error: null, elapsedMs: 48 },
  answeredBy: 'upstream',
  verdict: "passed the upstream's response on",
  log: { access: ['203.0.113.7 - - "GET /orders/42" 200'], error: [] },
};
