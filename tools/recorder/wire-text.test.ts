import { describe, expect, it } from 'vitest';
import type { Places } from '../../src/gateway/places.ts';
import { NGINX_VOLATILE } from '../../src/gateway/profiles/nginx-volatile.ts';
import { maskWire, steadyWire } from './wire-text.ts';

const NOWHERE: Places = { addresses: [], socket: null, folder: null };

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

  it('puts what a timer ended on one time, for a gateway that looks at its timers rarely', () => {
    const endedAt = (at: number) => steadyWire([{ at, kind: 'close' }], 2000)[0]?.at;
    expect([1820, 2460, 2950].map(endedAt)).toEqual([2000, 2000, 2000]);
    expect(endedAt(4040)).toBe(4000);
    expect(endedAt(310)).toBe(300);
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
      NOWHERE,
    );
    expect(masked[1]).toEqual({ at: 300, kind: 'bytes', bytes: 'Date: {{date}}\r\n\r\nDate: today\r\n' });
  });

  it('masks the head of the answer behind interim responses too', () => {
    const bytes =
      'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nDate: Sat, 21 Nov 2026 19:03:07 GMT\r\n\r\n';
    expect(maskWire([{ at: 1, kind: 'bytes', bytes }], NGINX_VOLATILE, NOWHERE)).toEqual([
      { at: 1, kind: 'bytes', bytes: bytes.replace('Sat, 21 Nov 2026 19:03:07 GMT', '{{date}}') },
    ]);
  });

  it('counts the body anew where it names something that changes', () => {
    const body = 'cannot connect to 127.0.0.1:20013';
    const bytes = `HTTP/1.1 502 Bad Gateway\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const places = { ...NOWHERE, addresses: ['127.0.0.1:20013'] };
    expect(maskWire([{ at: 1, kind: 'bytes', bytes }], NGINX_VOLATILE, places)).toMatchObject([
      {
        bytes:
          'HTTP/1.1 502 Bad Gateway\r\nContent-Length: {{content-length}}\r\n\r\ncannot connect to {{upstream-address}}',
      },
    ]);
  });
});
