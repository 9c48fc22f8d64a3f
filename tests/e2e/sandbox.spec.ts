import { deflateRawSync } from 'node:zlib';
import { expect, test, type Frame, type Locator, type Page } from '@playwright/test';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';

/** A path of the site that nothing on the page asks for. Whoever asks for it got out of the sandbox. */
const PROBE = '/probe-from-the-sandbox';

/** Opens the guide with `code` in its first playground, as a share link does. */
async function openWith(page: Page, code: string): Promise<Locator> {
  const share = { v: 1, id: 'first-502', code, file: 'client.js', scenario: 'first-two-attempts-fail' };
  await page.goto(`${GUIDE}#play=1.${deflateRawSync(JSON.stringify(share)).toString('base64url')}`);
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('textbox', { name: 'Code editor' })).toHaveValue(code);
  return playground;
}

const consoleOf = (playground: Locator): Locator => playground.getByRole('log', { name: 'Console' });

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
