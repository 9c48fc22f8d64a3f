import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeNetwork, type FakeNetwork } from './fake-network.ts';

let network: FakeNetwork;
beforeEach(() => {
  network = fakeNetwork();
});

describe('XMLHttpRequest', () => {
  interface Shim extends EventTarget {
    open(method: string, url: string, async?: boolean): void;
    send(body?: string): void;
    abort(): void;
    timeout: number;
    responseType: string;
    readonly status: number;
    readonly responseText: string;
    readonly response: unknown;
    readonly readyState: number;
    onload: (() => void) | null;
    getResponseHeader(name: string): string | null;
  }
  const create = (): Shim => new (network.XMLHttpRequest as new () => Shim)();

  /** The names of the events that tell how it ended. */
  function ending(xhr: Shim): Promise<string> {
    return new Promise((resolve) => {
      for (const name of ['load', 'error', 'timeout', 'abort']) xhr.addEventListener(name, () => resolve(name));
    });
  }

  it('loads', async () => {
    const xhr = create();
    const onload = vi.fn();
    xhr.onload = onload;
    xhr.open('GET', 'https://api.example.com/whole');
    xhr.send();
    expect(await network.settled(ending(xhr))).toBe('load');
    expect([xhr.status, xhr.responseText, xhr.readyState, xhr.getResponseHeader('Content-Length')]).toEqual([
      200,
      'hello',
      4,
      '5',
    ]);
    expect(onload).toHaveBeenCalledOnce();
  });

  it.each([
    ['/refused', 0, 'error'],
    ['/cut-length', 0, 'error'],
    ['/slow-body', 2000, 'timeout'],
  ])('%s with a timeout of %d ms: %s', async (path, timeout, event) => {
    const xhr = create();
    xhr.open('GET', `https://api.example.com${path}`);
    xhr.timeout = timeout;
    xhr.send();
    expect(await network.settled(ending(xhr))).toBe(event);
    expect([xhr.status, xhr.responseText]).toEqual([0, '']);
    expect(network.clock.now()).toBeLessThanOrEqual(2000);
  });

  it('has no synchronous kind', () => {
    expect(() => create().open('GET', '/whole', false)).toThrow(/synchronous XMLHttpRequest is not available/);
  });
});
