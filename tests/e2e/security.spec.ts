import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { fieldsOf, parseHeadersFile } from '../../src/build/headers.ts';
import { startServer, type RunningServer } from '../hosting/servers.ts';
import { builtFile, DIST, hasPython, sitemapPaths, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { GUIDE, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';

const rules = () => parseHeadersFile(readFileSync(join(DIST, '_headers'), 'utf8'));

/** One address of every kind: a page of each section, an unknown page, and files that carry a policy of another kind. */
function addresses(): string[] {
  const sections = new Map(sitemapPaths().map((path) => [path.split('/')[1], path]));
  const script = readdirSync(join(DIST, '_astro')).find((name) => name.endsWith('.js')) ?? '';
  const others = ['/no-such-page/', '/sandbox/frame.html', '/pagefind/pagefind-worker.js', `/_astro/${script}`];
  return [...sections.values(), ...others];
}

/** Collects what the policies of any document of the context refused. */
async function watchViolations(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeBinding('reportViolation', (_, text: string) => violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
      const report = (globalThis as { reportViolation?: (text: string) => void }).reportViolation;
      report?.(`${violatedDirective}: ${blockedURI} ${sample}`.trim());
    });
  });
  return violations;
}

/** A reader's way through everything that a strict policy could break. */
async function useEverything(page: Page, origin: string): Promise<void> {
  await page.goto(origin + GUIDE);
  const playground = playgroundsOf(page).first();
  await runToTheEnd(playground);
  await expect(playground.getByRole('table', { name: 'Network' })).toContainText('502');
  await playground.getByRole('textbox', { name: 'Code editor' }).focus();
  await expect(playground.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type("\nconsole.log('edited');");
  await runToTheEnd(playground);
  await expect(playground.getByRole('log', { name: 'Console' })).toContainText('edited');
  await playground.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(playground.getByRole('status')).toContainText(/link/i);
  await playground.getByRole('button', { name: 'Reset', exact: true }).click();
  await showInDevtools(page, playground);
  await page
    .getByRole('button', { name: /search/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('searchbox').fill('upstream prematurely closed');
  await expect(dialog.locator('mark').first()).toBeVisible();
  await dialog.locator(`a[href^="${GUIDE}"]`).first().click();
}

/** Runs with a service worker, and leaves it. */
async function showInDevtools(page: Page, playground: Locator): Promise<void> {
  await playground.getByRole('button', { name: 'More', exact: true }).click();
  const theSwitch = playground.getByRole('switch', { name: 'Show in DevTools' });
  await theSwitch.click();
  await expect(playground.getByRole('status')).toContainText('now show in DevTools');
  const answered = page.waitForResponse('**/devtools/api.example.com/**');
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  expect((await answered).status()).toBe(502);
  await playground.getByRole('button', { name: 'Stop', exact: true }).click();
  await playground.getByRole('button', { name: 'More', exact: true }).click();
  await theSwitch.click();
  await expect(playground.getByRole('status')).toContainText('inside the sandbox again');
}

for (const name of ['the project’s own server', 'nginx', 'caddy'] as const) {
  test.describe(`served by ${name}`, () => {
    let server: RunningServer | string;
    test.beforeAll(async ({ baseURL }) => {
      server =
        name === 'nginx' || name === 'caddy'
          ? await startServer(name)
          : { origin: baseURL ?? '', stop: () => Promise.resolve() };
      if (typeof server === 'string') console.log(server);
    });
    test.afterAll(async () => {
      if (typeof server === 'object') await server.stop();
    });
    const originOf = (): string => {
      test.skip(typeof server === 'string', typeof server === 'string' ? server : '');
      return typeof server === 'string' ? '' : server.origin;
    };

    test('every kind of address carries the headers of the site, once', async ({ request }) => {
      const origin = originOf();
      for (const address of addresses()) {
        const response = await request.get(origin + address);
        expect(response.status(), address).toBe(address === '/no-such-page/' ? 404 : 200);
        const sent = response.headersArray();
        for (const [header, value] of fieldsOf(rules(), address)) {
          const values = sent.filter((field) => field.name.toLowerCase() === header.toLowerCase());
          expect(
            values.map((field) => field.value),
            `${header} of ${address}`,
          ).toEqual([value]);
        }
      }
      const script = await request.get(origin + (addresses().at(-1) ?? ''));
      expect(script.headers()['content-type']).toMatch(/^text\/javascript/);
    });

    test('Python goes out as small as it can be, to whoever takes it so', async ({ request }) => {
      const origin = originOf();
      test.skip(!hasPython(), WITHOUT_PYTHON);
      const name = readdirSync(join(DIST, 'python'), { recursive: true, encoding: 'utf8' }).find((file) =>
        file.endsWith('.wasm'),
      );
      const place = join(DIST, 'python', name ?? '');
      for (const [accepted, sent] of [
        ['gzip, br', 'br'],
        ['identity', undefined],
      ] as const) {
        const response = await request.get(`${origin}/python/${name}`, { headers: { 'Accept-Encoding': accepted } });
        expect(response.headers()['content-encoding'], accepted).toBe(sent);
        // A cache that keeps the original for everybody does no harm.
        if (sent) expect(response.headers()['vary']).toMatch(/accept-encoding/i);
        expect(response.headers()['cache-control'], accepted).toContain('immutable');
        expect((await response.body()).equals(readFileSync(place)), accepted).toBe(true);
      }
    });

    test('running, editing, sharing and searching break no rule', async ({ page, context }) => {
      const origin = originOf();
      // Desktop browsers let a click copy without a question; one without windows refuses what nobody granted.
      await context.grantPermissions(['clipboard-write'], { origin });
      const violations = await watchViolations(context);
      const noise = listenForNoise(page);
      await useEverything(page, origin);
      expect(violations).toEqual([]);
      // In that mode the browser's console tells of the 502s, as of any real one.
      const complaints = noise.complaints.filter((text) => !/the server responded with a status of 502/.test(text));
      expect({ ...noise, complaints }).toEqual({ complaints: [], foreignRequests: [] });
    });
  });
}

/** Things that somebody who got text into a page would try. Each resolves to true when it worked. */
async function attack(page: Page, foreign: string): Promise<string[]> {
  return page.evaluate(async (host) => {
    const loads = (element: HTMLScriptElement | HTMLImageElement | HTMLIFrameElement): Promise<boolean> =>
      new Promise((resolve) => {
        element.onload = () => resolve(element.tagName !== 'IFRAME');
        element.onerror = () => resolve(false);
        document.addEventListener('securitypolicyviolation', () => resolve(false));
        document.body.append(element);
      });
    const made = <K extends 'script' | 'img' | 'iframe'>(name: K, url: string) => {
      const element = document.createElement(name);
      element.src = url;
      return element;
    };
    const attempts: Record<string, () => unknown> = {
      eval: () => (0, eval)('1') === 1,
      Function: () => Reflect.construct(Function, ['return true']) instanceof Function,
      'a timer with text': () =>
        new Promise((resolve) => {
          Object.assign(globalThis, { ranFromText: () => resolve(true) });
          Reflect.apply(setTimeout, globalThis, ['ranFromText()', 0]);
          setTimeout(() => resolve(false), 100);
        }),
      innerHTML: () => {
        document.createElement('div').innerHTML = '<b>text</b>';
        return true;
      },
      'an inline script': () => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.inlineRan = true';
        document.body.append(script);
        return 'inlineRan' in globalThis;
      },
      'an inline handler': () => {
        const button = document.createElement('button');
        button.setAttribute('onclick', 'globalThis.handlerRan = true');
        button.click();
        return 'handlerRan' in globalThis;
      },
      'a script of another host': () => loads(made('script', `${host}/script.js`)),
      'a module of another host': () => import(/* @vite-ignore */ `${host}/module.js`).then(() => true),
      'a worker of another host': () => new Worker(`${host}/worker.js`) instanceof Worker,
      'a worker from text': () => loadsWorker(URL.createObjectURL(new Blob(['postMessage(1)']))),
      'a request to another host': () => fetch(`${host}/data`, { mode: 'no-cors' }).then(() => true),
      'an image of another host': () => loads(made('img', `${host}/image.png`)),
      'a frame of another host': () => loads(made('iframe', `${host}/frame`)),
      'a new base': () => {
        const base = document.createElement('base');
        base.href = `${host}/`;
        document.head.append(base);
        return document.baseURI.startsWith(host);
      },
      'a policy of Trusted Types': () => {
        const { trustedTypes } = globalThis as {
          trustedTypes?: { createPolicy(name: string, rules: object): unknown };
        };
        trustedTypes?.createPolicy('mine', { createHTML: (text: string) => text });
        return true;
      },
    };
    function loadsWorker(url: string): Promise<boolean> {
      return new Promise((resolve) => {
        const worker = new Worker(url);
        worker.onmessage = () => resolve(true);
        worker.onerror = () => resolve(false);
      });
    }
    const worked: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      // A task of its own: while a debugger evaluates, Chromium lets text become code.
      await new Promise((resolve) => setTimeout(resolve));
      try {
        if ((await attempt()) === true) worked.push(name);
      } catch {
        // Refused, as it should be.
      }
    }
    return [`${Object.keys(attempts).length} tried`, ...worked];
  }, foreign);
}

/** A server of another origin that answers everything, and counts. */
async function otherHost(answer = ''): Promise<{ origin: string; asked: string[]; close: () => void }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const type = request.url === '/' ? 'text/html' : 'text/javascript';
    response.setHeader('Content-Type', type);
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end(answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

for (const sent of ['its headers', 'the meta tag alone'] as const) {
  test(`a page protected by ${sent} refuses code from text and from other hosts`, async ({ page }) => {
    if (sent === 'the meta tag alone') {
      await page.route('**/*', async (route) => {
        const response = await route.fetch();
        const headers = { ...response.headers() };
        delete headers['content-security-policy'];
        await route.fulfill({ response, headers });
      });
    }
    const other = await otherHost();
    try {
      await page.goto(GUIDE);
      expect(await attack(page, other.origin)).toEqual(['15 tried']);
      expect(other.asked).toEqual([]);
      // The same attempts work where there is no policy, so they are real ones.
      await page.goto(`${other.origin}/`);
      expect((await attack(page, other.origin)).length).toBeGreaterThan(12);
    } finally {
      other.close();
    }
  });
}

test('other sites may frame the sandbox and the playground page, and no other', async ({ page, baseURL }) => {
  const framed = ['/sandbox/frame.html', ...(builtFile('/playground/') === undefined ? [] : ['/playground/'])];
  const other = await otherHost(
    [GUIDE, '/', ...framed].map((path) => `<iframe src="${baseURL}${path}"></iframe>`).join(''),
  );
  try {
    await page.goto(`${other.origin}/`);
    await expect.poll(() => page.frames().filter((frame) => frame.url().startsWith('chrome-error:')).length).toBe(2);
    const shown = page.frames().map((frame) => frame.url().replace(baseURL ?? '', ''));
    expect(shown).toEqual(expect.arrayContaining(framed));
    expect(shown).not.toContain(GUIDE);
  } finally {
    other.close();
  }
});

test('the sandbox belongs to no site, even when it is opened by itself', async ({ page }) => {
  await page.goto('/sandbox/frame.html');
  expect(await page.evaluate(() => self.origin)).toBe('null');
  expect(
    await page.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return (error as Error).name;
      }
    }),
  ).toBe('SecurityError');
});
