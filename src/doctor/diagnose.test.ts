import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { isGatewayFailure } from './effects.ts';
import { FOREIGN } from './foreign.fixture.ts';

const nginx = (time: string, message: string, upstream = '10.0.0.5:8080') =>
  `2026/03/02 ${time} [error] 29#29: *7 ${message}, client: 203.0.113.7, server: shop.example.com, request: "POST /cart HTTP/1.1", upstream: "http://${upstream}/cart", host: "shop.example.com"`;
const REFUSED = 'connect() failed (111: Connection refused) while connecting to upstream';
const CLOSED = 'upstream prematurely closed connection while reading response header from upstream';
const TIMED_OUT = 'upstream timed out (110: Connection timed out) while reading response header from upstream';

const causesIn = (text: string) => diagnose(text).causes.map(({ cause }) => cause);

describe('diagnose', () => {
  it('highlights the proof in the reader’s own text', () => {
    const text = `they said:\r\n> \u001b[31m${nginx('10:00:00', REFUSED)}\u001b[0m`;
    const [best] = diagnose(text).causes;
    expect(best).toMatchObject({ cause: 'upstream-refused', confidence: 'certain', gateway: 'nginx' });
    const [proof] = best?.evidence ?? [];
    expect(proof?.text).toBe(REFUSED);
    expect(text.slice(proof?.start, proof?.end)).toBe(REFUSED);
  });

  it('reads a message that was wrapped in the middle', () => {
    expect(
      causesIn(
        '[error] upstream timed out (110: Connection timed\n    out) while reading response\n    header from upstream',
      )[0],
    ).toBe('upstream-timeout');
  });

  it('takes a killed worker for the root of a connection closed at that time', () => {
    const text = `${nginx('10:00:31', CLOSED)}\n[2026-03-02 10:00:30 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:42)`;
    const [best] = diagnose(text).causes;
    expect(best?.cause).toBe('worker-crashed');
    expect(best?.effects).toContain('upstream-closed-early');
  });

  it('does not take a worker killed an hour earlier for it', () => {
    const text = `[2026-03-02 08:47:30 +0000] [7] [CRITICAL] WORKER TIMEOUT (pid:42)\n${nginx('10:00:31', CLOSED)}`;
    expect(causesIn(text)).toEqual(expect.arrayContaining(['worker-crashed', 'upstream-closed-early']));
  });

  it('looks before `no live upstreams` for what took the servers out', () => {
    const text = `${nginx('10:00:00', REFUSED)}\n${nginx('10:00:04', 'no live upstreams while connecting to upstream')}`;
    const [best] = diagnose(text).causes;
    expect(best?.cause).toBe('upstream-refused');
    expect(best?.effects).toEqual(['no-healthy-upstream']);
  });

  it('gives two causes for two incidents', () => {
    const text = `${nginx('10:00:00', REFUSED)}\n${nginx('14:30:00', TIMED_OUT, '10.0.0.9:9000')}`;
    expect(causesIn(text).slice(0, 2)).toEqual(['upstream-refused', 'upstream-timeout']);
  });

  it('cannot tell from a bare 502', () => {
    const { undecided, causes } = diagnose('HTTP/1.1 502 Bad Gateway\nServer: nginx\n\n<center>nginx</center>');
    expect(undecided).toBe(true);
    expect(causes.every(({ confidence }) => confidence === 'possible')).toBe(true);
  });

  it('says that nothing failed when nothing did', () => {
    expect(
      causesIn('203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /rooms/502 HTTP/1.1" 200 512 "-" "curl/8.6.0"'),
    ).toEqual(['not-a-failure']);
  });

  it('fills the reader’s values in, and never as shell code', () => {
    expect(diagnose(nginx('10:00:00', REFUSED)).causes[0]?.next.run).toBe('nc -vz -w 3 10.0.0.5 8080');
    const hostile = nginx('10:00:00', TIMED_OUT).replace('/cart HTTP', "/cart';reboot;$(id) HTTP");
    expect(diagnose(hostile).causes[0]?.next.run).not.toMatch(/(?<!\\)';reboot/);
  });

  it('says whether a POST may be repeated', () => {
    expect(diagnose(nginx('10:00:00', REFUSED)).causes[0]?.repeat.verdict).toBe('safe');
    expect(diagnose(nginx('10:00:00', TIMED_OUT)).causes[0]?.repeat.verdict).toBe('if-idempotent');
  });

  it('leads to the simulator with the fault that writes this line', () => {
    expect(diagnose(nginx('10:00:00', TIMED_OUT)).causes[0]?.reproduce).toEqual({
      gateway: 'nginx',
      fault: 'read-timeout',
    });
  });

  it('names no gateway failure for all foreign lines in one paste', () => {
    expect(FOREIGN.split('\n').length).toBeGreaterThan(220);
    expect(causesIn(FOREIGN).filter(isGatewayFailure)).toEqual([]);
  });

  it.each(FOREIGN.split('\n').filter((line) => line.trim() !== ''))('names no gateway failure for: %s', (line) => {
    expect(causesIn(line).filter(isGatewayFailure)).toEqual([]);
  });
});
