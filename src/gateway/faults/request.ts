import type { Fault, UpstreamResponse } from '../fault.ts';
import { formatResponse } from '../upstream.ts';
import { afterRequest, bytes, close, headOf, POST, stall } from './broken-response.ts';

const HEALTHY = [{ kind: 'http' }] as const;

const FIVE_PARTS: UpstreamResponse = {
  status: 200,
  reason: 'OK',
  headers: [['Content-Type', 'text/plain']],
  body: 'z'.repeat(500),
  delayMs: 0,
};

/** The trouble is on the client's side of the gateway. */
export const REQUEST_FAULTS: readonly Fault[] = [
  {
    id: 'req-body-too-large',
    group: 'request',
    cause: 'gateway-misconfig',
    summary: 'is healthy, and the client posts 24 MiB where the gateway allows less',
    lesson:
      'The limit is the gateway’s, so the application never heard of the upload. nginx allows 1 MiB by default; the answer is 413 in one gateway and 502 in the next.',
    request: { ...POST, bodyLength: 24 << 20 },
    route: { bodyLimit: 'small' },
    servers: HEALTHY,
  },
  {
    id: 'req-header-too-large',
    group: 'request',
    cause: 'header-too-big',
    summary: 'is healthy, and the client sends a header of 100 KiB',
    lesson:
      'Cookies that pile up end here: 400, 431, or a reset without a word, depending on the gateway. Clearing the cookies cures it, which is why it comes back.',
    request: { method: 'GET', headers: [['X-Big', 'b'.repeat(102_400)]] },
    servers: HEALTHY,
  },
  {
    id: 'req-uri-too-long',
    group: 'request',
    cause: 'header-too-big',
    summary: 'is healthy, and the client asks for a URL of 100 KiB',
    lesson:
      'Lists of ids in a query grow until a gateway says 414. Put them into the body of a POST; raising the limit moves the wall, it does not remove it.',
    request: { method: 'GET', query: `?${'u'.repeat(102_400)}` },
    servers: HEALTHY,
  },
  {
    id: 'req-malformed',
    group: 'request',
    cause: 'not-a-failure',
    summary: 'is healthy, and the client’s first line is no HTTP',
    lesson:
      'The gateway is right to refuse it. Scanners send such lines all day; a client of yours does so when it speaks TLS, or a message queue’s protocol, to an HTTP port.',
    request: { method: 'GET', raw: 'NOT A REQUEST\r\n\r\n' },
    servers: HEALTHY,
  },
  {
    id: 'req-no-host',
    group: 'request',
    cause: 'not-a-failure',
    summary: 'is healthy, and the client leaves out Host in HTTP/1.1',
    lesson:
      'HTTP/1.1 requires Host, and a server has to answer 400 without it. Hand-made health checks forget it; those gateways that let it pass hide the mistake.',
    request: { method: 'GET', raw: 'GET {{target}} HTTP/1.1\r\nUser-Agent: lab-raw/1\r\n\r\n' },
    servers: HEALTHY,
  },
  {
    id: 'req-cl-and-te',
    group: 'request',
    cause: 'not-a-failure',
    summary: 'is healthy, and the client sends Content-Length together with chunks',
    lesson:
      'Two ways to tell the end of one body are the door to request smuggling. A gateway that refuses protects you; if your own client sends both, fix the client.',
    request: {
      method: 'POST',
      raw: 'POST {{target}} HTTP/1.1\r\nHost: gw.test\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n',
    },
    servers: HEALTHY,
  },
  {
    id: 'req-header-stall',
    group: 'request',
    cause: 'client-timeout',
    summary: 'is healthy, and the client stops in the middle of its request head',
    lesson:
      'The gateway waits for the client this time. After its own limit it says 408, or closes without a word, and no upstream is to blame.',
    request: { method: 'GET', raw: 'GET {{target}} HTTP/1.1\r\nHost: gw.t' },
    servers: HEALTHY,
    patienceMs: 6000,
  },
  {
    id: 'req-body-stall',
    group: 'request',
    cause: 'client-timeout',
    summary: 'is healthy, and the client sends 10 of 1000 bytes of its body, then nothing',
    lesson:
      'A phone that lost its network in mid-upload. Gateways that collect the body first give up on the client; those that stream it let the upstream wait, and blame the upstream.',
    request: {
      method: 'POST',
      raw: 'POST {{target}} HTTP/1.1\r\nHost: gw.test\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n0123456789',
    },
    servers: HEALTHY,
    patienceMs: 6000,
  },
  {
    id: 'client-closes-early',
    group: 'request',
    cause: 'client-aborted',
    summary: 'answers after 800 ms, when the client has already gone',
    lesson:
      'The client gave up first. Nobody saw an error page, only the gateway’s log knows; nginx writes 499 there, a status that is never sent.',
    request: { method: 'GET', leavesAfterMs: 300 },
    servers: afterRequest((response) => [bytes(formatResponse(response), 800), close(800)]),
  },
  {
    id: 'client-closes-mid-body',
    group: 'request',
    cause: 'client-aborted',
    summary: 'sends its body in five parts over a second, and the client leaves after the first',
    lesson:
      'The status was sent, so the log says 200 although nobody has the data. Fewer bytes sent than announced is the trace to look for.',
    request: { method: 'GET', leavesAfterMs: 350 },
    servers: afterRequest((response) => {
      const part = Math.ceil(response.body.length / 5) || 1;
      const parts = [0, 1, 2, 3, 4].map((index) => response.body.slice(index * part, (index + 1) * part));
      return [
        bytes(`${headOf(response)}Content-Length: ${response.body.length}\r\n\r\n`),
        ...parts.filter((text) => text !== '').map((text, index) => bytes(text, (index + 1) * 200)),
        stall(1000),
      ];
    }, FIVE_PARTS),
  },
];
