import type { Behavior } from './behavior.ts';

export const headers: readonly Behavior[] = [
  {
    name: 'header names of a response are in lower case and sorted, equal ones joined',
    wpt: 'fetch/api/headers/headers-combine.any.js',
    run: async ({ shop }) => {
      const response = await fetch(shop('/headers'));
      const own = [...response.headers].filter(([name]) => name.startsWith('x-') || name.includes('cookie'));
      return [
        own,
        response.headers.get('X-TWICE'),
        response.headers.has('set-cookie'),
        response.headers.getSetCookie(),
      ];
    },
  },
  {
    name: 'headers of a response cannot be changed, those of a copy can',
    wpt: 'fetch/api/response/response-headers-guard.any.js',
    run: async ({ shop, said }) => {
      const response = await fetch(shop('/whole'));
      const copy = new Response(response.clone().body, response);
      copy.headers.set('x-new', '1');
      return [
        await said(() => response.headers.append('a', 'b')),
        await said(() => response.headers.set('a', 'b')),
        await said(() => response.headers.delete('content-length')),
        await said(() => response.clone().headers.set('a', 'b')),
        copy.headers.get('x-new'),
        new Headers(response.headers).get('content-length'),
      ];
    },
  },
  {
    name: 'headers that only the browser may set are dropped',
    wpt: 'fetch/api/request/request-headers.any.js',
    run: async ({ shop }) => {
      const forbidden = [
        'Host',
        'Cookie',
        'Content-Length',
        'Origin',
        'Referer',
        'TE',
        'Via',
        'Proxy-X',
        'Sec-X',
        'DNT',
      ];
      const given = Object.fromEntries(forbidden.map((name) => [name, '1']));
      return (await fetch(shop('/whole'), { headers: { ...given, 'X-Allowed': 'yes' } })).status;
    },
  },
  {
    name: 'values lose the space around them and may be empty',
    wpt: 'fetch/api/headers/headers-normalize.any.js',
    run: async ({ shop }) => (await fetch(shop('/whole'), { headers: { 'X-A': '  x y\t', 'X-Empty': '' } })).status,
  },
  {
    name: 'equal names are joined',
    wpt: 'fetch/api/headers/headers-combine.any.js',
    run: async ({ shop }) => {
      const given = new Headers([
        ['X-B', '2'],
        ['x-a', '1'],
        ['X-A', 'again'],
      ]);
      return [[...given], (await fetch(shop('/whole'), { headers: given })).status];
    },
  },
  {
    name: 'names and values that are none',
    wpt: 'fetch/api/headers/headers-errors.any.js',
    run: ({ shop, said }) =>
      Promise.all([
        said(() => fetch(shop('/whole'), { headers: { 'a b': '1' } })),
        said(() => fetch(shop('/whole'), { headers: { a: '1\n2' } })),
        said(() => fetch(shop('/whole'), { headers: { a: 'grün ☃' } })),
        said(() => fetch(shop('/whole'), { headers: [['a']] as unknown as [string, string][] })),
      ]),
  },
  {
    name: 'the type that a body brings along',
    wpt: 'fetch/api/basic/request-headers.any.js',
    run: async ({ shop }) => {
      const bodies = [
        'text',
        new URLSearchParams({ a: '1 2' }),
        new Blob(['b'], { type: 'text/x' }),
        new Blob(['b']),
        new Uint8Array([1]),
      ];
      for (const body of bodies) await fetch(shop('/whole'), { method: 'POST', body });
      return null;
    },
  },
  {
    name: 'a type of the program’s own wins',
    wpt: 'fetch/api/basic/request-headers.any.js',
    run: async ({ shop }) =>
      (await fetch(shop('/whole'), { method: 'PUT', body: '{}', headers: { 'content-type': 'application/json' } }))
        .status,
  },
  {
    name: 'a form travels as multipart',
    wpt: 'fetch/api/request/request-consume.any.js',
    run: async ({ shop }) => {
      const form = new FormData();
      form.set('name', 'Zoë "Z"');
      form.set('file', new File(['content'], 'a b.txt', { type: 'text/plain' }));
      return (await fetch(shop('/whole'), { method: 'POST', body: form })).status;
    },
  },
  {
    name: 'a POST without a body says that it has none',
    wpt: 'fetch/api/basic/request-headers.any.js',
    run: async ({ shop }) => {
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']) await fetch(shop('/whole'), { method });
      return null;
    },
  },
  {
    name: 'cookies come back',
    wpt: 'fetch/api/credentials/cookies.any.js',
    run: async ({ shop }) => [(await fetch(shop('/cookie'))).status, (await fetch(shop('/cookie'))).status],
  },
  {
    name: 'Accept can be chosen',
    wpt: 'fetch/api/basic/accept-header.any.js',
    run: async ({ shop }) => (await fetch(shop('/json'), { headers: { Accept: 'application/json' } })).text(),
  },
];
