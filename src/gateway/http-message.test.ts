import { describe, expect, it } from 'vitest';
import { decodeBody, formatHead, parseHead, toBytes, toLatin1 } from './http-message.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n';

describe('parseHead', () => {
  it('reads status, reason and headers in order, and where the body starts', () => {
    const parsed = parseHead(`${HEAD}hello`, 'GET');
    expect(parsed).toEqual({
      kind: 'head',
      head: {
        version: 'HTTP/1.1',
        status: 200,
        reason: 'OK',
        headers: [
          ['Content-Type', 'text/plain'],
          ['Content-Length', '5'],
        ],
      },
      framing: { kind: 'length', length: 5 },
      bodyStart: HEAD.length,
    });
  });

  it('passes over interim responses', () => {
    const parsed = parseHead(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${HEAD}`, 'GET');
    expect(parsed.kind === 'head' && parsed.head.status).toBe(200);
  });

  it('formats what it parsed', () => {
    const parsed = parseHead(HEAD, 'GET');
    expect(parsed.kind === 'head' && formatHead(parsed.head)).toBe(HEAD);
  });

  it.each([
    ['', 'incomplete'],
    ['HTT', 'incomplete'],
    ['HTTP/1.1 20', 'incomplete'],
    ['HTTP/1.1 200 OK\r\nX-Half: a', 'incomplete'],
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'not-http'],
    ['<html>', 'not-http'],
    ['HTTP/1.1 OK 200\r\n\r\n', 'not-http'],
  ])('%j is %s', (bytes, kind) => {
    expect(parseHead(bytes, 'GET').kind).toBe(kind);
  });

  it.each([
    ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 'none'],
    ['GET', 'HTTP/1.1 204 No Content\r\n\r\n', 'none'],
    ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n', 'chunked'],
    ['GET', 'HTTP/1.1 200 OK\r\n\r\n', 'close'],
  ])('knows how the body of a %s response ends: %j', (method, bytes, framing) => {
    const parsed = parseHead(bytes, method);
    expect(parsed.kind === 'head' && parsed.framing.kind).toBe(framing);
  });
});

describe('decodeBody', () => {
  it('joins chunks and knows the last one', () => {
    expect(decodeBody('5\r\nhello\r\n1;x=y\r\n!\r\n0\r\n\r\n', { kind: 'chunked' })).toEqual({
      body: 'hello!',
      complete: true,
      malformed: false,
    });
  });

  it('gives what arrived of a cut body', () => {
    expect(decodeBody('400\r\nxxx', { kind: 'chunked' })).toEqual({ body: 'xxx', complete: false, malformed: false });
    expect(decodeBody('xxx', { kind: 'length', length: 10 })).toEqual({
      body: 'xxx',
      complete: false,
      malformed: false,
    });
  });

  it('says when a chunk header is not one', () => {
    expect(decodeBody('5\r\nhello\r\nzz\r\n', { kind: 'chunked' })).toEqual({
      body: 'hello',
      complete: false,
      malformed: true,
    });
  });
});

it('keeps every byte on the way through latin1 text', () => {
  const text = 'Grüße → 502';
  expect(new TextDecoder().decode(toBytes(toLatin1(text)))).toBe(text);
});
