import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadData, NotLoaded } from './load-data.ts';

const PATH = '/data/practice/first-five-minutes.json';
const slow = vi.fn();
const why = (): Promise<string> =>
  loadData(PATH, slow).then(
    () => 'nothing: it was loaded',
    (error: unknown) => (error instanceof NotLoaded ? error.message : `unexpected: ${String(error)}`),
  );

beforeEach(() => {
  vi.useFakeTimers();
  slow.mockClear();
  vi.stubGlobal('navigator', { onLine: true });
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

const answers = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer));

describe('the data of a practice', () => {
  it('comes as JSON, and nobody is told that it takes long', async () => {
    answers(() => Promise.resolve(Response.json({ incidents: [] })));
    expect(await loadData(PATH, slow)).toEqual({ incidents: [] });
    await vi.runAllTimersAsync();
    expect(slow).not.toHaveBeenCalled();
  });

  it('is waited for, and the reader is told', async () => {
    answers(() => new Promise((resolve) => setTimeout(() => resolve(Response.json({ incidents: [] })), 10_000)));
    const data = loadData(PATH, slow);
    await vi.advanceTimersByTimeAsync(9000);
    expect(slow).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await data).toEqual({ incidents: [] });
  });

  it('says why it does not come', async () => {
    answers(() => Promise.resolve(new Response('', { status: 502 })));
    expect(await why()).toBe('The site answered 502 where the recording should be.');
    answers(() => Promise.resolve(new Response('<h1>Log in to this network</h1>')));
    expect(await why()).toBe('Something between you and the site answered in its place.');
    answers(() => Promise.reject(new DOMException('', 'TimeoutError')));
    expect(await why()).toBe('Nothing came for 30 seconds.');
    answers(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await why()).toBe('The site cannot be reached.');
    vi.stubGlobal('navigator', { onLine: false });
    expect(await why()).toBe('You are offline.');
  });
});
