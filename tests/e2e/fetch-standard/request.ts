import type { Behavior } from './behavior.ts';

const ERROR = 'fetch/api/request/request-error.any.js';

export const request: readonly Behavior[] = [
  {
    name: 'fetch rejects and never throws',
    wpt: 'fetch/api/basic/url-parsing.sub.html',
    run: async ({ said }) => {
      const promise = fetch('http://[');
      return [promise instanceof Promise, await said(() => promise)];
    },
  },
  {
    name: 'methods are normalized, some of them',
    wpt: 'fetch/api/request/request-init-001.sub.html',
    run: async ({ shop }) => {
      for (const method of ['get', 'Post', 'dElEtE', 'options', 'patch', 'CHICKEN'])
        await fetch(shop('/whole'), { method });
      return new Request(shop('/'), { method: 'pUt' }).method;
    },
  },
  {
    name: 'methods that are forbidden or none',
    wpt: 'fetch/api/request/forbidden-method.any.js',
    run: ({ shop, said }) =>
      Promise.all(
        ['CONNECT', 'trace', 'TRACK', 'b d', ''].map((method) => said(() => fetch(shop('/whole'), { method }))),
      ),
  },
  {
    name: 'GET and HEAD have no body',
    wpt: ERROR,
    run: ({ shop, said }) =>
      Promise.all(['GET', 'HEAD'].map((method) => said(() => fetch(shop('/whole'), { method, body: 'x' })))),
  },
  {
    name: 'a URL may hold no password',
    wpt: ERROR,
    run: ({ said }) => said(() => fetch('https://user:secret@api.example.com/whole')),
  },
  {
    name: 'relative URLs start from the page',
    wpt: 'fetch/api/basic/request-referrer.any.js',
    run: async ({ facts }) => [
      facts(await fetch('/whole')),
      facts(await fetch(new Request('json'))),
      new Request('/a?b#c').url,
    ],
  },
  {
    name: 'a URL object, a Request and a text are the same',
    wpt: 'fetch/api/request/request-structure.any.js',
    run: async ({ shop }) => {
      const url = shop('/whole');
      const texts = [await fetch(url), await fetch(new URL(url)), await fetch(new Request(url))];
      return Promise.all(texts.map((response) => response.text()));
    },
  },
  {
    name: 'what a Request says of itself',
    wpt: 'fetch/api/request/request-structure.any.js',
    run: ({ shop }) => {
      const made = new Request(shop('/whole'), { method: 'POST', body: 'x', cache: 'no-store', keepalive: true });
      const { method, url, mode, credentials, cache, redirect, integrity, keepalive, bodyUsed, duplex } =
        made as Request & {
          duplex: string;
        };
      return [
        method,
        url,
        mode,
        credentials,
        cache,
        redirect,
        integrity,
        keepalive,
        bodyUsed,
        duplex,
        made.signal.aborted,
      ];
    },
  },
  {
    name: 'a Request out of a Request, with changes',
    wpt: 'fetch/api/request/request-init-002.any.js',
    run: async ({ shop }) => {
      const first = new Request(shop('/whole'), { method: 'POST', body: 'first', headers: { 'X-A': '1' } });
      const second = new Request(first, { body: 'second' });
      return [first.bodyUsed, (await fetch(second)).status, second.bodyUsed, await first.text()];
    },
  },
  {
    name: 'a Request is used up by fetch',
    wpt: 'fetch/api/request/request-disturbed.any.js',
    run: async ({ shop, said }) => {
      const made = new Request(shop('/whole'), { method: 'POST', body: 'once' });
      const copy = made.clone();
      await fetch(made);
      return [made.bodyUsed, await said(() => fetch(made)), (await fetch(copy)).status];
    },
  },
  {
    name: 'a Request is read like a Response',
    wpt: 'fetch/api/request/request-consume.any.js',
    run: async ({ shop, said }) => {
      const make = (body: string): Request => new Request(shop('/'), { method: 'POST', body });
      const made = make('{"a":1}');
      const json: unknown = await made.json();
      return [
        json,
        await said(() => made.text()),
        (await make('abc').arrayBuffer()).byteLength,
        (await make('abc').blob()).type,
      ];
    },
  },
  {
    name: 'options that do not go together',
    wpt: ERROR,
    run: ({ shop, said }) =>
      Promise.all([
        said(() => fetch(shop('/whole'), { mode: 'navigate' })),
        said(() => fetch(shop('/whole'), { cache: 'only-if-cached' })),
        said(() => fetch(shop('/whole'), { mode: 'no-cors', method: 'PUT' })),
        said(() => fetch(shop('/whole'), { mode: 'sideways' as RequestMode })),
        said(() => fetch(shop('/whole'), { credentials: 'perhaps' as RequestCredentials })),
        said(() => fetch(shop('/whole'), { method: 'POST', body: new ReadableStream() })),
      ]),
  },
  {
    name: 'a body out of a stream',
    wpt: 'fetch/api/basic/request-upload.any.js',
    run: ({ shop, said }) => {
      const body = new Blob(['out of a stream']).stream();
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
      return said(async () => (await fetch(shop('/whole'), init)).status);
    },
  },
  {
    name: 'keepalive carries 64 KiB',
    wpt: 'fetch/api/request/request-keepalive.any.js',
    run: async ({ shop, said }) => {
      const send = (length: number): unknown =>
        said(
          async () => (await fetch(shop('/204'), { method: 'POST', body: 'x'.repeat(length), keepalive: true })).status,
        );
      return [await send(65_536), await send(65_537)];
    },
  },
  {
    name: 'keepalive and a stream do not go together',
    wpt: 'fetch/api/request/request-keepalive.any.js',
    run: ({ shop, said }) => {
      const init = { method: 'POST', body: new ReadableStream(), duplex: 'half', keepalive: true };
      return said(() => fetch(shop('/whole'), init));
    },
  },
  {
    name: 'integrity',
    wpt: 'fetch/api/basic/integrity.sub.any.js',
    run: ({ shop, said }) => said(async () => (await fetch(shop('/whole'), { integrity: 'sha256-AAAA' })).status),
  },
  {
    name: 'a data: URL',
    wpt: 'fetch/api/basic/scheme-data.any.js',
    run: async ({ facts, said }) => {
      const urls = ['data:,hello%20there', 'data:text/html;charset=utf-8;base64,PHA+', 'data:no-comma'];
      const read = async (url: string): Promise<unknown> => {
        const response = await fetch(url);
        return [facts(response), [...response.headers], await response.text()];
      };
      return Promise.all(urls.map((url) => said(() => read(url))));
    },
  },
  {
    name: 'a blob: URL',
    wpt: 'fetch/api/basic/scheme-blob.sub.any.js',
    run: async ({ said }) => {
      const url = URL.createObjectURL(new Blob(['in memory'], { type: 'text/x' }));
      const response = await fetch(url);
      const read = [response.status, response.type, [...response.headers], await response.text()];
      const posted = await said(() => fetch(url, { method: 'POST' }));
      URL.revokeObjectURL(url);
      return [read, posted, await said(() => fetch(url))];
    },
  },
  {
    name: 'schemes and ports that fetch does not know',
    wpt: 'fetch/api/basic/scheme-others.sub.any.js',
    run: ({ said }) =>
      Promise.all(
        ['ftp://api.example.com/', 'about:blank', 'foo:bar', 'http://localhost:25/'].map((url) =>
          said(() => fetch(url)),
        ),
      ),
  },
  {
    name: 'the browser says that it is online',
    wpt: 'html/browsers/offline/browser-state/navigator_online_online.https.html',
    run: () => navigator.onLine,
  },
];
