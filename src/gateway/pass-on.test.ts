import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultById } from './faults/index.ts';
import { parseHead } from './http-message.ts';
import { bytesOf, passedOnBy, passOn } from './pass-on.ts';
import { nginx } from './profiles/nginx.ts';
import { profileOf } from './profiles/index.ts';
import { passedOnWith } from './portable-recordings.ts';
import { recordedFaultsIn } from './recorded-fault.ts';
import type { Recording, RecordingSet } from './recording.ts';

const RECORDINGS = 'content/recordings';
const sets = readdirSync(RECORDINGS).flatMap((gateway) =>
  readdirSync(path.join(RECORDINGS, gateway)).map(
    (file) => JSON.parse(readFileSync(path.join(RECORDINGS, gateway, file), 'utf8')) as RecordingSet,
  ),
);

/** Faults in which the upstream sends nothing but valid heads, so that a profile has to be able to tell what becomes of them. */
const VALID = new Set(['control', 'status', 'keepalive', 'retry']);

describe.each(sets.map((set) => [`${set.gateway} ${set.version}`, set] as const))('%s', (_, set) => {
  const recorded = recordedFaultsIn(set, passedOnWith(set, profileOf(set.gateway)));

  it('passes valid heads on as its profile says', () => {
    const mended = set.recordings
      .filter(({ fault }) => VALID.has(faultById(fault).group))
      .map(({ fault, method }) => recorded(fault, method))
      .filter(({ passedOn }) => passedOn?.by === 'recording')
      .map(({ fault }) => fault.id);
    expect(mended).toEqual([]);
  });

  it('answers none of the application’s own answers itself', () => {
    const own = set.recordings
      .filter(({ fault }) => ['ok', 'ok-slow', 'app-404', 'app-429', 'app-502'].includes(fault))
      .filter(({ fault, method }) => recorded(fault, method).passedOn === null);
    expect(own.map(({ fault }) => fault)).toEqual([]);
  });
});

const recordingOf = (bytes: string, fault = 'ok'): Recording => ({
  fault,
  method: 'GET',
  config: '',
  wire: [
    { at: 1, kind: 'bytes', bytes },
    { at: 1, kind: 'stall' },
  ],
  attempts: 1,
  log: { access: [], error: [] },
});
const OWN_HEAD = 'HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: {{date}}\r\nContent-Type: text/plain\r\n';
const HELLO = recordingOf(`${OWN_HEAD}Content-Length: 20\r\nConnection: keep-alive\r\n\r\nhello from upstream\n`);

describe('an answer that was passed on', () => {
  it('is told from one that the gateway made by its status and its body', () => {
    const ok = faultById('ok');
    expect(passedOnBy(ok, HELLO, nginx, 'nginx/1.22.1')).toEqual({ by: 'profile', share: 1 });
    const page = recordingOf('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nWelcome');
    expect(passedOnBy(ok, page, nginx, 'nginx/1.22.1')).toBeNull();
    const error = recordingOf('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 20\r\n\r\nhello from upstream\n');
    expect(passedOnBy(ok, error, nginx, 'nginx/1.22.1')).toBeNull();
  });

  it('is one that only the recording explains where the head is not the profile’s', () => {
    const mended = recordingOf('HTTP/1.1 200 OK\r\nX-Mended: yes\r\nContent-Length: 20\r\n\r\nhello from upstream\n');
    expect(passedOnBy(faultById('ok'), mended, nginx, 'nginx/1.22.1')).toEqual({ by: 'recording', share: 1 });
  });

  it('carries another application’s answer in the recorded number of pieces', () => {
    const drip: Recording = {
      ...HELLO,
      wire: [
        { at: 1, kind: 'bytes', bytes: `${OWN_HEAD}Content-Length: 4\r\nConnection: keep-alive\r\n\r\na` },
        { at: 300, kind: 'bytes', bytes: 'b' },
        { at: 600, kind: 'bytes', bytes: 'cd' },
        { at: 600, kind: 'stall' },
      ],
    };
    const sent = 'HTTP/1.1 201 Created\r\nContent-Length: 8\r\n\r\n01234567';
    const wire = passOn(sent, drip, { by: 'profile', share: 1 }, (head, message) =>
      nginx.passOn(head, 'nginx/1.22.1', message),
    );
    const pieces = wire.map((event) => (event.kind === 'bytes' ? event.bytes.replace(/^.*\r\n\r\n/s, '') : event.kind));
    expect(pieces).toEqual(['01', '23', '4567', 'stall']);
    expect(parseHead(bytesOf(wire), 'GET')).toMatchObject({ kind: 'head', head: { status: 201 } });
  });

  it('keeps the share of the body that the gateway let through', () => {
    const sent = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789';
    const half = passOn(sent, HELLO, { by: 'profile', share: 0.5 }, (head, message) =>
      nginx.passOn(head, 'nginx/1.22.1', message),
    );
    expect(bytesOf(half)).toMatch(/\r\n\r\n01234$/);
  });
});
