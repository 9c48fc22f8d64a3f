import type { VolatileContext } from '../recording.ts';

/** A reader's own request, which shares no value with the recorder's. */
export const READER: VolatileContext = {
  requestedAt: Date.UTC(2026, 0, 15, 9, 0, 0),
  finishedAt: Date.UTC(2026, 0, 15, 9, 0, 2, 5),
  id: 3,
  method: 'PUT',
  path: '/orders/42?full=1',
  host: 'api.example.com',
  userAgent: 'shop/2.1',
  requestHeaders: [
    ['Host', 'api.example.com'],
    ['User-Agent', 'shop/2.1'],
  ],
  requestBytes: 0,
  clientAddress: '203.0.113.7',
  upstreamAddress: '10.0.0.12:8080',
  upstreamHost: '10.0.0.12',
  upstreamAddresses: ['10.0.0.12:8080', '10.0.0.13:8080'],
  upstreamSocket: '/run/app/app.sock',
  attempts: [{ connectMs: 2, headerMs: null, responseMs: 2005 }],
  connectMs: 2,
  headerMs: null,
  responseMs: 2005,
  status: 504,
  bodyBytes: 92,
  sentBytes: 198,
  head: null,
};
