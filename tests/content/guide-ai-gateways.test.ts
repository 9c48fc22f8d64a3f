import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aiAnswer, aiProxies, aiProxy, aiRecording } from '../../src/build/ai-proxy.ts';
import type { AiCase } from '../../src/schema/ai-proxy.ts';

/** What the guide on AI gateways quotes and counts is what was recorded. */

const PAGE = readFileSync('content/guides/ai-gateways-and-502.mdx', 'utf8').replaceAll(/\s+/g, ' ');
const litellm = aiProxy('litellm');

const recorded = (fault: string, more: Partial<AiCase> = {}) =>
  aiRecording(litellm, { fault, retries: 0, fallback: false, ...more });
const answer = (fault: string, more: Partial<AiCase> = {}) => aiAnswer(recorded(fault, more));
const header = (fault: string, name: string, more: Partial<AiCase> = {}): string | undefined =>
  answer(fault, more).headers.find(([key]) => key.toLowerCase() === name)?.[1];

test('every recording can be read', () => {
  expect(aiProxies().map(({ proxy, version }) => `${proxy} ${version}`)).toContain('litellm 1.100.5');
  expect(PAGE).toContain(`LiteLLM's proxy ${litellm.version}`);
});

test('so many failures were recorded', () => {
  const failures = litellm.recordings.filter(
    ({ fault, retries, fallback }) => retries === 0 && !fallback && !['ok', 'stream-ok'].includes(fault),
  );
  expect(PAGE).toContain(`broke that in ${failures.length} ways`);
});

/** Rows of the table: how one begins, a fault that it stands for, and what it quotes. */
const ROWS: readonly (readonly [row: string, fault: string, quote: string])[] = [
  ['is not running', 'connect-refused', 'Connection error.'],
  ['has a name that does not exist', 'dns-nxdomain', 'Connection error.'],
  ['closes without a byte', 'close-after-request', 'Connection error.'],
  ['resets the connection', 'rst-after-request', 'Connection error.'],
  ['never answers', 'read-timeout', ''],
  ['drops the packets of the connect', 'connect-timeout', ''],
  ['stands behind nginx that says 502', 'html-502', '<h1>502 Bad Gateway</h1>'],
  ['answers 429', 'status-429', ''],
  ['answers 429', 'status-429-retry-after', ''],
  ['says the prompt is too long (400)', 'context-length-400', 'ContextWindowExceededError'],
  ["does not take the *gateway's* key", 'wrong-key-401', ''],
  ['answers 200 with half a JSON', 'invalid-json', "Expecting ':' delimiter"],
  ['closes in the middle of the body', 'cut-body', 'Connection error.'],
];

test.each(ROWS)('a model server that %s makes the status of the table: %s', (row, fault, quote) => {
  const { status, body } = answer(fault);
  const at = PAGE.indexOf(`| ${row} `);
  expect(at, 'place of the row').toBeGreaterThan(0);
  expect(PAGE.slice(at).split('|')[2]?.trim()).toBe(String(status));
  expect(body).toContain(quote);
});

test('503 and 529 keep their number, and Retry-After is lost', () => {
  expect(['status-503', 'status-529'].map((fault) => answer(fault).status)).toEqual([503, 529]);
  for (const fault of ['status-503', 'status-429-retry-after']) expect(header(fault, 'retry-after')).toBeUndefined();
});

test('the cause of a refused connection stands in the log alone', () => {
  const { log } = recorded('connect-refused');
  expect(log.error.join('\n')).toContain('[Errno 111] Connect call failed');
  expect(answer('connect-refused').body).not.toContain('111');
});

test('two failing servers of one model become 429', () => {
  const { statuses, attempts, lastBody } = litellm.cooldown;
  expect(PAGE).toContain(statuses.join(' '));
  expect(attempts).toEqual([5, 5]);
  expect(lastBody).toContain('No deployments available for selected model, Try again in 5 seconds');
});

describe('streams', () => {
  test('that are cut end with an error event and in good order', () => {
    const { status, truncated, error, body } = answer('stream-cut');
    expect({ status, truncated, error }).toEqual({ status: 200, truncated: false, error: null });
    expect(body).toContain('data: {"error":');
    expect(body).not.toContain('[DONE]');
  });

  test('that end early get the end that they never had', () => {
    const { body } = answer('stream-ends-early');
    expect(body).toContain('"finish_reason":"stop"');
    expect(body).toContain('data: [DONE]');
  });

  test('that fall silent end after the two seconds of the timer', () => {
    expect(answer('stream-stalls').body).toContain('Timeout on reading data from socket');
    expect(answer('stream-stalls').elapsedMs).toBeLessThan(4000);
  });

  test('that broke after their head are not repeated', () => {
    expect(recorded('stream-cut-before-token', { retries: 2 }).attempts).toBe(1);
  });
});

describe('retries', () => {
  const sdk = (fault: string, retries: number | null) => {
    const found = litellm.sdk.find((entry) => entry.fault === fault && entry.retries === retries);
    if (!found) throw new Error(`The client was not recorded with ${fault}.`);
    return found;
  };

  test('of client and gateway multiply', () => {
    expect(PAGE).toContain(`**${sdk('status-500', 2).attempts} requests**`);
    expect(sdk('status-500', 0).attempts).toBe(3);
  });

  test('of the client answer a 408, too', () => {
    expect(sdk('read-timeout', 0).attempts).toBe(3);
  });

  test('of the gateway take ten seconds for three tries', () => {
    expect(recorded('read-timeout', { retries: 2 }).attempts).toBe(3);
    expect(answer('read-timeout', { retries: 2 }).elapsedMs / 10_000).toBeCloseTo(1, 0);
  });

  test('are not made for a 400 and a 401', () => {
    for (const fault of ['context-length-400', 'wrong-key-401'])
      expect(recorded(fault, { retries: 2 }).attempts).toBe(1);
  });

  test('leave the client of OpenAI without a word about a stream that ends early', () => {
    expect(sdk('stream-ends-early', null)).toMatchObject({ finish: null, error: null });
    expect(sdk('stream-ends-early', 0)).toMatchObject({ finish: 'stop', error: null });
    expect(sdk('stream-cut', null).error).toContain('httpx.RemoteProtocolError');
    expect(sdk('stream-error-event', null).error).toContain('openai.APIError');
  });
});

describe('a fallback', () => {
  const withFallback = litellm.recordings.filter(({ fallback }) => fallback);

  test('helps before the first token, and not after it', () => {
    const after = ['stream-cut', 'stream-stalls'];
    expect(withFallback.filter(({ fallbackAttempts }) => fallbackAttempts === 0).map(({ fault }) => fault)).toEqual(
      after,
    );
    for (const recording of withFallback.filter(({ fault }) => !after.includes(fault)))
      expect(aiAnswer(recording).body).toContain('says the fallback');
  });

  test('is named in the headers, but for a stream whose head was out', () => {
    const name = 'x-litellm-attempted-fallbacks';
    expect(header('status-500', name, { fallback: true })).toBe('1');
    expect(header('stream-cut-before-token', name, { fallback: true })).toBe('0');
  });
});
