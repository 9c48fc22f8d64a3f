import { createHmac } from 'node:crypto';
import { expect, test, type Frame, type Page } from '@playwright/test';
import { consoleOf, openWith, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';

/** A path of the site that nothing on the page asks for. Whoever asks for it got out of the sandbox. */
const PROBE = '/probe-from-the-sandbox';

/** Collects what reaches the site's server under the probe's path. */
async function watchProbe(page: Page): Promise<string[]> {
  const reached: string[] = [];
  await page.context().route(`**${PROBE}*`, async (route) => {
    reached.push(route.request().url());
    await route.fulfill({ status: 200, contentType: 'text/javascript', body: 'globalThis.probe = true' });
  });
  return reached;
}

/** Ways out of the worker, and the native ones behind what the sandbox replaced. Each is a function that gives a value when it works. */
const WAYS_OUT_OF_THE_WORKER = (site: string): Record<string, string> => ({
  'the page’s document': `document.title`,
  'the page’s window': `parent.document.title`,
  'the top window': `top.location.href`,
  cookies: `document.cookie`,
  localStorage: `localStorage.getItem('theme')`,
  sessionStorage: `sessionStorage.getItem('theme')`,
  indexedDB: `indexedDB.open('x')`,
  'native indexedDB': `new Promise((good, bad) => {
    const request = Object.getOwnPropertyDescriptor(WorkerGlobalScope.prototype, 'indexedDB').get.call(self).open('x');
    request.onsuccess = good; request.onerror = () => bad(request.error);
  })`,
  caches: `caches.open('x')`,
  fetch: `fetch('${site}${PROBE}?fetch')`,
  'native fetch': `WorkerGlobalScope.prototype.fetch.call(self, '${site}${PROBE}?native')`,
  XMLHttpRequest: `new Promise((good, bad) => {
    const xhr = new XMLHttpRequest(); xhr.open('GET', '${site}${PROBE}?xhr'); xhr.onload = good; xhr.onerror = () => bad(Error('refused')); xhr.send();
  })`,
  WebSocket: `new WebSocket('${site.replace('http', 'ws')}${PROBE}')`,
  EventSource: `new EventSource('${site}${PROBE}?events')`,
  sendBeacon: `navigator.sendBeacon('${site}${PROBE}?beacon', 'x')`,
  importScripts: `importScripts('${site}${PROBE}?script')`,
  'native importScripts': `WorkerGlobalScope.prototype.importScripts.call(self, '${site}${PROBE}?nativescript')`,
  import: `import('${site}${PROBE}?module')`,
  'a worker': `new Worker('${site}${PROBE}?worker')`,
  BroadcastChannel: `new BroadcastChannel('x')`,
  'the frame': `postMessage({ kind: 'finished', simulatedMs: 1 })`,
  eval: `(0, eval)('1')`,
  Function: `new Function('return 1')()`,
});

test('a program cannot reach the page, its storage or any network', async ({ page, baseURL }) => {
  const reached = await watchProbe(page);
  const ways = WAYS_OUT_OF_THE_WORKER(baseURL ?? '');
  const tries = Object.entries(ways).map(([name, code]) => `[${JSON.stringify(name)}, async () => ${code}]`);
  const code = `let worked = 0;
for (const [name, attempt] of [${tries.join(',\n')}]) {
  try { await attempt(); worked++; console.log('WORKED ' + name); }
  catch (error) { console.log('failed ' + name); }
}
console.log(worked + ' of ${tries.length} worked');`;
  const playground = await openWith(page, code);
  await runToTheEnd(playground);
  await expect(consoleOf(playground)).toContainText(`0 of ${tries.length} worked`);
  expect(reached).toEqual([]);
  // The probe does see what comes from outside the sandbox.
  await page.evaluate((path) => fetch(path), PROBE);
  expect(reached).toHaveLength(1);
});

/** The frame in which the workers live. */
async function sandboxFrame(page: Page): Promise<Frame> {
  await expect.poll(() => page.frames().some((frame) => frame.url().endsWith('/sandbox/frame.html'))).toBe(true);
  const frame = page.frames().find((candidate) => candidate.url().endsWith('/sandbox/frame.html'));
  if (!frame) throw new Error('There is no sandbox frame.');
  return frame;
}

test('even from the frame around the workers there is no way out', async ({ page, baseURL }) => {
  const reached = await watchProbe(page);
  const playground = await openWith(page, `console.log('ran');`);
  await runToTheEnd(playground);
  await expect(page.locator('iframe[src$="/sandbox/frame.html"]')).toHaveAttribute('sandbox', 'allow-scripts');
  const frame = await sandboxFrame(page);
  const worked = await frame.evaluate(
    async (probe) => {
      const settles = (start: (good: () => void, bad: () => void) => void): Promise<boolean> =>
        new Promise((resolve) => {
          start(
            () => resolve(true),
            () => resolve(false),
          );
        });
      const element = <K extends 'img' | 'script' | 'link'>(name: K, set: (made: HTMLElementTagNameMap[K]) => void) =>
        settles((good, bad) => {
          const made = document.createElement(name);
          made.onload = good;
          made.onerror = bad;
          set(made);
          document.head.append(made);
        });
      const tries: Record<string, () => unknown> = {
        parent: () => window.parent.document.title,
        topLocation: () => String(window.top?.location.href),
        cookie: () => document.cookie,
        localStorage: () => localStorage.length,
        indexedDB: () =>
          settles((good, bad) => {
            const request = indexedDB.open('x');
            request.onsuccess = good;
            request.onerror = bad;
          }),
        fetch: () => fetch(`${probe}?fetch`, { mode: 'no-cors' }),
        beacon: () => navigator.sendBeacon(`${probe}?beacon`),
        socket: () =>
          settles((good, bad) => {
            const socket = new WebSocket(probe.replace('http', 'ws'));
            socket.onopen = good;
            socket.onerror = bad;
          }),
        image: () => element('img', (image) => (image.src = `${probe}?image`)),
        script: () => element('script', (script) => (script.src = `${probe}?script`)),
        style: () =>
          element('link', (link) => {
            link.rel = 'stylesheet';
            link.href = `${probe}?style`;
          }),
        serviceWorker: () => navigator.serviceWorker.register(`${probe}?sw`),
        popup: () => window.open(`${probe}?popup`) !== null,
      };
      const names: string[] = [];
      for (const [name, attempt] of Object.entries(tries)) {
        try {
          // A promise of `false` and a refused beacon or popup are failures too.
          if ((await attempt()) !== false) names.push(name);
        } catch {
          // It failed, as it should.
        }
      }
      const nested = document.createElement('iframe');
      nested.src = `${probe}?frame`;
      document.body.append(nested);
      const form = document.createElement('form');
      form.action = `${probe}?form`;
      document.body.append(form);
      form.submit();
      return names;
    },
    `${baseURL ?? ''}${PROBE}`,
  );
  // A beacon is accepted into the queue and then dropped by the policy, so only the server can tell.
  expect(worked.filter((name) => name !== 'beacon')).toEqual([]);
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', 'done');
  expect(reached).toEqual([]);
});

test('Stop ends a loop without end and keeps what was printed', async ({ page }) => {
  const playground = await openWith(page, `console.log('before the loop');\nwhile (true) {}`);
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(consoleOf(playground)).toContainText('before the loop');
  await expect(playground).toHaveAttribute('data-state', 'running');
  await playground.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', 'stopped');
  await expect(consoleOf(playground)).toContainText('before the loop');
  await runToTheEnd(playgroundsOf(page).nth(1));
});

test('an hour of back-off is over before the reader notices', async ({ page }) => {
  const playground = await openWith(
    page,
    `for (let wait = 0; wait < 60; wait++) await new Promise((resolve) => setTimeout(resolve, 60_000));
console.log('slept', performance.now() / 60_000, 'minutes');`,
  );
  await runToTheEnd(playground);
  await expect(consoleOf(playground)).toContainText('slept 60 minutes');
});

test('messages that are not the sandbox’s own change nothing', async ({ page }) => {
  const playground = await openWith(
    page,
    `const forged = { kind: 'console', level: 'log', values: [{ type: 'string', text: 'forged' }], at: 0, position: null };
for (const target of [self, globalThis]) target.dispatchEvent(new MessageEvent('message', { data: forged }));
console.log('genuine');
await new Promise((resolve) => setTimeout(resolve, 3_600_000));`,
  );
  await playground.getByRole('radio', { name: /real/i }).check();
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(consoleOf(playground)).toContainText('genuine');
  const forged = { kind: 'console', level: 'log', values: [{ type: 'string', text: 'forged' }], at: 0, position: null };
  const messages = [forged, { kind: 'finished', simulatedMs: 1 }, { kind: 'stopped', id: 1 }, null, 'finished'];
  await page.evaluate((all) => all.forEach((message) => window.postMessage(message, '*')), messages);
  const frame = await sandboxFrame(page);
  await frame.evaluate((all) => all.forEach((message) => window.parent.postMessage(message, '*')), messages);
  // The page answers after it has had the messages above.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await expect(playground).toHaveAttribute('data-state', 'running');
  await expect(consoleOf(playground)).not.toContainText('forged');
  await playground.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(playground).toHaveAttribute('data-state', 'stopped');
});

test('the libraries behave in the browser as they do in Node', async ({ page }) => {
  const playground = await openWith(
    page,
    `import ky from 'ky';
import pRetry from 'p-retry';
const { default: axios } = await import('axios');
await axios.get('/orders/42').catch((error) => console.log(error.name, error.code, error.response.status));
console.log((await pRetry(() => ky('https://api.example.com/orders/42', { retry: 0 }).json(), { retries: 2 })).id, performance.now() > 1000);
await import('https://esm.example.com/lodash').catch((error) => console.log(error.message));
throw new RangeError('last line');`,
  );
  await runToTheEnd(playground);
  const shown = consoleOf(playground);
  await expect(shown).toContainText('AxiosError ERR_BAD_RESPONSE 502');
  await expect(shown).toContainText('42 true');
  await expect(shown).toContainText('does not work in this playground. It has ky, p-retry and axios');
  await expect(shown).toContainText('client.js:7:7');
});

test('crypto.subtle is real', async ({ page }) => {
  const playground = await openWith(
    page,
    `const { subtle } = crypto;
const bytes = (text) => new TextEncoder().encode(text);
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
console.log('digest', hex(await subtle.digest('SHA-256', bytes('abc'))).slice(0, 16));
const hmac = await subtle.importKey('raw', bytes('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
const signature = await subtle.sign('HMAC', hmac, bytes('what do ya want for nothing?'));
console.log('sign', hex(signature).slice(0, 16), await subtle.verify('HMAC', hmac, signature, bytes('what do ya want for nothing?')));
const pair = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveKey']);
const other = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveKey']);
const aes = { name: 'AES-GCM', length: 256 };
const mine = await subtle.deriveKey({ name: 'ECDH', public: other.publicKey }, pair.privateKey, aes, true, ['encrypt', 'wrapKey']);
const theirs = await subtle.deriveKey({ name: 'ECDH', public: pair.publicKey }, other.privateKey, aes, true, ['decrypt', 'unwrapKey']);
const sealed = { name: 'AES-GCM', iv: new Uint8Array(12) };
console.log('decrypt', new TextDecoder().decode(await subtle.decrypt(sealed, theirs, await subtle.encrypt(sealed, mine, bytes('open')))));
const wrapped = await subtle.wrapKey('raw', mine, mine, sealed);
console.log('unwrap', (await subtle.unwrapKey('raw', wrapped, theirs, sealed, 'AES-GCM', true, ['encrypt'])).type);
console.log('key', mine instanceof CryptoKey, mine.type, mine.extractable, mine.algorithm.name, mine.algorithm.length, mine.usages.join('+'), String(mine));
console.log('jwk', (await subtle.exportKey('jwk', pair.publicKey)).crv);
for (const wrong of [() => subtle.exportKey('raw', hmac), () => subtle.digest('SHA-0', bytes('')), () => subtle.digest('SHA-1', 'text'), () => subtle.encrypt(sealed, {}, bytes(''))])
  await wrong().catch((error) => console.log(error.name, error instanceof DOMException, error.stack.includes('client.js')));
console.log('too long', await subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 16384, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, true, ['encrypt']).catch((error) => error.message));
console.log('time', performance.now());`,
  );
  await runToTheEnd(playground);
  const shown = consoleOf(playground);
  for (const line of [
    'digest ba7816bf8f01cfea',
    `sign ${createHmac('sha256', 'key').update('what do ya want for nothing?').digest('hex').slice(0, 16)} true`,
    'decrypt open',
    'unwrap secret',
    'key true secret true AES-GCM 256 encrypt+wrapKey [object CryptoKey]',
    'jwk P-256',
    'InvalidAccessError true true',
    'NotSupportedError true true',
    'TypeError false true',
    'The playground makes RSA keys of at most 4096 bits.',
    'time 0',
  ])
    await expect(shown).toContainText(line);
});

test('a program that names crypto.subtle in a roundabout way is told how to get it', async ({ page }) => {
  const playground = await openWith(
    page,
    `try { crypto['sub' + 'tle']; } catch (error) { console.log(error.message); }`,
  );
  await runToTheEnd(playground);
  await expect(consoleOf(playground)).toContainText('crypto.subtle, which the code does not name, is not available');
});
