import { describe, expect, it } from 'vitest';
import { harObjections } from '../../tests/setup/har-objections.ts';
import { labAnswer } from '../build/lab-exchange.ts';
import type { Exchange } from '../gateway/exchange.ts';
import { FAULTS } from '../gateway/faults/index.ts';
import { harFileName, harOf } from './har.ts';
import type { HarEntry } from './har-format.ts';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';

/** What real gateways answer to every fault of the catalogue. */
const everyFault: Exchange[] = ['nginx', 'haproxy', 'envoy'].flatMap((gateway) =>
  FAULTS.flatMap(({ id }) => {
    const answer = labAnswer({ gateway, fault: id });
    return answer.kind === 'exchange' ? [answer.exchange] : [];
  }),
);

const entryOf = (exchange: Exchange): HarEntry => {
  const [entry] = harOf({ exchanges: [exchange] }, 'One').log.entries;
  if (!entry) throw new Error('the archive is empty');
  return entry;
};

const png = '\x89PNG\r\n\x1a\n\xff\xfe';
const withBody = (body: string, type: string): Exchange => {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const headers = [
    ['Content-Type', type],
    ['Content-Length', String(body.length)],
  ] as const;
  return {
    ...answered,
    wire: [{ at: 48, kind: 'bytes', bytes: head + body }],
    client: { ...answered.client, headers, body },
  };
};

describe('the archive of a run', { timeout: 60_000 }, () => {
  it('is HAR 1.2 for every fault there is', () => {
    expect(everyFault.length).toBeGreaterThan(100);
    expect(harObjections(harOf({ exchanges: everyFault }, 'Every fault'))).toEqual([]);
    expect(harObjections({ log: { version: '1.2' } }), 'the schema is in force').not.toEqual([]);
  });

  it('is HAR 1.2 for a run without a request', () => {
    expect(harObjections(harOf({ exchanges: [] }, 'Nothing'))).toEqual([]);
  });

  it('has times and sizes that add up', () => {
    for (const entry of harOf({ exchanges: everyFault }, 'Every fault').log.entries) {
      const { blocked, dns, connect, ssl, send, wait, receive } = entry.timings;
      const phases = [blocked, dns, connect, ssl, send, wait, receive].filter((ms) => ms >= 0);
      expect(phases.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(entry.time, 6);
      const { headersSize, bodySize, _transferSize } = entry.response;
      if (headersSize >= 0) expect(headersSize + bodySize).toBe(_transferSize);
    }
  });

  it('dates each request by the simulated clock', () => {
    const { entries } = harOf({ exchanges: [closedEarly, answered] }, 'Two').log;
    expect(entries.map(({ startedDateTime }) => startedDateTime)).toEqual([
      '2026-01-15T09:00:00.000Z',
      '2026-01-15T09:00:01.048Z',
    ]);
  });

  it('keeps a request that got no answer, and says why', () => {
    const client = { ...closedEarly.client, status: null, reason: null, headers: [], body: '' };
    const entry = entryOf({ ...closedEarly, wire: [], client: { ...client, error: 'reset' } });
    expect(entry.response).toMatchObject({
      status: 0,
      headersSize: -1,
      bodySize: -1,
      comment: 'No complete response: connection reset.',
      _error: 'net::ERR_CONNECTION_RESET',
    });
  });

  it('tells what the browser told the program, beside what arrived', () => {
    const entry = entryOf({ ...closedEarly, program: { error: 'TypeError: Failed to fetch', why: 'No CORS header.' } });
    expect(entry.response.status).toBe(502);
    expect(entry.comment).toContain('The program was told TypeError: Failed to fetch: No CORS header.');
  });

  it('writes bytes that are no text as base64', () => {
    const { content, bodySize } = entryOf(withBody(png, 'image/png')).response;
    expect(content).toMatchObject({ encoding: 'base64', mimeType: 'image/png', size: png.length });
    expect(Buffer.from(content.text ?? '', 'base64').toString('latin1')).toBe(png);
    expect(bodySize).toBe(png.length);
  });

  it('decodes text', () => {
    const { content } = entryOf(withBody(Buffer.from('Grüße ☕').toString('latin1'), 'text/plain')).response;
    expect(content).toMatchObject({ text: 'Grüße ☕', size: 11 });
    expect(content.encoding).toBeUndefined();
  });

  it('takes apart the request', () => {
    const { request } = entryOf({
      ...answered,
      request: {
        method: 'POST',
        url: 'https://api.example.com/orders?full=1&tag=a%20b',
        headers: [
          ['Host', 'api.example.com'],
          ['Cookie', 'session=a=b; theme=dark'],
          ['Content-Type', 'application/json'],
        ],
        body: '{"a":1}',
      },
    });
    expect(request).toMatchObject({
      cookies: [
        { name: 'session', value: 'a=b' },
        { name: 'theme', value: 'dark' },
      ],
      queryString: [
        { name: 'full', value: '1' },
        { name: 'tag', value: 'a b' },
      ],
      postData: { mimeType: 'application/json', text: '{"a":1}' },
      bodySize: 7,
    });
    const head =
      'POST /orders?full=1&tag=a%20b HTTP/1.1\r\nHost: api.example.com\r\nCookie: session=a=b; theme=dark\r\n' +
      'Content-Type: application/json\r\n\r\n';
    expect(request.headersSize).toBe(head.length);
  });

  it('takes apart the cookies of the answer', () => {
    const headers = [['Set-Cookie', 'id=7; Path=/; Secure; HttpOnly; Expires=Thu, 15 Jan 2026 10:00:00 GMT']] as const;
    const exchange = { ...answered, client: { ...answered.client, headers } };
    expect(entryOf(exchange).response.cookies).toEqual([
      { name: 'id', value: '7', path: '/', secure: true, httpOnly: true, expires: '2026-01-15T10:00:00.000Z' },
    ]);
    expect(harObjections(harOf({ exchanges: [exchange] }, 'Cookies'))).toEqual([]);
  });

  it.each([
    ['A 502, twice, then the answer', 'a-502-twice-then-the-answer.har'],
    ['  Café & Co.  ', 'cafe-co.har'],
    ['???', 'run.har'],
  ])('of "%s" is saved as %s', (title, name) => expect(harFileName(title)).toBe(name));
});
