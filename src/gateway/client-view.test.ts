import { describe, expect, it } from 'vitest';
import { clientViewOf } from './client-view.ts';
import type { WireEvent } from './exchange.ts';

const bytes = (text: string, at = 1): WireEvent => ({ at, kind: 'bytes', bytes: text });
const view = (...wire: WireEvent[]) => clientViewOf(wire, 'GET');

describe('what a client makes of its connection', () => {
  it('is done when the announced length has arrived, whatever the connection does then', () => {
    const seen = view(bytes('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 7), { at: 99, kind: 'stall' });
    expect(seen).toMatchObject({ status: 200, body: 'ok', error: null, truncated: false, elapsedMs: 7 });
  });

  it('sees the status of a body that is cut, and that it is cut', () => {
    const seen = view(bytes('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal'), { at: 3, kind: 'close' });
    expect(seen).toMatchObject({ status: 200, body: 'hal', truncated: true, error: 'truncated', elapsedMs: 3 });
  });

  it('cannot tell the cut of a body that only the end of the connection delimits', () => {
    const seen = view(bytes('HTTP/1.1 200 OK\r\n\r\nhal'), { at: 3, kind: 'close' });
    expect(seen).toMatchObject({ status: 200, body: 'hal', truncated: false, error: null });
  });

  it('sees as much of a message as there are events', () => {
    const seen = view(bytes('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal', 5));
    expect(seen).toMatchObject({ status: 200, body: 'hal', truncated: true, error: 'timeout', elapsedMs: 5 });
  });

  it('keeps what it got instead of HTTP', () => {
    expect(view(bytes('SSH-2.0-x\r\n'))).toMatchObject({ status: null, body: 'SSH-2.0-x\r\n', error: 'not-http' });
  });

  it.each<[string, WireEvent[], string]>([
    ['a close without a byte', [{ at: 1, kind: 'close' }], 'empty-reply'],
    ['a reset', [{ at: 1, kind: 'reset' }], 'reset'],
    ['silence', [{ at: 1, kind: 'stall' }], 'timeout'],
    ['an SSH banner', [bytes('SSH-2.0-x\r\n')], 'not-http'],
    ['a refused connection', [{ at: 1, kind: 'connect-failed', reason: 'refused' }], 'refused'],
    ['a name that does not resolve', [{ at: 1, kind: 'lookup-failed', reason: 'nxdomain' }], 'dns'],
    ['no events at all', [], 'timeout'],
  ])('%s is no answer: %s', (_, wire, error) => {
    expect(clientViewOf(wire, 'GET')).toMatchObject({ status: null, error });
  });
});
