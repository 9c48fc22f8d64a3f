import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';

interface Made {
  readonly path: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly error?: string;
  readonly time?: number;
  readonly wait?: number;
}

const entry = ({ path, status, headers = {}, body = '', error, time = 40, wait = 9 }: Made) => ({
  startedDateTime: '2026-03-02T10:00:00.000Z',
  time,
  timings: { blocked: 0.4, wait, receive: 1 },
  request: { method: 'GET', url: `https://shop.example.com${path}`, headers: [{ name: 'accept', value: '502' }] },
  response: {
    status,
    statusText: status === 502 ? 'Bad Gateway' : '',
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    content: { size: body.length, mimeType: 'text/html', text: body },
    ...(error === undefined ? {} : { _error: error }),
  },
});
const har = (made: readonly Made[], indent?: number) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries: made.map(entry) } }, null, indent);
const FINE: Made = { path: '/rooms/502', status: 200, body: 'upstream prematurely closed connection' };

describe.each([undefined, 2])('a HAR file, indented by %s', (indent) => {
  const text = har(
    [
      FINE,
      { path: '/a', status: 503, headers: { server: 'envoy' }, body: 'no healthy upstream' },
      { path: '/b', status: 0, error: 'net::ERR_CERT_DATE_INVALID' },
      { path: '/c', status: 429, headers: { 'retry-after': '5' } },
      { path: '/d', status: 503, body: 'no healthy upstream' },
    ],
    indent,
  );
  const { causes, undecided } = diagnose(text);

  it('gives one cause for each way in which requests failed, those of servers first', () => {
    expect(causes.filter(({ confidence }) => confidence !== 'possible').map(({ cause }) => cause)).toEqual([
      'no-healthy-upstream',
      'client-tls',
      'rate-limited',
    ]);
    expect(undecided).toBe(false);
  });

  it('names the requests, with the places of their addresses and of the proofs', () => {
    const [best, second] = causes;
    expect(best?.entries.map(({ url, status }) => [url, status])).toEqual([
      ['https://shop.example.com/a', 503],
      ['https://shop.example.com/d', 503],
    ]);
    for (const { url, start, end } of best?.entries ?? []) expect(text.slice(start, end)).toBe(url);
    expect(best?.evidence.map((proof) => proof.text)).toEqual(['no healthy upstream', 'no healthy upstream']);
    expect(second?.evidence[0]?.text).toContain('ERR_CERT');
    for (const { evidence } of causes)
      for (const proof of evidence) expect(text.slice(proof.start, proof.end)).toBe(proof.text);
  });

  it('fills the next command with the values of the request', () => {
    expect(causes[1]?.details).toMatchObject({ host: 'shop.example.com', path: '/b', method: 'GET', status: 0 });
    expect(causes[1]?.next.run).toContain('shop.example.com');
  });
});

describe('one request of a HAR file', () => {
  const best = (made: Made) => {
    const { causes, undecided } = diagnose(har([FINE, made]));
    return { ...causes[0], undecided };
  };

  it('is not judged by what another one shows', () => {
    const bare = { path: '/a', status: 502 };
    const told = {
      path: '/b',
      status: 502,
      body: 'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
    };
    expect(best(bare).undecided).toBe(true);
    expect(
      diagnose(har([bare, told]))
        .causes.map(({ cause }) => cause)
        .slice(0, 1),
    ).toEqual(['upstream-closed-early']);
    expect(diagnose(har([bare, told])).causes[0]?.entries.map(({ url }) => url)).toContain(
      'https://shop.example.com/b',
    );
  });

  it('tells by its headers which gateway answered', () => {
    expect(best({ path: '/a', status: 502, headers: { server: 'awselb/2.0' } }).gateway).toBe('aws-alb');
    expect(best({ path: '/a', status: 502, headers: { 'cf-ray': '8a1b2c3d4e5f6071-FRA' } }).gateway).toBe('cloudflare');
  });

  it('tells by its time whose limit it met', () => {
    expect(best({ path: '/a', status: 504, headers: { server: 'awselb/2.0' }, time: 60_011 }).why).toContain(
      'the AWS Application Load Balancer waits 60 s',
    );
  });

  it('is not charged with the time that it stood in the queue of the browser', () => {
    const { why } = best({ path: '/a', status: 504, headers: { server: 'awselb/2.0' }, time: 71_300, wait: 60_011 });
    expect(why).toContain('It took 60.0 s');
  });

  it('may have no status at all', () => {
    expect(best({ path: '/a', status: 0 })).toMatchObject({ cause: 'cors', confidence: 'possible', undecided: true });
    expect(best({ path: '/a', status: 0, error: 'net::ERR_CONNECTION_REFUSED' }).cause).toBe('client-connect');
  });
});

describe('a HAR file', () => {
  it('in which nothing failed is no failure', () => {
    expect(diagnose(har([FINE])).causes.map(({ cause }) => cause)).toEqual(['not-a-failure']);
  });

  it('that is cut off is read up to there', () => {
    const text = har([{ path: '/a', status: 503, body: 'no healthy upstream' }, FINE]);
    expect(diagnose(text.slice(0, -200)).causes[0]?.cause).toBe('no-healthy-upstream');
  });

  it('is not every JSON with a log', () => {
    expect(diagnose('{"log":{"level":"info"},"entries":[]}').causes[0]?.cause).toBe('unrelated-text');
  });
});
