import type { Behavior } from './behavior.ts';

const WPT = 'fetch/api/abort/general.any.js';

export const abort: readonly Behavior[] = [
  {
    name: 'a signal that has aborted already sends nothing',
    wpt: WPT,
    run: ({ shop, said }) => said(() => fetch(shop('/whole'), { signal: AbortSignal.abort() })),
  },
  {
    name: 'the reason of an abort is what fetch rejects with',
    wpt: WPT,
    run: async ({ shop }) => {
      const reason = { mine: true };
      return fetch(shop('/whole'), { signal: AbortSignal.abort(reason) }).catch((error: unknown) => error === reason);
    },
  },
  {
    name: 'a wrong URL counts before an aborted signal',
    wpt: WPT,
    run: ({ said }) => said(() => fetch('http://[', { signal: AbortSignal.abort() })),
  },
  {
    name: 'abort while nothing has come',
    wpt: WPT,
    run: async ({ shop, said, wait }) => {
      const controller = new AbortController();
      const request = said(() => fetch(shop('/slow'), { signal: controller.signal }));
      await wait(50);
      controller.abort();
      return request;
    },
  },
  {
    name: 'abort in the same turn as fetch',
    wpt: WPT,
    races: true,
    run: ({ shop, said }) => {
      const controller = new AbortController();
      const request = said(() =>
        fetch(shop('/slow'), { signal: controller.signal, method: 'POST', body: new Blob(['x']) }),
      );
      controller.abort(new Error('at once'));
      return request;
    },
  },
  {
    name: 'abort between headers and body',
    wpt: WPT,
    run: async ({ shop, said }) => {
      const controller = new AbortController();
      const response = await fetch(shop('/slow-body'), { signal: controller.signal });
      controller.abort(new Error('enough'));
      return [response.status, response.bodyUsed, await said(() => response.text())];
    },
  },
  {
    name: 'abort while the body is being read as text',
    wpt: WPT,
    run: async ({ shop, said, wait }) => {
      const controller = new AbortController();
      const response = await fetch(shop('/slow-body'), { signal: controller.signal });
      const text = said(() => response.text());
      await wait(20);
      controller.abort();
      return [await text, response.bodyUsed];
    },
  },
  {
    name: 'abort while the stream is being read',
    wpt: WPT,
    run: async ({ shop, said, wait }) => {
      const controller = new AbortController();
      const response = await fetch(shop('/slow-body'), { signal: controller.signal });
      const reader = response.body?.getReader();
      const first = await reader?.read();
      const next = said(() => reader?.read());
      await wait(20);
      controller.abort(new Error('in the middle'));
      return [(first?.value?.length ?? 0) > 0, await next, await said(() => reader?.closed)];
    },
  },
  {
    name: 'abort after everything was read changes nothing',
    wpt: WPT,
    run: async ({ shop, said }) => {
      const controller = new AbortController();
      const response = await fetch(shop('/whole'), { signal: controller.signal });
      const text = await response.text();
      controller.abort();
      return [text, await said(() => response.clone())];
    },
  },
  {
    name: 'both halves of a clone fail with the reason',
    wpt: WPT,
    run: async ({ shop, said }) => {
      const controller = new AbortController();
      const response = await fetch(shop('/slow-body'), { signal: controller.signal });
      const clone = response.clone();
      controller.abort(new Error('both'));
      return Promise.all([said(() => response.text()), said(() => clone.text())]);
    },
  },
  {
    name: 'the signal of a Request counts',
    wpt: 'fetch/api/abort/request.any.js',
    run: ({ shop, said }) => said(() => fetch(new Request(shop('/whole'), { signal: AbortSignal.abort('tired') }))),
  },
  {
    name: 'a signal among the options replaces that of the Request',
    wpt: WPT,
    run: async ({ shop }) => {
      const request = new Request(shop('/whole'), { signal: AbortSignal.abort() });
      return (await fetch(request, { signal: new AbortController().signal })).status;
    },
  },
  {
    name: 'signal: null takes the signal of the Request away',
    wpt: WPT,
    run: async ({ shop }) =>
      (await fetch(new Request(shop('/whole'), { signal: AbortSignal.abort() }), { signal: null })).status,
  },
  {
    name: 'a clone of a Request keeps its signal',
    wpt: 'fetch/api/abort/general.any.js',
    run: async ({ shop, said, wait }) => {
      const controller = new AbortController();
      const clone = new Request(shop('/slow'), { signal: controller.signal }).clone();
      const request = said(() => fetch(clone));
      await wait(40);
      controller.abort(new Error('through the clone'));
      return request;
    },
  },
  {
    name: 'AbortSignal.timeout is a TimeoutError',
    wpt: 'dom/abort/AbortSignal.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/slow'), { signal: AbortSignal.timeout(60) })),
  },
  {
    name: 'a timeout while the body is read',
    wpt: 'dom/abort/AbortSignal.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/slow-body'), { signal: AbortSignal.timeout(300) });
      return [response.status, await said(() => response.text())];
    },
  },
  {
    name: 'AbortSignal.any takes the reason of the first',
    wpt: 'dom/abort/abort-signal-any.any.js',
    run: async ({ shop, said }) => {
      const controller = new AbortController();
      const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(60)]);
      const timed = await said(() => fetch(shop('/slow'), { signal }));
      const both = AbortSignal.any([AbortSignal.abort(new Error('first')), AbortSignal.abort(new Error('second'))]);
      return [timed, await said(() => fetch(shop('/whole'), { signal: both }))];
    },
  },
  {
    name: 'one controller aborts many requests',
    wpt: WPT,
    run: async ({ shop, said, wait }) => {
      const controller = new AbortController();
      const requests = [1, 2, 3].map((n) =>
        said(() => fetch(`${shop('/slow')}&n=${n}`, { signal: controller.signal })),
      );
      await wait(40);
      controller.abort();
      return Promise.all(requests);
    },
  },
  {
    name: 'a signal that is none',
    wpt: 'fetch/api/request/request-error.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/whole'), { signal: {} as AbortSignal })),
  },
];
