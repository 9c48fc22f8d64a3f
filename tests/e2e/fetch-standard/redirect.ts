import type { Behavior } from './behavior.ts';

const METHOD = 'fetch/api/redirect/redirect-method.any.js';
const MODE = 'fetch/api/redirect/redirect-mode.any.js';
const LOCATION = 'fetch/api/redirect/redirect-location.any.js';

export const redirect: readonly Behavior[] = [
  {
    name: '301 and 302 make a GET of a POST and leave a PUT alone',
    wpt: METHOD,
    run: async ({ shop, facts }) => {
      const post = await fetch(shop('/301'), { method: 'POST', body: 'x', headers: { 'X-Kept': 'yes' } });
      const put = await fetch(shop('/302'), { method: 'PUT', body: 'x' });
      return [facts(post), facts(put)];
    },
  },
  {
    name: '303 makes a GET of everything but HEAD',
    wpt: METHOD,
    run: async ({ shop, facts }) => {
      const put = await fetch(shop('/303'), { method: 'PUT', body: 'x' });
      const head = await fetch(shop('/303'), { method: 'HEAD' });
      return [facts(put), facts(head), await head.text()];
    },
  },
  {
    name: '307 and 308 keep method, body and headers',
    wpt: METHOD,
    run: async ({ shop, facts }) => {
      const init = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
      return [facts(await fetch(shop('/307'), init)), facts(await fetch(shop('/308'), init))];
    },
  },
  {
    name: '300 is no redirect',
    wpt: LOCATION,
    run: async ({ shop, facts }) => {
      const response = await fetch(shop('/300'));
      return [facts(response), await response.text()];
    },
  },
  {
    name: 'twenty redirects are followed',
    wpt: 'fetch/api/redirect/redirect-count.any.js',
    run: async ({ shop, facts }) => {
      const response = await fetch(shop('/chain/20'));
      return [facts(response), await response.text()];
    },
  },
  {
    name: 'twenty-one are too many',
    wpt: 'fetch/api/redirect/redirect-count.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/chain/21'))),
  },
  {
    name: 'a redirect to itself ends',
    wpt: 'fetch/api/redirect/redirect-count.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/loop'))),
  },
  {
    name: 'mode error',
    wpt: MODE,
    run: ({ shop, said }) => said(() => fetch(shop('/302'), { redirect: 'error' })),
  },
  {
    name: 'mode manual',
    wpt: MODE,
    run: async ({ shop, facts }) => {
      const response = await fetch(shop('/302'), { redirect: 'manual' });
      return [facts(response), [...response.headers.keys()], response.body, await response.text()];
    },
  },
  {
    name: 'the mode of a Request counts',
    wpt: MODE,
    run: ({ shop, said }) => said(() => fetch(new Request(shop('/302'), { redirect: 'error' }))),
  },
  {
    name: 'without a Location, in every mode',
    wpt: LOCATION,
    run: async ({ shop, facts, said }) => {
      const modes = ['follow', 'manual', 'error'] as const;
      return Promise.all(
        modes.map((mode) => said(async () => facts(await fetch(shop('/302-nowhere'), { redirect: mode })))),
      );
    },
  },
  {
    name: 'with an empty Location',
    wpt: 'fetch/api/redirect/redirect-empty-location.any.js',
    run: async ({ shop, facts }) => {
      const response = await fetch(shop('/302-empty'));
      return [facts(response), await response.text()];
    },
  },
  {
    name: 'to something that is no URL',
    wpt: LOCATION,
    run: ({ shop, said }) => said(() => fetch(shop('/302-broken'))),
  },
  {
    name: 'to a data: URL',
    wpt: 'fetch/api/redirect/redirect-to-dataurl.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/302-data'))),
  },
  {
    name: 'relative to where it was, without the fragment',
    wpt: 'fetch/api/redirect/redirect-location.any.js',
    run: async ({ shop, facts }) => facts(await fetch(`${shop('/302-relative')}#fragment`)),
  },
  {
    name: 'to an address of the same origin with a password',
    wpt: 'fetch/api/cors/cors-redirect-credentials.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/302-password'))),
  },
  {
    name: 'Authorization stays behind when the origin changes',
    wpt: 'fetch/api/credentials/authentication-redirection.any.js',
    run: async ({ shop, said }) => {
      const headers = { Authorization: 'Bearer secret' };
      return [
        (await fetch(shop('/302'), { headers })).status,
        await said(async () => (await fetch(shop('/to-api'), { headers })).status),
      ];
    },
  },
  {
    name: 'a redirect mode that does not exist',
    wpt: 'fetch/api/request/request-error.any.js',
    run: ({ shop, said }) => said(() => fetch(shop('/302'), { redirect: 'forward' as RequestRedirect })),
  },
];
