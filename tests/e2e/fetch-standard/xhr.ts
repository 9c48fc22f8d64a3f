import type { Behavior } from './behavior.ts';

export const xhr: readonly Behavior[] = [
  {
    name: 'the events of a request, in order',
    wpt: 'xhr/event-loadstart.htm',
    run: async ({ shop, xhr: make }) => {
      const { xhr, events, over } = make();
      xhr.open('GET', `${shop('/whole')}#part`);
      xhr.send();
      await over;
      return [events, xhr.status, xhr.statusText, xhr.responseURL, xhr.responseText];
    },
  },
  {
    name: 'the events of an answer without a body',
    wpt: 'xhr/responsexml-basic.htm',
    run: async ({ shop, xhr: make }) => {
      const all: unknown[] = [];
      for (const [method, path] of [
        ['GET', '/empty'],
        ['GET', '/204'],
        ['HEAD', '/whole'],
      ] as const) {
        const { xhr, events, over } = make();
        xhr.open(method, shop(path));
        xhr.send('ignored');
        await over;
        all.push([events, xhr.status, xhr.responseText]);
      }
      return all;
    },
  },
  {
    name: 'a body that is cut',
    wpt: 'xhr/event-error.sub.any.js',
    run: async ({ shop, xhr: make }) => {
      const { xhr, events, over } = make();
      xhr.open('GET', shop('/cut-length'));
      xhr.send();
      await over;
      const ends = events.filter((event) => !/^(?:progress|readystatechange [23])/.test(event));
      return [ends, xhr.status, xhr.responseText, xhr.getAllResponseHeaders(), xhr.responseURL];
    },
  },
  {
    name: 'timeout',
    wpt: 'xhr/xhr-timeout-longtask.any.js',
    run: async ({ shop, xhr: make }) => {
      const { xhr, events, over } = make();
      xhr.open('GET', shop('/slow'));
      xhr.timeout = 60;
      xhr.send();
      await over;
      return [events, xhr.readyState, xhr.status];
    },
  },
  {
    name: 'abort',
    wpt: 'xhr/abort-event-order.htm',
    run: async ({ shop, xhr: make, wait }) => {
      const { xhr, events, over } = make();
      xhr.open('GET', shop('/slow'));
      xhr.send();
      await wait(40);
      xhr.abort();
      await over;
      return [events, xhr.readyState, xhr.status];
    },
  },
  {
    name: 'abort from a handler, and after the end',
    wpt: 'xhr/abort-during-headers-received.window.js',
    run: async ({ shop, xhr: make }) => {
      const { xhr, events, over } = make();
      xhr.onreadystatechange = () => {
        if (xhr.readyState === 2) xhr.abort();
      };
      xhr.open('GET', shop('/whole'));
      xhr.send();
      await over;
      const second = make();
      second.xhr.open('GET', shop('/whole'));
      second.xhr.send();
      await second.over;
      second.events.length = 0;
      second.xhr.abort();
      return [events, xhr.readyState, second.events, second.xhr.readyState, second.xhr.status];
    },
  },
  {
    name: 'response types',
    wpt: 'xhr/responsetype.any.js',
    run: async ({ shop, xhr: make, said }) => {
      const all: unknown[] = [];
      for (const type of ['json', 'arraybuffer', 'blob', 'text'] as const) {
        const { xhr, over } = make();
        xhr.responseType = type;
        xhr.open('GET', shop('/json'));
        const before: unknown = xhr.response;
        xhr.send();
        await over;
        const value = xhr.response as { byteLength?: number; type?: string };
        all.push([type, before, type === 'json' || type === 'text' ? value : [value.byteLength, value.type]]);
        all.push(await said(() => xhr.responseText));
      }
      return all;
    },
  },
  {
    name: 'parsed JSON is the same object each time',
    wpt: 'xhr/json.any.js',
    run: async ({ shop, xhr: make }) => {
      const { xhr, over } = make();
      xhr.responseType = 'json';
      xhr.open('GET', shop('/json'));
      xhr.send();
      await over;
      return (xhr.response as unknown) === xhr.response;
    },
  },
  {
    name: 'JSON that is none, and a type that does not exist',
    wpt: 'xhr/json.any.js',
    run: async ({ shop, xhr: make }) => {
      const { xhr, over } = make();
      xhr.responseType = 'json';
      xhr.responseType = 'nonsense' as XMLHttpRequestResponseType;
      xhr.open('GET', shop('/whole'));
      xhr.send();
      await over;
      return [xhr.response as unknown, xhr.responseType];
    },
  },
  {
    name: 'all headers of the answer',
    wpt: 'xhr/getallresponseheaders.htm',
    run: async ({ shop, xhr: make }) => {
      const { xhr, over } = make();
      xhr.open('GET', shop('/headers'));
      xhr.send();
      await over;
      const own = xhr
        .getAllResponseHeaders()
        .split('\r\n')
        .filter((line) => /^(?:x-|set-)/i.test(line));
      return [
        own,
        xhr.getResponseHeader('X-TWICE'),
        xhr.getResponseHeader('x-none'),
        xhr.getResponseHeader('set-cookie'),
      ];
    },
  },
  {
    name: 'charset and type of the answer',
    wpt: 'xhr/overridemimetype-done-state.any.js',
    run: async ({ shop, xhr: make }) => {
      const read = async (path: string, override?: string): Promise<unknown> => {
        const { xhr, over } = make();
        if (override !== undefined) xhr.overrideMimeType(override);
        xhr.open('GET', shop(path));
        xhr.send();
        await over;
        return xhr.responseText;
      };
      return [
        await read('/typed'),
        await read('/invalid-utf8', 'text/plain; charset=iso-8859-1'),
        await read('/typed', 'text/plain;charset=utf-8'),
        await read('/bom'),
      ];
    },
  },
  {
    name: 'a Blob has the type of the answer, or XML',
    wpt: 'xhr/overridemimetype-blob.html',
    run: async ({ shop, xhr: make }) => {
      const types: unknown[] = [];
      for (const [path, override] of [
        ['/json', ''],
        ['/whole', ''],
        ['/json', 'text/x;charset=y'],
      ] as const) {
        const { xhr, over } = make();
        xhr.responseType = 'blob';
        if (override !== '') xhr.overrideMimeType(override);
        xhr.open('GET', shop(path));
        xhr.send();
        await over;
        types.push((xhr.response as Blob).type);
      }
      return types;
    },
  },
];
