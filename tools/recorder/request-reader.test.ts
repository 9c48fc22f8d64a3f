import { describe, expect, it } from 'vitest';
import { RequestReader } from './request-reader.ts';

const POST = 'POST /orders HTTP/1.1\r\nHost: gw.test\r\nContent-Length: 5\r\n\r\n';

describe('RequestReader', () => {
  it('reports a request when its body is there', () => {
    const reader = new RequestReader('request');
    expect(reader.push(`${POST}he`)).toEqual([]);
    expect(reader.push('llo')).toEqual([{ method: 'POST', target: '/orders', keepAlive: true }]);
  });

  it('reports a request as soon as its head is there, when asked to', () => {
    expect(new RequestReader('head').push(POST)).toHaveLength(1);
  });

  it('waits for a body that comes in many pieces, and takes what follows it for the next request', () => {
    const reader = new RequestReader('request');
    expect(reader.push('PUT /big HTTP/1.1\r\nContent-Length: 300000\r\n\r\n')).toEqual([]);
    for (let sent = 0; sent < 299_000; sent += 1000) expect(reader.push('p'.repeat(1000))).toEqual([]);
    const completed = reader.push(`${'p'.repeat(1000)}GET /next HTTP/1.1\r\n\r\n`);
    expect(completed.map(({ target }) => target)).toEqual(['/big', '/next']);
  });

  it('waits for the last chunk', () => {
    const reader = new RequestReader('request');
    expect(reader.push('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n')).toEqual([]);
    expect(reader.push('0\r\n\r\n')).toHaveLength(1);
  });

  it('takes two requests on one connection apart', () => {
    const requests = new RequestReader('request').push(`${POST}helloGET /next HTTP/1.1\r\nConnection: close\r\n\r\n`);
    expect(requests.map(({ target, keepAlive }) => [target, keepAlive])).toEqual([
      ['/orders', true],
      ['/next', false],
    ]);
  });

  it('knows that HTTP/1.0 closes unless it says otherwise', () => {
    expect(new RequestReader('request').push('GET / HTTP/1.0\r\n\r\n')[0]?.keepAlive).toBe(false);
    expect(new RequestReader('request').push('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n')[0]?.keepAlive).toBe(
      true,
    );
  });
});
