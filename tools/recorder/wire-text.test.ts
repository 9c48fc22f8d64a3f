import { describe, expect, it } from 'vitest';
import { NGINX_VOLATILE } from '../../src/gateway/profiles/nginx-volatile.ts';
import { maskWire, steadyWire } from './wire-text.ts';

describe('steadyWire', () => {
  it('tells the same story whatever the machine was busy with', () => {
    expect(
      steadyWire([
        { at: 2003.7, kind: 'bytes', bytes: 'HTTP/1.1 504' },
        { at: 2031.2, kind: 'bytes', bytes: ' Gateway Time-out\r\n' },
        { at: 2032, kind: 'close' },
      ]),
    ).toEqual([
      { at: 2000, kind: 'bytes', bytes: 'HTTP/1.1 504 Gateway Time-out\r\n' },
      { at: 2000, kind: 'close' },
    ]);
  });

  it('keeps bytes apart that a fault sent at different times', () => {
    const wire = [
      { at: 3.1, kind: 'bytes', bytes: 'a' },
      { at: 304, kind: 'bytes', bytes: 'b' },
    ] as const;
    expect(steadyWire(wire).map(({ at }) => at)).toEqual([1, 300]);
  });
});

describe('maskWire', () => {
  it('masks the head wherever TCP cut it, and leaves the body as the upstream wrote it', () => {
    const masked = maskWire(
      [
        { at: 1, kind: 'bytes', bytes: 'HTTP/1.1 200 OK\r\n' },
        { at: 300, kind: 'bytes', bytes: 'Date: Sat, 21 Nov 2026 19:03:07 GMT\r\n\r\nDate: today\r\n' },
        { at: 300, kind: 'stall' },
      ],
      NGINX_VOLATILE,
    );
    expect(masked[1]).toEqual({ at: 300, kind: 'bytes', bytes: 'Date: {{date}}\r\n\r\nDate: today\r\n' });
  });
});
