import type { Behavior } from './behavior.ts';

const BASIC = 'fetch/api/cors/cors-basic.any.js';
const ORIGIN = 'fetch/api/cors/cors-origin.any.js';
const PREFLIGHT = 'fetch/api/cors/cors-preflight.any.js';

export const cors: readonly Behavior[] = [
  {
    name: 'an answer for everybody',
    wpt: BASIC,
    run: async ({ api, facts }) => {
      const response = await fetch(api('/any'));
      return [facts(response), await response.text()];
    },
  },
  {
    name: 'an answer for nobody, and a 502 page for nobody',
    wpt: BASIC,
    run: async ({ api, said }) => [await said(() => fetch(api('/none'))), await said(() => fetch(api('/none-502')))],
  },
  {
    name: 'an answer for this origin and for others',
    wpt: ORIGIN,
    run: async ({ api, said }) => {
      const results: unknown[] = [];
      for (const path of ['/own', '/other-own', '/slash-own', '/word', '/blank', '/null']) {
        results.push(await said(async () => (await fetch(api(path))).status));
      }
      return results;
    },
  },
  {
    name: 'an answer with two allowed origins',
    wpt: 'fetch/api/cors/cors-multiple-origins.sub.any.js',
    run: async ({ api, said }) => [
      await said(() => fetch(api('/two-own'))),
      await said(() => fetch(api('/two-any'))),
      await said(() => fetch(api('/list-own'))),
    ],
  },
  {
    name: 'credentials need more than *',
    wpt: 'fetch/api/cors/cors-cookies.any.js',
    run: async ({ api, said }) => {
      const results: unknown[] = [];
      for (const path of ['/any', '/own', '/own-trusted', '/own-true']) {
        results.push(await said(async () => (await fetch(api(path), { credentials: 'include' })).type));
      }
      return [results, (await fetch(api('/any'), { credentials: 'omit' })).status];
    },
  },
  {
    name: 'headers that everybody may read',
    wpt: 'fetch/api/cors/cors-filtering.sub.any.js',
    run: async ({ api }) => [...(await fetch(api('/plain-headers'))).headers.keys()],
  },
  {
    name: 'headers that are exposed',
    wpt: 'fetch/api/cors/cors-expose-star.sub.any.js',
    run: async ({ api }) => {
      const read = async (path: string, credentials: RequestCredentials = 'same-origin'): Promise<string[]> =>
        [...(await fetch(api(path), { credentials })).headers.keys()].filter((name) => /^(?:x-|retry)/.test(name));
      return [await read('/exposed'), await read('/exposed-all'), await read('/exposed-all-trusted', 'include')];
    },
  },
  {
    name: 'mode no-cors gives nothing to read',
    wpt: 'fetch/api/basic/mode-no-cors.sub.any.js',
    run: async ({ api, shop, facts }) => {
      const response = await fetch(api('/none-502'), { mode: 'no-cors' });
      const own = await fetch(shop('/whole'), { mode: 'no-cors' });
      return [facts(response), [...response.headers], response.body, await response.text(), facts(own)];
    },
  },
  {
    name: 'mode no-cors sends simple headers only',
    wpt: 'fetch/api/headers/headers-no-cors.any.js',
    run: async ({ api }) => {
      const headers = { 'X-Dropped': '1', 'Content-Type': 'application/json', Accept: 'text/html' };
      return (await fetch(api('/any'), { mode: 'no-cors', method: 'POST', body: '{}', headers })).type;
    },
  },
  {
    name: 'mode no-cors follows redirects and nothing else',
    wpt: 'fetch/api/redirect/redirect-mode.any.js',
    run: async ({ api, said, facts }) => [
      facts(await fetch(api('/closed-to-any'), { mode: 'no-cors' })),
      await said(() => fetch(api('/any'), { mode: 'no-cors', redirect: 'manual' })),
    ],
  },
  {
    name: 'mode same-origin stays at home',
    wpt: 'fetch/api/basic/mode-same-origin.any.js',
    run: async ({ api, shop, said }) => [
      await said(() => fetch(api('/any'), { mode: 'same-origin' })),
      (await fetch(shop('/whole'), { mode: 'same-origin' })).type,
      await said(() => fetch(shop('/to-api'), { mode: 'same-origin' })),
    ],
  },
  {
    name: 'simple requests are sent without asking',
    wpt: 'fetch/api/cors/cors-no-preflight.any.js',
    run: async ({ api }) => {
      const types = [
        'text/plain',
        'application/x-www-form-urlencoded; charset=utf-8',
        'multipart/form-data; boundary=----part',
      ];
      for (const type of types)
        await fetch(api('/any'), { method: 'POST', body: 'x', headers: { 'Content-Type': type } });
      const headers = {
        Accept: 'text/html',
        'Accept-Language': 'de, en;q=0.5',
        'Content-Language': 'de',
        Range: 'bytes=0-9',
      };
      await fetch(api('/any'), { headers });
      await fetch(api('/any'), { method: 'HEAD' });
      return null;
    },
  },
  {
    name: 'other requests ask first',
    wpt: 'fetch/api/cors/cors-preflight-not-cors-safelisted.any.js',
    run: async ({ api, said }) => {
      const headers = [
        { 'Content-Type': 'application/json' },
        { 'Content-Type': 'text/plain; a="b"' },
        { Accept: '"' },
        { 'Accept-Language': '@' },
        { 'Content-Language': 'x'.repeat(129) },
        { Range: 'bytes=-5' },
        { 'X-B': '1', 'X-A': '2', Authorization: 'Bearer x' },
      ];
      for (const each of headers) await said(() => fetch(api('/none'), { method: 'POST', body: 'x', headers: each }));
      return null;
    },
  },
  {
    name: 'a preflight that allows the method',
    wpt: PREFLIGHT,
    run: async ({ api, said }) => {
      const put = (path: string): unknown => said(async () => (await fetch(api(path), { method: 'PUT' })).text());
      return [await put('/put'), await put('/put-any'), await put('/ask-nothing'), await put('/patch')];
    },
  },
  {
    name: 'methods compare with their case',
    wpt: PREFLIGHT,
    run: async ({ api, said }) => [
      await said(async () => (await fetch(api('/patch'), { method: 'PATCH' })).status),
      await said(() => fetch(api('/patch'), { method: 'patch' })),
    ],
  },
  {
    name: 'a preflight that allows the headers',
    wpt: PREFLIGHT,
    run: async ({ api, said }) => {
      const get = (path: string, headers: HeadersInit): unknown =>
        said(async () => (await fetch(api(path), { headers })).text());
      return [
        await get('/names', { 'x-one': '1', 'Content-Type': 'application/json' }),
        await get('/names', { 'x-one': '1', 'x-two': '2' }),
        await get('/put-any', { 'x-one': '1' }),
      ];
    },
  },
  {
    name: '* does not count with credentials',
    wpt: 'fetch/api/cors/cors-preflight-star.any.js',
    run: async ({ api, said }) => {
      const include = { credentials: 'include' } as const;
      return [
        await said(() => fetch(api('/put-any-trusted'), { ...include, method: 'PUT' })),
        await said(() => fetch(api('/put-any-trusted'), { ...include, headers: { 'X-A': '1' } })),
        await said(() => fetch(api('/put-untrusted'), { ...include, method: 'PUT' })),
      ];
    },
  },
  {
    name: '* counts for Authorization in Chromium',
    wpt: 'fetch/api/cors/cors-preflight-star.any.js',
    run: ({ api, said }) =>
      said(async () => (await fetch(api('/put-any'), { headers: { Authorization: 'Bearer x' } })).status),
  },
  {
    name: 'a preflight that fails keeps the request from being sent',
    wpt: 'fetch/api/cors/cors-preflight-status.any.js',
    run: async ({ api, said }) => {
      const results: unknown[] = [];
      for (const path of ['/ask-none', '/ask-404', '/ask-502', '/ask-moved', '/ask-broken']) {
        results.push(await said(() => fetch(api(path), { method: 'PUT' })));
      }
      return results;
    },
  },
  {
    name: 'the answer to a preflight is remembered',
    wpt: 'fetch/api/cors/cors-preflight-cache.any.js',
    run: async ({ api, said }) => {
      for (const path of ['/remembered', '/forgotten', '/put']) {
        for (let time = 0; time < 2; time++) await fetch(api(path), { method: 'PUT' });
      }
      return said(() => fetch(api('/remembered'), { method: 'PUT', headers: { 'X-New': '1' } }));
    },
  },
  {
    name: 'a POST to the page’s own origin names it, a GET does not',
    wpt: 'fetch/origin/assorted.window.js',
    run: async ({ shop }) => [
      (await fetch(shop('/whole'))).type,
      (await fetch(shop('/whole'), { method: 'POST' })).type,
    ],
  },
  {
    name: 'from the page’s origin to another one',
    wpt: 'fetch/api/cors/cors-redirect.any.js',
    run: async ({ shop, said, facts }) => [
      facts(await fetch(shop('/to-api'))),
      await said(() => fetch(shop('/to-api-closed'))),
      await said(() => fetch(shop('/to-api-307'), { method: 'PUT', body: 'x' })),
    ],
  },
  {
    name: 'from another origin to a third one',
    wpt: 'fetch/api/redirect/redirect-origin.any.js',
    run: async ({ api, said, facts }) => [
      facts(await fetch(api('/to-files'))),
      await said(() => fetch(api('/to-files-own'))),
      await said(() => fetch(api('/to-files-closed'))),
    ],
  },
  {
    name: 'from another origin back to the page’s',
    wpt: 'fetch/api/redirect/redirect-origin.any.js',
    run: async ({ api, said, facts }) => [
      facts(await fetch(api('/to-shop'))),
      await said(() => fetch(api('/to-shop-closed'))),
    ],
  },
  {
    name: 'redirects need permission themselves',
    wpt: 'fetch/api/cors/cors-redirect.any.js',
    run: async ({ api, said, facts }) => [
      await said(() => fetch(api('/closed-to-any'))),
      await said(() => fetch(api('/closed-to-any'), { redirect: 'manual' })),
      await said(async () => facts(await fetch(api('/to-files'), { redirect: 'manual' }))),
      await said(() => fetch(api('/to-files'), { redirect: 'error' })),
    ],
  },
  {
    name: 'redirects to addresses with a password',
    wpt: 'fetch/api/cors/cors-redirect-credentials.any.js',
    run: async ({ api, shop, said }) => [
      await said(() => fetch(api('/to-password'))),
      await said(() => fetch(shop('/to-api-password'))),
    ],
  },
  {
    name: 'a preflighted request asks again after a redirect',
    wpt: 'fetch/api/cors/cors-redirect-preflight.any.js',
    run: async ({ api, facts }) => facts(await fetch(api('/to-put'), { method: 'PUT', body: 'x' })),
  },
  {
    name: 'a data: URL has no origin to ask',
    wpt: 'fetch/api/basic/scheme-data.any.js',
    run: async () => (await fetch('data:,x')).type,
  },
];
