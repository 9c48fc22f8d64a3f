import { expect, test, type Page } from '@playwright/test';
import { shareHash } from '../../src/playground/share-link.ts';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { consoleOf, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';
import { followTraffic } from '../setup/traffic.ts';

/** For whom Python is fetched, and what a reader sees whose wire is slow or cut. */

const GUIDE = '/guides/502-bad-gateway-in-python-api-calls/';
const LINE = 'Received a 502 Bad Gateway error. Please try again later.';
const COMES_UP = { timeout: 60_000 };

test.skip(() => !hasPython(), WITHOUT_PYTHON);

const ofPython = (paths: readonly string[]): string[] =>
  paths.filter((path) => path.startsWith('/python/') || /\/python[.-]/.test(path));

/** Paths that the page asks for from now on, in order. */
function watchPaths(page: Page): readonly string[] {
  const paths: string[] = [];
  page.context().on('request', (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith('http')) paths.push(pathname);
  });
  return paths;
}

test('who reads, or runs and edits JavaScript, gets nothing of Python', async ({ page }) => {
  const paths = watchPaths(page);
  const traffic = followTraffic(page);
  await page.goto(GUIDE);
  await page.mouse.wheel(0, 4000);
  await traffic.settled();
  expect(ofPython(paths), 'reading Python').toEqual([]);

  await page.goto('/playground/');
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('tab', { name: 'Python' })).toBeVisible();
  await runToTheEnd(playground);
  await page.route(/monaco-editor\./, (route) => route.abort());
  await playground.getByRole('textbox', { name: 'Code editor' }).fill('console.log("mine");');
  await runToTheEnd(playground);
  await expect(consoleOf(playground)).toContainText('mine');
  await traffic.settled();
  expect(ofPython(paths), 'running JavaScript').toEqual([]);
});

test('the first run of Python brings 6.3 MB at most, as the project’s own server sends it', async ({ page }) => {
  await page.goto(GUIDE);
  const sizes: Promise<readonly [path: string, bytes: number]>[] = [];
  page.context().on('requestfinished', (request) => {
    const { pathname } = new URL(request.url());
    sizes.push(request.sizes().then(({ responseBodySize }) => [pathname, responseBodySize] as const));
  });
  const playground = playgroundsOf(page).first();
  await runToTheEnd(playground, COMES_UP);
  await expect(consoleOf(playground)).toContainText(LINE);
  const brought = await Promise.all(sizes);
  const sum = brought.reduce((total, [, bytes]) => total + bytes, 0);
  // Only Python's files come compressed from this server: the simulator around them counts with more than others send.
  expect(sum, JSON.stringify(brought)).toBeLessThanOrEqual(6_300_000);
  expect(brought.filter(([path]) => path.startsWith('/python/')).length, 'Python was measured').toBeGreaterThan(3);
  expect(sum, 'what came was measured').toBeGreaterThan(3_000_000);
});

test('a shared program with a scenario of its own starts one interpreter, not two at the same time', async ({
  page,
}) => {
  const hash = await shareHash({
    ...{ id: null, page: '', title: 'Shared', file: 'client.py', time: 'instant' },
    ...{ code: { 'client.py': 'input("May I go on?")\n' }, scenario: { id: 'one-of-three-down' } },
  });
  await page.goto(`/playground/${hash}`);
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true');
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground.getByRole('status')).toContainText('waits for your input', COMES_UP);
  // The other is for JavaScript. It comes with the page.
  expect(page.workers()).toHaveLength(2);
});

test('the next run of a changed scenario has the interpreter that waits for it, and starts one for the run after', async ({
  page,
}) => {
  const hash = await shareHash({
    ...{ id: null, page: '', title: 'Shared', file: 'client.py', time: 'instant' },
    ...{ code: { 'client.py': 'print("ran")\n' }, scenario: { id: 'one-of-three-down' } },
  });
  await page.goto(`/playground/${hash}`);
  const playground = playgroundsOf(page).first();
  await expect(playground.getByRole('tab', { name: 'Python' })).toHaveAttribute('aria-selected', 'true');
  const started: string[] = [];
  page.on('worker', (worker) => started.push(worker.url()));
  await runToTheEnd(playground, COMES_UP);
  await expect.poll(() => page.workers().length, { message: 'one waits for each language' }).toBe(2);
  started.length = 0;
  await runToTheEnd(playground, COMES_UP);
  await expect.poll(() => page.workers().length, { message: 'and again' }).toBe(2);
  expect(started).toHaveLength(1);
});

test('once it is loaded, Python runs without a connection', async ({ page, context }) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  await runToTheEnd(playground, COMES_UP);
  await context.setOffline(true);
  await runToTheEnd(playground, COMES_UP);
  await expect(consoleOf(playground)).toContainText(LINE);
});

test('without a connection it says in words that Python did not come, and runs when there is one', async ({
  page,
  context,
}) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  // What a reader has who came for the text: the page's own code is here, Python is not.
  await page.route('/python/**/*', (route) => route.abort());
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toContainText('Python could not be loaded. Check your connection, then press Run again.');
  await page.unrouteAll();

  await context.setOffline(true);
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toContainText('could not be loaded. Check your connection, then press Run again.');

  await context.setOffline(false);
  await runToTheEnd(playground, COMES_UP);
  await expect(consoleOf(playground)).toContainText(LINE);
});

test('the interpreter comes up while its files do, and needs no other when they have come', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  const { promise: held, resolve: release } = Promise.withResolvers<null>();
  await page.route('/python/**/packages.txt', async (route) => {
    await held;
    await route.continue();
  });
  const started: string[] = [];
  page.on('worker', (worker) => started.push(worker.url()));
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  // One for JavaScript, which comes with the first use of the playground, and Python's.
  await expect.poll(() => started.length, { message: 'before the packages are here' }).toBe(2);
  await expect(playground.getByRole('progressbar', { name: 'Loading Python' })).toBeVisible();
  release(null);
  await expect(consoleOf(playground)).toContainText(LINE, COMES_UP);
  expect(started.length, 'the run took the one that came up').toBeLessThanOrEqual(3);
});

test('when one of its files does not come, it says so, and the next run starts anew', async ({ page }) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  await page.route('/python/**/packages.txt', (route) => route.fulfill({ status: 503, body: 'busy' }));
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(playground).toContainText('then press Run again. (The server answered 503.)');
  await expect(playground.getByRole('progressbar')).toHaveCount(0);
  await page.unrouteAll();
  await runToTheEnd(playground, COMES_UP);
  await expect(consoleOf(playground)).toContainText(LINE);
});

test('on a slow connection it says how far the download is', async ({ page, context }) => {
  await page.goto(GUIDE);
  const playground = playgroundsOf(page).first();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const slow = { offline: false, latency: 50, uploadThroughput: 1_000_000 };
  await session.send('Network.emulateNetworkConditions', { ...slow, downloadThroughput: 2_500_000 });
  await playground.getByRole('button', { name: 'Run', exact: true }).click();
  const bar = playground.getByRole('progressbar', { name: 'Loading Python' });
  await expect(bar).toBeVisible();
  const share = async () => Number(await bar.getAttribute('value')) / Number(await bar.getAttribute('max'));
  await expect.poll(share).toBeGreaterThan(0);
  await expect(playground).toContainText(/Loading Python.*\d.*MB/);
  await session.send('Network.emulateNetworkConditions', { ...slow, downloadThroughput: -1 });
  await expect(playground).toHaveAttribute('data-state', 'done', COMES_UP);
});
