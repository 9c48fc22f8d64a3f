import { describe, expect, it } from 'vitest';
import { recordedClientWords } from '../build/client-words.ts';
import { labExchange } from '../build/lab-exchange.ts';
import { clientViewOf } from './client-view.ts';
import { clientWordsFor } from './client-words.ts';
import type { WireEvent } from './exchange.ts';

const words = recordedClientWords();

/** What each client says to a wire, by client. */
function said(wire: readonly WireEvent[], url = 'https://api.example.com/orders/42?x=1'): Record<string, string> {
  const request = { method: 'GET', url, headers: [], body: '' };
  const all = clientWordsFor({ request, wire, client: clientViewOf(wire, 'GET') }, words);
  return Object.fromEntries(all.map(({ client, text }) => [client, text]));
}

const bytes = (text: string): WireEvent => ({ at: 5, kind: 'bytes', bytes: text });
const close: WireEvent = { at: 9, kind: 'close' };

describe('clientWordsFor', () => {
  it('tells apart what a browser reports as one TypeError', () => {
    const wires: readonly WireEvent[][] = [
      [{ at: 2, kind: 'connect-failed', reason: 'refused' }],
      [{ at: 2, kind: 'lookup-failed', reason: 'nxdomain' }],
      [{ at: 2, kind: 'tls-failed', reason: 'the certificate has expired' }],
      [close],
      [{ at: 9, kind: 'reset' }],
      [bytes('SSH-2.0-OpenSSH_9.2\r\n'), close],
    ];
    for (const client of ['curl', 'requests', 'node'] as const) {
      const texts = wires.map((wire) => said(wire)[client]);
      expect(texts).not.toContain(undefined);
      expect(new Set(texts).size).toBe(6);
    }
  });

  it('names the host, port and path of the request', () => {
    const { curl, requests, node } = said([{ at: 13, kind: 'connect-failed', reason: 'refused' }]);
    expect(curl).toBe(
      "curl: (7) Failed to connect to api.example.com port 443 after 13 ms: Couldn't connect to server",
    );
    expect(requests).toContain(
      "HTTPSConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /orders/42?x=1",
    );
    expect(node).toMatch(/^TypeError: fetch failed, cause: Error: connect ECONNREFUSED \d+\.\d+\.\d+\.\d+:443$/);
    expect(said([close], 'http://api.example.com:8080/').curl).toBe('curl: (52) Empty reply from server');
  });

  it('counts the bytes that came and those that did not', () => {
    const { curl, requests } = said([bytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'), close]);
    expect(curl).toBe('curl: (18) transfer closed with 95 bytes remaining to read');
    expect(requests).toContain('IncompleteRead(5 bytes read, 95 more expected)');
  });

  it('counts within the chunk, and within the piece of it that requests reads at a time', () => {
    const cut = (length: number, arrived: number) =>
      said([
        bytes(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${length.toString(16)}\r\n${'x'.repeat(arrived)}`),
        close,
      ]);
    expect(cut(1000, 400).requests).toContain('IncompleteRead(400 bytes read, 600 more expected)');
    expect(cut(30_000, 10_240 + 7).requests).toContain('IncompleteRead(7 bytes read, 10233 more expected)');
  });

  it('says which time limit the words of silence come from', () => {
    const wire: WireEvent[] = [{ at: 60_000, kind: 'stall' }];
    const request = { method: 'GET', url: 'https://api.example.com/', headers: [], body: '' };
    const all = clientWordsFor({ request, wire, client: clientViewOf(wire, 'GET') }, words);
    expect(all.map(({ limit }) => limit)).toEqual(['--max-time 10', 'timeout=10', 'AbortSignal.timeout(10000)']);
    expect(all[0]?.text).toBe('curl: (28) Operation timed out after 10000 milliseconds with 0 bytes received');
  });

  it('shows the answer of a gateway as an answer, with the versions of the clients', () => {
    const all = clientWordsFor(labExchange({ gateway: 'nginx', fault: 'close-after-request' }), words);
    expect(all.map(({ text }) => text)).toEqual(['HTTP 502', '<Response [502]>', '502 Bad Gateway']);
    for (const { version } of all) expect(version).toMatch(/^\d+\.\d+/);
  });

  it('says nothing where the program itself ended the exchange', () => {
    expect(clientWordsFor(labExchange({ gateway: 'nginx', fault: 'client-closes-early' }), words)).toEqual([]);
  });

  it('leaves out a client whose words were not recorded', () => {
    const [curl, ...others] = Object.keys(said([bytes('HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n')]));
    expect([curl, others]).toEqual(['curl', ['requests']]);
    expect(said([bytes('H?')])).toEqual({});
  });
});
