import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { elapsedOf, measuredIn } from './elapsed.ts';
import { timersAt } from './timers.ts';

describe('the time that a line gives', () => {
  it.each([
    ['curl: (28) Operation timed out after 30001 milliseconds with 0 bytes received', 30_001],
    ['request_time=60.001 upstream_response_time=60.000 status=504', 60_001],
    ['{"request_time":"29.004","status":"504"}', 29_004],
    ['connect 0.004 first byte 60.012 total 60.013 status 504', 60_013],
    ['time_total: 120.250', 120_250],
    ['method=GET connect=1ms service=30000ms status=503', 30_000],
    ['upstream timed out after 60000ms', 60_000],
    ['{"integrationLatency":29001}', 29_001],
    ['{"duration":3.0021,"status":502}', 3002],
    ['the task took 15 seconds', 15_000],
  ])('%s', (line, ms) => {
    expect(elapsedOf(line)).toBe(ms);
  });

  it.each(['HTTP/1.1 502 Bad Gateway', 'room 60.5, total of three', 'nginx/1.25.4 after version 1.24'])(
    'is none in: %s',
    (line) => {
      expect(elapsedOf(line)).toBeUndefined();
    },
  );

  it('counts for a whole text only where it was measured, and once', () => {
    expect(measuredIn('something\ntime_total: 29.01\n')).toMatchObject({ ms: 29_010 });
    expect(measuredIn('it took 29.01 s')).toBeNull();
    expect(measuredIn('time_total: 29.01\ntime_total: 3.2')).toBeNull();
  });
});

describe('a known limit', () => {
  const names = (ms: number, gateway: Parameters<typeof timersAt>[1] = null) =>
    timersAt(ms, gateway, ['upstream-timeout', 'worker-crashed']).map(({ program }) => program);

  it('is met within three in a hundred, and by nothing else', () => {
    expect(names(14_560, 'envoy')).toEqual(['Envoy']);
    expect(names(15_440, 'envoy')).toEqual(['Envoy']);
    expect(names(14_500, 'envoy')).toEqual([]);
    expect(names(15_500, 'envoy')).toEqual([]);
  });

  it('is that of the gateway that was seen, or of a program behind it', () => {
    expect(names(29_020, 'aws-api-gateway')).toContain('API Gateway');
    expect(names(60_004, 'nginx')).toEqual(['nginx']);
    expect(names(30_010, 'nginx')).toEqual(['gunicorn']);
  });

  it('has a source', () => {
    for (const { source } of timersAt(30_000, null, ['upstream-timeout'])) expect(source).toMatch(/^https:\/\/\S+$/);
  });
});

describe('an elapsed time that is a known limit', () => {
  const alb = (seconds: string) =>
    `https 2026-03-02T10:00:00.000000Z app/shop/50dc6c495c0c9188 203.0.113.7:2817 10.0.0.5:8080 0.001 ${seconds} -1 504 - 34 366 "GET https://shop.example.com:443/cart HTTP/1.1" "curl/8.6.0" - - -`;

  it('supports the cause that it belongs to', () => {
    const text = 'at=error code=H12 method=GET path="/cart" connect=1ms service=30001ms status=503';
    expect(diagnose(text).causes[0]?.why).toContain('Heroku’s router waits 30 s for the first byte');
    expect(diagnose(text.replace('30001', '21001')).causes[0]?.why).not.toContain('known time limit');
    expect(diagnose(alb('60.002')).causes[0]?.why).toContain('the AWS Application Load Balancer waits 60 s');
  });

  it('says nothing about a cause that ends otherwise', () => {
    const refused =
      '2026/03/02 10:00:00 [error] 2#2: *7 connect() failed (111: Connection refused) while connecting to upstream';
    expect(diagnose(`${refused} request_time=60.000`).causes[0]?.why).not.toContain('known time limit');
  });

  it('says which reading of a bare 502 to try first, and decides nothing', () => {
    const text = (total: string) => `HTTP/1.1 502 Bad Gateway\n\nconnect 0.004 first byte ${total} total ${total}`;
    const timed = diagnose(text('30.012'));
    expect(timed.causes[0]?.cause).toBe('worker-crashed');
    expect(timed.causes[0]?.why).toContain('gunicorn waits 30 s');
    expect(timed.undecided).toBe(true);
    expect(diagnose(text('7.700')).causes[0]?.cause).toBe('upstream-refused');
  });

  it('is a weak sign where there is no other', () => {
    const { causes, undecided } = diagnose('upstream_response_time=60.001');
    expect(causes.map(({ cause, confidence }) => [cause, confidence])).toEqual([['upstream-timeout', 'possible']]);
    expect(causes[0]?.evidence).toEqual([{ text: '60.001', start: 23, end: 29 }]);
    expect(undecided).toBe(true);
    expect(diagnose('upstream_response_time=7.7').causes[0]?.cause).toBe('unrelated-text');
  });
});
