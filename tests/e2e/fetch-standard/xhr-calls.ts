import type { Behavior } from './behavior.ts';

export const xhrCalls: readonly Behavior[] = [
  {
    name: 'calls at the wrong time',
    wpt: 'xhr/setrequestheader-open-setrequestheader.htm',
    run: async ({ shop, xhr: make, said }) => {
      const { xhr, over } = make();
      const before = [await said(() => xhr.send()), await said(() => xhr.setRequestHeader('a', 'b'))];
      xhr.open('GET', shop('/whole'));
      xhr.send();
      const sent = [
        await said(() => xhr.send()),
        await said(() => xhr.setRequestHeader('a', 'b')),
        await said(() => (xhr.withCredentials = true)),
      ];
      await over;
      return [
        before,
        sent,
        await said(() => (xhr.responseType = 'json')),
        await said(() => xhr.overrideMimeType('a/b')),
      ];
    },
  },
  {
    name: 'methods, URLs and headers that are none',
    wpt: 'xhr/open-method-bogus.htm',
    run: async ({ shop, xhr: make, said }) => {
      const { xhr } = make();
      const opened = [
        await said(() => xhr.open('TRACE', shop('/whole'))),
        await said(() => xhr.open('b d', shop('/whole'))),
        await said(() => xhr.open('GET', 'http://[')),
      ];
      xhr.open('GET', shop('/whole'));
      return [
        opened,
        await said(() => xhr.setRequestHeader('a b', '1')),
        await said(() => xhr.setRequestHeader('a', '1\n2')),
      ];
    },
  },
  {
    name: 'request headers are joined, forbidden ones dropped',
    wpt: 'xhr/setrequestheader-header-forbidden.htm',
    run: async ({ shop, xhr: make }) => {
      const { xhr, over } = make();
      xhr.open('post', shop('/whole'));
      for (const [name, value] of [
        ['X-A', '1'],
        ['x-a', '2'],
        ['Host', 'x'],
        ['Cookie', 'y'],
      ] as const) {
        xhr.setRequestHeader(name, value);
      }
      xhr.send('body');
      await over;
      return xhr.status;
    },
  },
  {
    name: 'the upload has events of its own',
    wpt: 'xhr/send-response-upload-event-loadend.htm',
    run: async ({ shop, xhr: make }) => {
      const { xhr, events, over } = make(true);
      xhr.open('POST', shop('/whole'));
      xhr.send('hello');
      await over;
      return events;
    },
  },
  {
    name: 'another origin is asked before an upload is watched',
    wpt: 'xhr/access-control-preflight-async-not-supported.htm',
    run: async ({ api, xhr: make }) => {
      const { xhr, events, over } = make(true);
      xhr.open('POST', api('/none'));
      xhr.send('hello');
      await over;
      const allowed = make(true);
      allowed.xhr.open('POST', api('/put-any'));
      allowed.xhr.send('hello');
      await allowed.over;
      return [events, allowed.events];
    },
  },
  {
    name: 'an answer that the page may not read',
    wpt: 'xhr/access-control-basic-denied.htm',
    run: async ({ api, xhr: make }) => {
      const all: unknown[] = [];
      for (const [path, credentials] of [
        ['/none-502', false],
        ['/any', true],
        ['/own-trusted', true],
      ] as const) {
        const { xhr, events, over } = make();
        xhr.open('GET', api(path));
        xhr.withCredentials = credentials;
        xhr.send();
        await over;
        all.push([events.at(-2), xhr.status, xhr.responseText]);
      }
      return all;
    },
  },
  {
    name: 'one object for two requests',
    wpt: 'xhr/open-during-abort.htm',
    run: async ({ shop, xhr: make, wait }) => {
      const { xhr, events, over } = make();
      xhr.open('GET', shop('/slow'));
      xhr.send();
      await wait(30);
      xhr.open('GET', shop('/whole'));
      xhr.send();
      await over;
      return [events, xhr.responseText];
    },
  },
];
