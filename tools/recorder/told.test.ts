import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/gateway/exchange.ts';
import { toldBy } from './told.ts';

const told = (...wire: WireEvent[]) => toldBy({ wire, attempts: 1, log: { access: [], error: ['{{x*70}}'] } }, 'GET');
const bytes = (text: string): WireEvent => ({ at: 1, kind: 'bytes', bytes: text });

describe('what a recording tells', () => {
  it('names the interim responses before the answer, but not a switch of protocols', () => {
    const hints = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n';
    const answer = 'HTTP/1.1 204 No Content\r\n\r\n';
    expect(told(bytes(hints + answer)).interim).toEqual(['HTTP/1.1 100 Continue', 'HTTP/1.1 103 Early Hints']);
    expect(told(bytes('HTTP/1.1 101 Switching Protocols\r\n\r\n')).interim).toEqual([]);
  });

  it('is the same however TCP cut it and whenever it came, and another when the end differs', () => {
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
    const once = told(bytes(whole), { at: 1, kind: 'stall' });
    expect(told(bytes(whole.slice(0, 20)), { ...bytes(whole.slice(20)), at: 900 }, { at: 900, kind: 'stall' })).toEqual(
      once,
    );
    expect(told(bytes(whole), { at: 1, kind: 'close' })).not.toEqual(once);
  });

  it('has long texts and lengths written out', () => {
    const { body, headers, errorLog } = told(
      bytes('HTTP/1.1 200 OK\r\nContent-Length: {{content-length}}\r\n\r\n{{y*100}}'),
      { at: 1, kind: 'stall' },
    );
    expect(body).toBe('y'.repeat(100));
    expect(headers).toEqual([['Content-Length', '100']]);
    expect(errorLog).toEqual(['x'.repeat(70)]);
  });
});
