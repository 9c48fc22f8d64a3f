import { expect, test, type Page } from '@playwright/test';
import { VirtualClock } from '../../src/gateway/clock.ts';
import type { ExchangeRequest, WireEvent } from '../../src/gateway/exchange.ts';
import { playWire } from '../../src/network/connection.ts';
import type { PageFetchNews, PageFetchOrder } from '../../src/network/page-fetch-protocol.ts';

/**
 * Requests through the page against exchanges that are played in the guest: for the same wire the program must hear the
 * same, although a real request, a service worker and a real response lie in between.
 */

const bytes = (text: string, at = 5): WireEvent => ({ at, kind: 'bytes', bytes: text });
const open = (at = 5): WireEvent => ({ at, kind: 'stall' });
const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
const long = all.repeat(4000);

const WIRES: Readonly<Record<string, readonly WireEvent[]>> = {
  whole: [bytes('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: nginx\r\n\r\nhello'), open()],
  'every byte': [bytes(`HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n${all}`), open()],
  long: [bytes(`HTTP/1.1 200 OK\r\nContent-Length: ${long.length}\r\n\r\n${long}`), open()],
  chunked: [
    bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'),
    bytes('0\r\n\r\n', 30),
    open(30),
  ],
  'until the connection closes': [bytes('HTTP/1.1 200 OK\r\n\r\nhello'), { at: 20, kind: 'close' }],
  'a bad gateway without a body': [bytes('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n'), open()],
  'no reason': [bytes('HTTP/1.1 502\r\nContent-Length: 0\r\n\r\n'), open()],
  'headers twice': [
    bytes('HTTP/1.1 200 OK\r\nVia: a\r\nVia: b\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n'),
    open(),
  ],
  'a broken header': [bytes('HTTP/1.1 200 OK\r\nBad Name: x\r\nContent-Length: 0\r\n\r\n'), open()],
  'gzip that is none': [bytes('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello'), open()],
  'no content': [bytes('HTTP/1.1 204 No Content\r\n\r\n'), open()],
  'not modified': [bytes('HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'), open()],
  redirect: [bytes('HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 5\r\n\r\nthere'), open()],
  'a status of its own': [bytes('HTTP/1.1 999 Request Denied\r\nContent-Length: 2\r\n\r\nno'), open()],
  'cut short': [bytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'), { at: 20, kind: 'close' }],
  'reset in a chunk': [
    bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'),
    { at: 20, kind: 'reset' },
  ],
  'silent after the head': [bytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'), open()],
  'silent in the body': [bytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'), open()],
  silent: [open()],
  'no reply': [{ at: 5, kind: 'close' }],
  reset: [{ at: 5, kind: 'reset' }],
  refused: [{ at: 5, kind: 'connect-failed', reason: 'refused' }],
  'no such host': [{ at: 5, kind: 'lookup-failed', reason: 'nxdomain' }],
  'a bad certificate': [{ at: 5, kind: 'tls-failed', reason: 'expired' }],
  'not HTTP': [bytes('SSH-2.0-OpenSSH_9.2\r\n'), open()],
};

const METHODS = ['GET', 'HEAD', 'POST'] as const;

/** Everything that a program hears of one exchange; pieces of the body joined. */
interface Heard {
  head: unknown;
  body: string;
  final: string;
}

function requestOf(method: string, name: string): ExchangeRequest {
  const url = `https://api.example.com/wires/${encodeURIComponent(name)}?x=1`;
  return { method, url, headers: [['Host', 'api.example.com']], body: method === 'POST' ? 'sent \xff' : '' };
}

/** What the guest would hear by itself. */
function playedHere(order: Extract<PageFetchOrder, { kind: 'send' }>): Heard {
  const clock = new VirtualClock();
  const heard: Heard = { head: null, body: '', final: '' };
  playWire(order, clock, {
    head: (head) => {
      heard.head = head;
    },
    body: (piece) => {
      heard.body += Buffer.from(piece).toString('latin1');
    },
    end: () => (heard.final ||= 'end'),
    fail: () => (heard.final ||= 'fail'),
    silence: () => (heard.final ||= 'silence'),
  });
  while (clock.fireNext());
  return heard;
}

/** Sends the orders through the frame of the mode, as a guest does, and waits until each has come to its end. */
function playedThroughPage(page: Page, orders: readonly PageFetchOrder[]): Promise<Record<number, Heard>> {
  return page.evaluate(async (sent) => {
    const frame = document.createElement('iframe');
    frame.src = `/devtools/frame.html?${crypto.randomUUID()}`;
    const loaded = new Promise((resolve) => {
      frame.onload = resolve;
    });
    document.body.append(frame);
    await loaded;
    const [control, run] = [new MessageChannel(), new MessageChannel()];
    const ready = new Promise((resolve) => {
      control.port1.onmessage = resolve;
    });
    frame.contentWindow?.postMessage({ kind: 'open-devtools-frame' }, location.origin, [control.port2]);
    await ready;
    control.port1.postMessage({ kind: 'run', run: 1 }, [run.port2]);
    const heard: Record<number, { head: unknown; body: string; final: string }> = {};
    await new Promise<void>((resolve) => {
      let open = sent.length;
      run.port1.onmessage = ({ data }: MessageEvent<PageFetchNews>) => {
        const of = (heard[data.id] ??= { head: null, body: '', final: '' });
        if (data.kind === 'head') of.head = data.head;
        else if (data.kind === 'body') for (const byte of data.bytes) of.body += String.fromCharCode(byte);
        else {
          of.final = data.kind;
          open -= 1;
          if (open === 0) resolve();
        }
      };
      for (const order of sent) run.port1.postMessage(order);
    });
    frame.remove();
    return heard;
  }, orders);
}

test('whatever is on the wire, the program hears the same through the page', async ({ page }) => {
  const orders = METHODS.flatMap((method) => Object.entries(WIRES).map(([name, wire]) => ({ name, method, wire }))).map(
    ({ name, method, wire }, index) => ({
      kind: 'send' as const,
      id: index + 1,
      request: requestOf(method, name),
      wire,
    }),
  );
  await page.goto('/');
  const through = await playedThroughPage(page, orders);
  for (const order of orders) {
    expect(through[order.id], `${order.request.method} ${order.request.url}`).toEqual(playedHere(order));
  }
  expect(orders).toHaveLength(75);
});

test('a request cannot leave the folder of simulated addresses', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/');
  const wire = WIRES['whole'] ?? [];
  const to = (url: string, id: number) => ({
    kind: 'send' as const,
    id,
    request: { ...requestOf('GET', 'x'), url },
    wire,
  });
  asked.length = 0;
  const heard = await playedThroughPage(page, [
    to('https://../rss.xml', 1),
    to('https://api.example.com/../../rss.xml', 2),
    to('data:text/plain,x', 3),
  ]);
  expect(Object.values(heard).map(({ final }) => final)).toEqual(['fail', 'end', 'fail']);
  const simulated = asked.filter((path) => !/^\/devtools\/[\w-]+\.(?:html|js)$|^\/favicon/.test(path));
  expect(simulated).toEqual(['/devtools/api.example.com/rss.xml']);
});
