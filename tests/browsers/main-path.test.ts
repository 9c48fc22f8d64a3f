import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFirefox } from './firefox.ts';
import { BrowserMissing, until, type TestBrowser, type TestPage } from './page.ts';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { choose, clickButton, FREE, GUIDE, openShared, runToTheEnd, seen } from './playground.ts';
import { serveSite, type Site } from './site.ts';
import { tryingProgram, waysOut } from './ways-out.ts';
import { startWebKit } from './webkit.ts';

/**
 * What a reader does first, in Firefox and in WebKit: `npm test` runs it on the finished build, after the pages in
 * Chromium. A browser that is missing is skipped with the reason; `npm run setup:tests` installs both in CI.
 */

const PYTHON_GUIDE = '/guides/502-bad-gateway-in-python-api-calls/';
/** Position of its playground that repeats. */
const RETRY = 3;
const CHECKLIST = '/checklists/first-five-minutes/';
/** Whoever asks for it got out of the sandbox. */
const PROBE = '/probe-from-the-sandbox';
const WIDTH = 1280;
const HEIGHT = 900;

/**
 * What every browser must show alike. Where no frame of the program is left, as in `then(console.log)`, some engines know
 * the line and others do not.
 */
const comparable = ({ printed, gatewayLog, statuses }: Awaited<ReturnType<typeof seen>>) => ({
  ...{ gatewayLog, statuses },
  printed: printed.map((text) => text.replace(/ ?\bline \d+$/, '')).filter((text) => text !== ''),
});

/** A page that is left while it loads a module says so in Firefox. A module that is missing is a 404 of the server. */
const isLeaving = (complaint: string): boolean => complaint.includes('error loading dynamically imported module');

describe.each([
  { id: 'Firefox', start: startFirefox },
  { id: 'WebKit', start: startWebKit },
])('$id', ({ id, start }) => {
  let site: Site;
  let browser: TestBrowser | null = null;
  let whyNot = '';

  beforeAll(async () => {
    site = await serveSite();
    try {
      browser = await start(WIDTH, HEIGHT);
      console.log(`${id}: ${browser.name}`);
    } catch (error) {
      if (!(error instanceof BrowserMissing)) throw error;
      whyNot = error.message;
    }
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    site.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail' || browser === null) return;
    mkdirSync('test-results', { recursive: true });
    writeFileSync(`test-results/${id}-${task.name.replaceAll(/\W+/g, '-')}.png`, await browser.page.screenshot());
  });

  const reader = (does: string, steps: (page: TestPage) => Promise<void>, lacks = ''): void => {
    it(
      does,
      async ({ skip }) => {
        if (browser === null || lacks !== '') return skip(lacks || whyNot);
        await steps(browser.page);
      },
      90_000,
    );
  };

  reader('runs the program of the guide', async (page) => {
    await page.goto(site.origin + GUIDE);
    const { state, status, statuses, console: output, gatewayLog } = await runToTheEnd(page);
    expect(state).toBe('done');
    expect(status).toMatch(/^Finished: 3 requests, last status 200, [\d.]+ s of simulated time$/);
    expect(statuses).toEqual(['502', '502', '200']);
    expect(output).toContain('attempt 1: 502 Bad Gateway');
    expect(output).toContain('attempt 3: 200 OK');
    // Each line of the console says where in the program it comes from.
    expect(output).toContain('line 5');
    expect(gatewayLog.match(/upstream prematurely closed connection while reading response header/g)).toHaveLength(2);
  });

  reader('gets from every playground of the guide what was recorded when the site was built', async (page) => {
    await page.goto(site.origin + GUIDE);
    const playgrounds = await page.evaluate(() => document.querySelectorAll('[aria-label^="Playground: "]').length);
    expect(playgrounds).toBeGreaterThan(2);
    for (let index = 0; index < playgrounds; index++) {
      const recorded = await seen(page, index);
      const now = await runToTheEnd(page, index);
      expect(comparable(now)).toEqual(comparable(recorded));
    }
  });

  reader('edits the program by keyboard and runs it, mistakes included', async (page) => {
    await page.goto(site.origin + GUIDE);
    await page.click(() => {
      const editor = document.querySelector('[aria-label^="Playground: "] textarea');
      // Away from the bar with Run, which stays at the lower edge of the window.
      editor?.scrollIntoView({ block: 'center' });
      return editor;
    });
    await until(
      'the editor is there',
      () => seen(page),
      ({ editor }) => editor !== null,
    );
    await page.press('Control+a');
    await page.type("console.log('typed')\n\nnull.x");
    await page.press('Control+Enter');
    const { state, console: output } = await until(
      'the program has ended',
      () => seen(page),
      (playground) => playground.state === 'done' || playground.state === 'error',
    );
    expect(state).toBe('error');
    expect(output).toContain('typed');
    expect(output).toMatch(/TypeError: .*client\.js:3:\d+/s);
  });

  reader('is told the line of a mistake that keeps the program from starting', async (page) => {
    await openShared(page, site.origin, `console.log('one');\nconst two = ;\n`);
    const { state, console: output } = await runToTheEnd(page);
    expect(state).toBe('error');
    expect(output).toMatch(/line 2(?!\d).*SyntaxError: /s);
  });

  reader('asks through ky, which tries again until the answer is there', async (page) => {
    await openShared(
      page,
      site.origin,
      `import ky from 'ky';
const order = await ky('https://api.example.com/orders/42', { retry: { limit: 2 } }).json();
console.log('order', order.id);`,
    );
    const { state, console: output, statuses } = await runToTheEnd(page);
    expect(statuses).toEqual(['502', '502', '200']);
    expect(output).toContain('order 42');
    expect(state).toBe('done');
  });

  reader('gets on the free page the answers of the gateway that was chosen', async (page) => {
    await page.goto(site.origin + FREE);
    const before = await seen(page);
    expect(before.gateways).toEqual(['nginx', 'nginx', 'nginx']);
    await choose(page, 'Gateway', 'haproxy');
    await until(
      'the choice is told',
      () => seen(page),
      ({ status }) => status.includes('HAProxy'),
    );
    const { state, gateways, statuses, gatewayLog, code } = await runToTheEnd(page);
    expect(code, 'the program is the same').toBe(before.code);
    expect(state).toBe('done');
    expect(gateways).toEqual(['haproxy', 'haproxy', 'haproxy']);
    expect(statuses).toEqual(['502', '502', '200']);
    expect(gatewayLog, "HAProxy's word for an upstream that closed before its answer").toContain('SH--');
  });

  // Neither can wait in the middle of a call from WebAssembly: what waits in simulated time needs no such wait.
  reader(
    'runs a Python program with the real requests, through a failure and a back-off',
    async (page) => {
      await page.goto(site.origin + PYTHON_GUIDE);
      const { state, console: output, statuses, gatewayLog } = await runToTheEnd(page, RETRY);
      expect(output).toContain('asked 3 times in');
      expect(statuses).toEqual(['502', '502', '200']);
      expect(gatewayLog).toContain('python-requests/');
      expect(state).toBe('done');
    },
    hasPython() ? '' : WITHOUT_PYTHON,
  );

  reader('stops a program that never ends, and gets the first program back', async (page) => {
    await openShared(page, site.origin, `console.log('begun');\nfor (;;) {}`);
    await clickButton(page, 'Run');
    await until(
      'the program runs',
      () => seen(page),
      ({ state }) => state === 'running',
    );
    await clickButton(page, 'Stop');
    await until(
      'the program has stopped',
      () => seen(page),
      ({ state }) => state === 'stopped',
    );
    await clickButton(page, 'Reset');
    const { code } = await until(
      'the first program is back',
      () => seen(page),
      ({ state }) => state === 'idle',
    );
    expect(code).toContain('attempt');
  });

  reader('keeps a shared program waiting until the reader runs it', async (page) => {
    await openShared(page, site.origin, `console.log('from a link');`);
    const before = await seen(page);
    expect(before.state).toBe('idle');
    expect(before.console).not.toContain('from a link');
    expect((await runToTheEnd(page)).console).toContain('from a link');
  });

  reader('reads the same words of a failed request as in any other browser', async (page) => {
    await openShared(
      page,
      site.origin,
      `const outcome = (wait) => wait.catch((error) => error.name + ': ' + error.message);
console.log(await outcome(fetch('https://nowhere.example.org/')));
console.log(await outcome(fetch('/orders/42', { signal: AbortSignal.timeout(1) })));
console.log(await outcome(fetch('/orders/42', { signal: AbortSignal.abort() })));
const controller = new AbortController();
controller.abort();
console.log(String(controller.signal.reason));`,
    );
    const { console: output } = await runToTheEnd(page);
    expect(output).toContain('TypeError: Failed to fetch');
    expect(output).toContain('TimeoutError: signal timed out');
    expect(output.match(/AbortError: signal is aborted without reason/g)).toHaveLength(2);
  });

  reader('keeps the progress of a checklist', async (page) => {
    const progress = () =>
      page.evaluate(() => ({
        ticks: document.querySelectorAll('lab-checklist input:checked').length,
        count: document.querySelector('[data-count]')?.textContent ?? '',
      }));
    await page.goto(site.origin + CHECKLIST);
    await page.click(() => document.querySelector('lab-checklist input[type=checkbox]'));
    await until('the tick is counted', progress, ({ count }) => /^1 of \d+ done$/.test(count));
    await page.reload();
    await until('the tick is there again', progress, ({ ticks, count }) => ticks === 1 && /^1 of \d+/.test(count));
  });

  reader('stays dark once the reader has chosen so', async (page) => {
    const look = () =>
      page.evaluate(() => ({
        theme: document.documentElement.dataset['theme'] ?? '',
        red: Number(/\d+/.exec(getComputedStyle(document.body).backgroundColor)?.[0]),
      }));
    await page.goto(site.origin + GUIDE);
    expect((await look()).red).toBeGreaterThan(200);
    await page.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('select[data-theme-select]');
      if (!select) throw new Error('The page has no choice of themes.');
      select.value = 'dark';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect((await look()).theme).toBe('dark');
    await page.reload();
    const { theme, red } = await look();
    expect(theme).toBe('dark');
    expect(red).toBeLessThan(60);
  });

  reader('hears no complaint about any of this', async (page) => {
    expect(site.complaints().filter((complaint) => !isLeaving(complaint))).toEqual([]);
    // One on purpose is heard.
    await page.evaluate(() => console.error('a complaint on purpose'));
    await until(
      'the complaint is heard',
      () => Promise.resolve(site.complaints()),
      (complaints) => complaints.includes('console.error a complaint on purpose'),
    );
  });

  reader('keeps a program in its sandbox', async (page) => {
    const ways = waysOut(`${site.origin}${PROBE}`);
    const before = site.requests().length;
    const reached = (): string[] =>
      site
        .requests()
        .slice(before)
        .filter((url) => url.startsWith(PROBE));
    // In real time, so that what comes late is not missed.
    await openShared(page, site.origin, tryingProgram(ways), 'real');
    expect((await runToTheEnd(page)).console).toContain(`Tried ${Object.keys(ways).length}, worked: none.`);
    expect(reached()).toEqual([]);
    // The server does notice whoever comes from outside the sandbox.
    await page.evaluate((path) => fetch(path).then(() => null), `${PROBE}?page`);
    expect(reached()).toEqual([`${PROBE}?page`]);
  });
});
