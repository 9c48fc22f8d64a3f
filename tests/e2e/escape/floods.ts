import type { Attempt } from './attempts.ts';

/** What could break or freeze the page that shows it. */
export const FLOODS: readonly Attempt[] = [
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
];
