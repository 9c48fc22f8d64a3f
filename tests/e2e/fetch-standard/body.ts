import type { Behavior } from './behavior.ts';

const CONSUME = 'fetch/api/response/response-consume.html';

export const body: readonly Behavior[] = [
  {
    name: 'a body is read once',
    wpt: CONSUME,
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/whole'));
      const before = response.bodyUsed;
      const text = response.text();
      const meanwhile = response.bodyUsed;
      return [before, meanwhile, await text, response.body?.locked, await said(() => response.json())];
    },
  },
  {
    name: 'a body as text, JSON, bytes, Blob and form',
    wpt: CONSUME,
    run: async ({ shop }) => {
      const blob = await (await fetch(shop('/typed'))).blob();
      const form = await (await fetch(shop('/form'))).formData();
      const bytes = await (await fetch(shop('/whole'))).bytes();
      return [
        (await (await fetch(shop('/json'))).json()) as unknown,
        [blob.type, blob.size, await blob.text()],
        [...form],
        [...bytes],
        (await (await fetch(shop('/whole'))).arrayBuffer()).byteLength,
      ];
    },
  },
  {
    name: 'text is UTF-8, whatever the header says',
    wpt: 'fetch/api/basic/text-utf8.any.js',
    run: async ({ shop }) => {
      const texts = ['/typed', '/bom', '/invalid-utf8'].map(async (path) => (await fetch(shop(path))).text());
      return Promise.all(texts);
    },
  },
  {
    name: 'what is no JSON or no form',
    wpt: CONSUME,
    run: async ({ shop }) => {
      const name = async (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'fine',
          (error: unknown) => (error instanceof Error ? error.name : 'no error'),
        );
      const read = async (path: string): Promise<Response> => fetch(shop(path));
      return [
        await name((await read('/whole')).json()),
        await name((await read('/empty')).json()),
        await name((await read('/whole')).formData()),
      ];
    },
  },
  {
    name: 'statuses without a body',
    wpt: 'fetch/api/basic/response-null-body.any.js',
    run: async ({ shop, facts }) => {
      const responses = await Promise.all(['/204', '/205', '/304'].map((path) => fetch(shop(path))));
      return Promise.all(responses.map(async (one) => [facts(one), one.body, await one.text(), one.bodyUsed]));
    },
  },
  {
    name: 'HEAD',
    wpt: 'fetch/api/basic/request-head.any.js',
    run: async ({ shop }) => {
      const response = await fetch(shop('/whole'), { method: 'HEAD' });
      return [response.status, response.headers.get('content-length'), response.body, await response.text()];
    },
  },
  {
    name: 'an empty body is a body',
    wpt: 'fetch/api/response/response-consume-empty.any.js',
    run: async ({ shop }) => {
      const response = await fetch(shop('/empty'));
      return [response.body !== null, await response.text(), response.bodyUsed];
    },
  },
  {
    name: 'statuses and their words',
    wpt: 'fetch/h1-parsing/status-code.window.js',
    run: async ({ shop, facts }) => {
      const responses = await Promise.all(['/whole', '/502', '/999'].map((path) => fetch(shop(path))));
      return responses.map((response) => [facts(response), response.ok]);
    },
  },
  {
    name: 'clone and original are read apart',
    wpt: 'fetch/api/response/response-clone.any.js',
    run: async ({ shop, said, facts }) => {
      const response = await fetch(shop('/whole'));
      const clone = response.clone();
      const third = clone.clone();
      const texts = await Promise.all([response.text(), clone.text(), third.text()]);
      return [texts, facts(clone), clone.headers.get('content-length'), await said(() => response.clone())];
    },
  },
  {
    name: 'no clone of a locked body',
    wpt: 'fetch/api/response/response-clone.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/whole'));
      const reader = response.body?.getReader();
      const locked = [await said(() => response.clone()), await said(() => response.text())];
      reader?.releaseLock();
      return [locked, await response.text()];
    },
  },
  {
    name: 'a stream that somebody has begun to read',
    wpt: 'fetch/api/response/response-stream-disturbed-1.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/whole'));
      const reader = response.body?.getReader();
      await reader?.read();
      reader?.releaseLock();
      return [response.bodyUsed, await said(() => response.text())];
    },
  },
  {
    name: 'cancelled bodies',
    wpt: 'fetch/api/response/response-cancel-stream.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/slow-body'));
      await response.body?.cancel();
      return [response.bodyUsed, await said(() => response.text())];
    },
  },
  {
    name: 'a stream hands out bytes into a buffer',
    wpt: 'fetch/api/response/response-consume-stream.any.js',
    run: async ({ shop }) => {
      const reader = (await fetch(shop('/whole'))).body?.getReader({ mode: 'byob' });
      const first = await reader?.read(new Uint8Array(3));
      const second = await reader?.read(new Uint8Array(10));
      const end = await reader?.read(new Uint8Array(10));
      return [[...(first?.value ?? [])], [...(second?.value ?? [])], end?.done, end?.value?.length];
    },
  },
  {
    name: 'a stream through a TextDecoderStream, and in a loop',
    wpt: 'fetch/api/basic/stream-response.any.js',
    run: async ({ shop }) => {
      const response = await fetch(shop('/whole'));
      let text = '';
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
      return [text, response.bodyUsed];
    },
  },
  {
    name: 'tee',
    wpt: 'fetch/api/response/response-consume-stream.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/whole'));
      const [one, two] = response.body?.tee() ?? [];
      return [await new Response(one).text(), await new Response(two).text(), await said(() => response.text())];
    },
  },
  {
    name: 'a body that is shorter than announced',
    wpt: 'fetch/api/basic/error-after-response.any.js',
    run: async ({ shop, said }) => {
      const ends: unknown[] = [];
      for (const path of ['/cut-length', '/reset-length', '/cut-chunk']) {
        const response = await fetch(shop(path));
        ends.push([response.status, response.ok, await said(() => response.text())]);
      }
      return ends;
    },
  },
  {
    name: 'a stream that is cut',
    wpt: 'fetch/api/basic/error-after-response.any.js',
    run: async ({ shop, said }) => {
      const reader = (await fetch(shop('/cut-length'))).body?.getReader();
      const end = await said(async () => {
        for (let part = await reader?.read(); part && !part.done;) part = await reader?.read();
      });
      return [end, await said(() => reader?.closed)];
    },
  },
  {
    name: 'a body that is longer than announced',
    wpt: 'fetch/content-length/content-length.html',
    run: async ({ shop }) => {
      const response = await fetch(shop('/over-long'));
      return [response.headers.get('content-length'), (await response.text()).length];
    },
  },
  {
    name: 'a connection that ends without an answer',
    wpt: 'fetch/api/basic/response-url.sub.any.js',
    run: ({ said }) => said(() => fetch('/there-is-no-such-route')),
  },
  {
    name: 'compressed bodies',
    wpt: 'fetch/content-encoding/gzip/gzip-body.any.js',
    run: async ({ shop }) => {
      const lengths: unknown[] = [];
      for (const path of ['/gzip', '/gzip-upper', '/gzip-junk', '/deflate-raw']) {
        const response = await fetch(shop(path));
        lengths.push([response.headers.get('content-encoding'), (await response.text()).length]);
      }
      return lengths;
    },
  },
  {
    name: 'a compressed body that is cut',
    wpt: 'fetch/content-encoding/gzip/bad-gzip-body.any.js',
    run: async ({ shop }) => {
      const text = await (await fetch(shop('/gzip-cut'))).text();
      return [text.startsWith('out of stock'), text.length < 600];
    },
  },
  {
    name: 'a body that is not compressed as it says',
    wpt: 'fetch/content-encoding/gzip/bad-gzip-body.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/gzip-lie'));
      const reader = (await fetch(shop('/gzip-lie'))).body?.getReader();
      return [response.status, await said(() => response.text()), await said(() => reader?.read())];
    },
  },
  {
    name: 'an encoding that nobody knows',
    wpt: 'fetch/content-encoding/gzip/bad-gzip-body.any.js',
    run: async ({ shop }) => (await fetch(shop('/encoding-unknown'))).text(),
  },
  {
    name: 'Responses of the program’s own',
    wpt: 'fetch/api/response/response-init-001.any.js',
    run: async ({ said, facts }) => [
      facts(new Response('x', { status: 201, statusText: 'Made' })),
      await said(() => new Response('x', { status: 204 })),
      await said(() => new Response('x', { status: 199 })),
      await said(() => new Response('x', { statusText: 'a\nb' })),
      await new Response('x').text(),
      new Response('x').headers.get('content-type'),
      new Response(new URLSearchParams({ a: '1' })).headers.get('content-type'),
      new Response().body,
    ],
  },
  {
    name: 'Response.error, Response.redirect, Response.json',
    wpt: 'fetch/api/response/response-static-redirect.any.js',
    run: async ({ said, facts }) => {
      const json = Response.json({ a: 1 }, { status: 201 });
      return [
        facts(Response.error()),
        facts(Response.redirect('https://api.example.com/x', 307)),
        Response.redirect('/x').headers.get('location'),
        await said(() => Response.redirect('/x', 200)),
        await said(() => Response.redirect('http://[')),
        [json.status, json.headers.get('content-type'), await json.text()],
      ];
    },
  },
];
