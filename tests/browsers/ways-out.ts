/**
 * Ways out of the sandbox, as code of a reader's program. Each is an expression that gives a value, at once or later,
 * when it works.
 * @param probe address on the site that nobody may reach
 */
export const waysOut = (probe: string): Readonly<Record<string, string>> => ({
  'the page': `parent.document.title`,
  'the top window': `top.location.href`,
  'the document': `document.title`,
  cookies: `document.cookie`,
  localStorage: `localStorage.length`,
  'native indexedDB': `new Promise((good, bad) => {
    const request = Object.getOwnPropertyDescriptor(WorkerGlobalScope.prototype, 'indexedDB').get.call(self).open('x');
    request.onsuccess = good;
    request.onerror = () => bad(request.error);
  })`,
  'native caches': `Object.getOwnPropertyDescriptor(WorkerGlobalScope.prototype, 'caches').get.call(self).open('x')`,
  'private files': `Object.getOwnPropertyDescriptor(WorkerNavigator.prototype, 'storage').get.call(navigator).getDirectory()`,
  'native fetch': `WorkerGlobalScope.prototype.fetch.call(self, '${probe}?fetch')`,
  fetch: `fetch('${probe}?shim')`,
  XMLHttpRequest: `new Promise((good, bad) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '${probe}?xhr');
    xhr.onload = good;
    xhr.onerror = () => bad(Error('refused'));
    xhr.send();
  })`,
  WebSocket: `new WebSocket('${probe.replace('http', 'ws')}')`,
  EventSource: `new EventSource('${probe}?events')`,
  'native importScripts': `WorkerGlobalScope.prototype.importScripts.call(self, '${probe}?script')`,
  import: `import('${probe}?module')`,
  'a worker': `new Worker('${probe}?worker')`,
  eval: `(0, eval)('1')`,
  Function: `new Function('return 1')()`,
});

/** A program that tries each way, waits two seconds for it, and prints those that worked. */
export const tryingProgram = (ways: Readonly<Record<string, string>>): string =>
  `const ways = [
${Object.entries(ways)
  .map(([name, code]) => `  [${JSON.stringify(name)}, async () => ${code}],`)
  .join('\n')}
];
const worked = [];
await Promise.all(ways.map(async ([name, attempt]) => {
  const late = new Promise((_, bad) => setTimeout(bad, 2000, Error('nothing came')));
  try {
    await Promise.race([attempt(), late]);
    worked.push(name);
  } catch {}
}));
console.log('Tried ' + ways.length + ', worked: ' + (worked.join(', ') || 'none') + '.');`;
