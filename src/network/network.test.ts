import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeNetwork, turn, type FakeNetwork } from './fake-network.ts';

let network: FakeNetwork;
beforeEach(() => {
  network = fakeNetwork();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a response', () => {
  it('carries status, headers, url and body, but no cookie', async () => {
    const response = await network.settled(network.get('/whole'));
    expect([response.status, response.statusText, response.ok]).toEqual([200, 'OK', true]);
    expect([response.url, response.redirected, response.type]).toEqual([
      'https://api.example.com/whole',
      false,
      'basic',
    ]);
    expect([...response.headers.keys()]).toEqual(['content-length', 'content-type']);
    expect(await response.text()).toBe('hello');
    expect(response.bodyUsed).toBe(true);
    expect(network.clock.now()).toBe(30);
    expect(network.exchanged).toHaveLength(1);
  });

  it('takes URLs that are relative to the origin of the scenario', async () => {
    expect((await network.settled(network.get('/whole'))).url).toBe('https://api.example.com/whole');
    expect((await network.settled(network.fetch('/whole'))).url).toBe('https://api.example.com/whole');
  });

  it('streams: the head first, each piece of the body when it arrives', async () => {
    const response = await network.settled(network.get('/slow-body'));
    expect(network.clock.now()).toBe(30);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('hello');
    const second = await network.settled(reader?.read() ?? Promise.reject(new Error('no body')));
    expect(new TextDecoder().decode(second.value)).toBe('world');
    expect(network.clock.now()).toBe(60_000);
    expect((await reader?.read())?.done).toBe(true);
  });

  it('has its framing taken off', async () => {
    expect(await network.settled(network.get('/chunked').then((response) => response.text()))).toBe('helloworld');
  });

  it('without a body has none', async () => {
    const response = await network.settled(network.get('/no-content'));
    expect([response.status, response.body, await response.text()]).toEqual([204, null, '']);
  });

  it('may have a status that no standard knows', async () => {
    const response = await network.settled(network.get('/odd-status'));
    expect([response.status, response.ok, response.statusText]).toEqual([999, false, 'Request Denied']);
  });

  it('is read with microtasks alone, so that no simulated time can pass meanwhile', async () => {
    const response = await network.settled(network.get('/chunked'));
    const tasks = vi.spyOn(globalThis, 'setImmediate');
    let text: string | undefined;
    void response.text().then((read) => {
      text = read;
    });
    for (let microtask = 0; microtask < 100; microtask++) await Promise.resolve();
    expect(text).toBe('helloworld');
    expect(tasks).not.toHaveBeenCalled();
  });

  it('can be cloned, and read once each', async () => {
    const response = await network.settled(network.get('/chunked'));
    const clone = response.clone();
    expect([clone.status, clone.url]).toEqual([200, response.url]);
    expect(await Promise.all([response.text(), clone.arrayBuffer()])).toMatchObject(['helloworld', { byteLength: 10 }]);
    await expect(response.text()).rejects.toThrow(/body stream already read/);
    expect(() => response.clone()).toThrow(TypeError);
  });

  it.each([
    ['json', (response: Response) => response.json(), SyntaxError],
    ['formData', (response: Response) => response.formData(), TypeError],
  ])('rejects %s() of a body that is none', async (_, read, error) => {
    await expect(read(await network.settled(network.get('/whole')))).rejects.toThrow(error);
  });
});

describe('a response that is cut', () => {
  it.each(['/cut-length', '/cut-chunk', '/bad-chunk', '/reset-close'])(
    '%s: status first, then a TypeError',
    async (path) => {
      const response = await network.settled(network.get(path));
      expect(response.status).toBe(200);
      await expect(network.settled(response.text())).rejects.toThrow(new TypeError('Failed to fetch'));
      expect(network.exchanged).toHaveLength(1);
    },
  );

  it('gives what arrived before the failure to a reader of the stream', async () => {
    const reader = (await network.settled(network.get('/cut-length'))).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('hello');
    await expect(network.settled(reader?.read() ?? Promise.reject(new Error('no body')))).rejects.toThrow(
      'network error',
    );
  });

  it('looks whole when only the end of the connection frames it', async () => {
    expect(await network.settled(network.get('/cut-close').then((response) => response.text()))).toBe('{"half":');
  });
});

describe('no response', () => {
  it.each(['/refused', '/dns', '/tls', '/empty', '/reset', '/not-http', '/half-head'])(
    '%s: Failed to fetch',
    async (path) => {
      await expect(network.settled(network.get(path))).rejects.toThrow(new TypeError('Failed to fetch'));
      expect(network.exchanged.map(({ request }) => new URL(request.url).pathname)).toEqual([path]);
      expect(network.warnings).toEqual([]);
    },
  );

  it('says where the program called, not where the failure arrived', async () => {
    const error: unknown = await network.settled(network.get('/refused')).catch((reason: unknown) => reason);
    expect(error instanceof Error && error.stack).toMatch(/^TypeError: Failed to fetch\n[\s\S]*network\.test\.ts/);
  });

  it('silence lasts until the program aborts', async () => {
    const controller = new AbortController();
    network.clock.setTimer(() => controller.abort(new Error('enough')), 7000);
    await expect(network.settled(network.get('/silent', { signal: controller.signal }))).rejects.toThrow('enough');
    expect(network.clock.now()).toBe(7000);
    expect(network.exchanged.map(({ client }) => [client.error, client.elapsedMs])).toEqual([['aborted', 7000]]);
  });

  it('silence is nothing to wait for', async () => {
    void network.get('/silent');
    await turn();
    network.clock.fireNext();
    expect([network.transfers.active, network.transfers.open.length]).toEqual([0, 1]);
    network.transfers.abandonAll();
    expect([network.transfers.open.length, network.exchanged.length]).toEqual([0, 1]);
  });

  it('a place that the scenario does not have is said in a sentence', async () => {
    await expect(network.settled(network.get('/nowhere'))).rejects.toThrow(new TypeError('Failed to fetch'));
    await expect(network.settled(network.fetch('https://other.example.com/', { method: 'PUT' }))).rejects.toThrow(
      'Failed to fetch',
    );
    expect(network.warnings).toEqual([
      'Nothing in this scenario answers https://api.example.com/nowhere; the routes are any method https://api.example.com/*.',
      'Nothing in this scenario answers PUT https://other.example.com/; the routes are any method https://api.example.com/*.',
    ]);
    expect(network.exchanged).toEqual([]);
  });
});

describe('the end of an exchange', () => {
  it('in the middle of a body is published once, as aborted', async () => {
    const controller = new AbortController();
    const response = await network.settled(network.get('/slow-body', { signal: controller.signal }));
    network.clock.setTimer(() => controller.abort(), 1000);
    await expect(network.settled(response.text())).rejects.toMatchObject({ name: 'AbortError' });
    expect(network.exchanged.map(({ client }) => [client.error, client.elapsedMs])).toEqual([['aborted', 1030]]);
    while (network.clock.fireNext());
    expect(network.exchanged).toHaveLength(1);
  });

  it('comes when the program cancels the body', async () => {
    const response = await network.settled(network.get('/slow-body'));
    await response.body?.cancel();
    expect(network.exchanged.map(({ client }) => client.error)).toEqual(['aborted']);
  });

  it('does not need anyone to read the body', async () => {
    await network.settled(network.get('/slow-body'));
    while (network.clock.fireNext());
    expect(network.exchanged.map(({ client }) => client.error)).toEqual([null]);
  });

  it('never begins when the signal has aborted before', async () => {
    await expect(network.settled(network.get('/whole', { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(network.exchanged).toEqual([]);
  });
});
