import { describe, expect, it } from 'vitest';
import { documentedSetSchema } from '../../schema/documented.ts';
import { faultById } from '../faults/index.ts';
import { documentedAnswer, type DocumentedQuestion } from './documented-answer.ts';

const SET = documentedSetSchema.parse({
  format: 1,
  gateway: 'aws-alb',
  name: 'Example balancer',
  reviewed: '2026-11-21',
  sources: { page: { name: 'The page', url: 'https://docs.example.com/errors' } },
  variants: [
    { id: 'new', name: 'New' },
    { id: 'old', name: 'Old' },
  ],
  headers: { Server: 'balancer', Date: '{{date}}' },
  addedHeaders: { Via: '1.1 balancer' },
  log: {
    access: { source: 'page', line: '{{client}} {{method}} {{path}} {{code}} target={{target}} {{elapsed-s}}' },
    error: { source: 'page', line: '{{error}} upstream={{upstream}}' },
    fields: { code: '{{status}}', target: '-' },
  },
  answers: [
    {
      faults: ['connect-refused'],
      says: 'A refused connection is a 502.',
      source: 'page',
      answer: { kind: 'own', status: 502, reason: 'Bad Gateway', body: 'no target for {{path}}', bodyIs: 'exact' },
      attempts: 2,
      log: { error: 'refused' },
    },
    {
      faults: ['read-timeout'],
      variants: ['new'],
      says: 'No answer in 29 seconds is a 504.',
      source: 'page',
      after: '29s',
      answer: { kind: 'own', status: 504, reason: 'Gateway Timeout', bodyIs: 'undocumented' },
    },
    {
      faults: ['read-timeout'],
      variants: ['old'],
      says: 'The configured timeout decides, and it is a 503.',
      source: 'page',
      answer: { kind: 'own', status: 503, reason: 'Service Unavailable', bodyIs: 'undocumented' },
    },
    {
      faults: ['app-503', 'close-mid-body-cl'],
      says: 'Answers of the target are forwarded.',
      source: 'page',
      answer: { kind: 'passes' },
      log: { target: '{{status}}' },
    },
    {
      faults: ['app-502'],
      says: 'A 502 of the target is forwarded and marked.',
      source: 'page',
      answer: { kind: 'passes', headers: { Via: '1.1 balancer (error)' } },
    },
    {
      faults: ['client-closes-early'],
      says: 'The log has 460 for a client that left.',
      source: 'page',
      answer: { kind: 'client-left' },
      log: { code: '460' },
    },
  ],
  silent: [{ faults: ['unix-missing'], why: 'There are no unix sockets here.' }],
});

const CONTEXT: DocumentedQuestion = {
  id: 3,
  at: 1000,
  request: {
    method: 'GET',
    url: 'https://api.example.com/orders?page=2',
    headers: [['User-Agent', 'shop/2.1']],
    body: '',
  },
  upstream: '10.0.0.12:8080',
  network: { client: 10, upstream: 1 },
  response: null,
  variant: null,
  timeouts: { connectMs: 4000, readMs: 7000, sendMs: 7000 },
};

const ask = (fault: string, context: Partial<DocumentedQuestion> = {}) =>
  documentedAnswer(SET, faultById(fault), { ...CONTEXT, ...context });

function exchange(fault: string, context: Partial<DocumentedQuestion> = {}) {
  const result = ask(fault, context);
  if (result.kind !== 'documented') throw new Error(result.why);
  return result.exchange;
}

describe('an answer that the vendor documents', () => {
  it('is the same exchange as any other, with the page that states it', () => {
    const seen = exchange('connect-refused');
    expect(seen.client).toMatchObject({
      status: 502,
      reason: 'Bad Gateway',
      body: 'no target for /orders?page=2',
      error: null,
    });
    expect(seen.client.headers).toEqual([
      ['Server', 'balancer'],
      ['Date', 'Thu, 15 Jan 2026 09:00:01 GMT'],
      ['Content-Length', '28'],
    ]);
    expect(seen.gateway.provenance).toEqual({
      kind: 'documented',
      source: 'The page (https://docs.example.com/errors)',
      date: '2026-11-21',
    });
    expect(seen).toMatchObject({
      answeredBy: 'gateway',
      cause: 'upstream-refused',
      verdict: 'A refused connection is a 502.',
    });
    expect(seen.upstream).toHaveLength(2);
    expect(seen.log).toEqual({
      access: ['203.0.113.7 GET /orders?page=2 502 target=- 0.002'],
      error: ['refused upstream=10.0.0.12:8080'],
    });
  });

  it("waits for the documented timer, and for the reader's own where none is documented", () => {
    expect(exchange('read-timeout').client.elapsedMs).toBe(20 + 29_000);
    expect(exchange('read-timeout', { variant: 'old' }).client).toMatchObject({ status: 503, elapsedMs: 20 + 7000 });
  });

  it("passes the upstream's response on, as far as it came, with its own headers behind it", () => {
    const seen = exchange('app-503');
    expect(seen).toMatchObject({ answeredBy: 'upstream', client: { status: 503, body: 'app 503\r\n' } });
    expect(seen.client.headers.at(-1)).toEqual(['Via', '1.1 balancer']);
    expect(exchange('app-502').client.headers.at(-1)).toEqual(['Via', '1.1 balancer (error)']);
    expect(seen.log.access[0]).toContain('503 target=503');
    expect(exchange('close-mid-body-cl').client).toMatchObject({ status: 200, truncated: true, error: 'truncated' });
  });

  it('knows that a client which left got nothing', () => {
    const seen = exchange('client-closes-early');
    expect(seen).toMatchObject({
      wire: [],
      answeredBy: null,
      client: { status: null, error: 'aborted', elapsedMs: 300 },
    });
    expect(seen.log.access[0]).toContain(' 460 ');
  });
});

describe('what is not documented', () => {
  it('is said, never guessed', () => {
    expect(ask('garbage-binary')).toMatchObject({
      kind: 'not-documented',
      gateway: 'aws-alb',
      fault: 'garbage-binary',
    });
    expect(ask('unix-missing')).toMatchObject({ kind: 'not-documented', why: 'There are no unix sockets here.' });
  });

  it('names the variants when one is asked for that does not exist', () => {
    expect(() => ask('connect-refused', { variant: 'v3' })).toThrow(
      'There is no aws-alb@v3; its variants are new, old.',
    );
  });
});
