import { expect, test } from '@playwright/test';
import { hasPython, WITHOUT_PYTHON } from '../setup/built-site.ts';
import { runToTheEnd } from '../setup/playground-page.ts';
import { COMES_UP, openPython } from '../setup/python-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';

/** Python as its readers use it: their own program, with the real requests, on the free page. */

const PAGE = '/playground/';

test.skip(() => !hasPython(), WITHOUT_PYTHON);

test('runs a program with the real requests, and keeps every request in the page', async ({ page }) => {
  const noise = listenForNoise(page);
  const python = await openPython(page);
  await python.run();
  await expect(python.region.getByRole('table', { name: 'Network' }).getByRole('row')).toHaveText([
    /Status/,
    /502/,
    /502/,
    /200/,
  ]);
  await expect(python.console).toContainText('attempt 1: 502, 157 bytes');
  await expect(python.region.getByRole('log', { name: 'Gateway log' })).toContainText('python-requests/');
  expect(noise).toEqual({ complaints: [], foreignRequests: [] });
});

test('says how far the download is, and loads nothing of Python for other programs', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/python/')) asked.push(pathname);
  });
  await page.goto(PAGE);
  const region = page.getByRole('region', { name: /^Playground: / });
  await runToTheEnd(region);
  expect(asked).toEqual([]);
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<undefined>();
  await page.route('/python/**/*', async (route) => {
    await arrived;
    await route.continue();
  });
  await region.getByRole('tab', { name: 'Python' }).click();
  await expect(region.getByRole('progressbar', { name: 'Loading Python' })).toBeVisible();
  arrive(undefined);
  await expect(region.getByRole('progressbar')).toBeHidden(COMES_UP);
  expect(asked.length).toBeGreaterThan(3);
});

test('shows the classic program’s line, and the traceback of what it does not catch', async ({ page }) => {
  const python = await openPython(page);
  await python.write(`import requests

def fetch(url):
    response = requests.get(url, timeout=5)
    response.raise_for_status()
    return response.json()

try:
    fetch("https://api.example.com/orders/42")
except requests.exceptions.HTTPError as error:
    if error.response.status_code == 502:
        print("Received a 502 Bad Gateway error. Please try again later.")
    else:
        print(f"HTTP error: {error}")
except requests.exceptions.RequestException as error:
    print(f"A request error occurred: {error}")
fetch("https://api.example.com/orders/42")
`);
  await python.run();
  await expect(python.console).toContainText('Received a 502 Bad Gateway error. Please try again later.');
  await expect(python.region).toHaveAttribute('data-state', 'error');
  await expect(python.console).toContainText(
    'requests.exceptions.HTTPError: 502 Server Error: Bad Gateway for url: https://api.example.com/orders/42',
  );
  await expect(python.console).toContainText('File "client.py", line 17, in <module>');
  await expect(python.console).not.toContainText('gateway_lab');
});

test('keeps nothing of a run for the next one, and repeats it exactly', async ({ page }) => {
  const python = await openPython(page);
  await python.write(`import random, sys, time, uuid
import requests
print("before:", hasattr(requests, "mine"), "mine" in sys.modules)
requests.mine = sys.modules["mine"] = requests
print(random.random(), uuid.uuid4(), time.time(), {"a", "b", "c"})
time.sleep(600)
`);
  await python.run();
  const first = await python.console.innerText();
  expect(first).toContain('before: False False');
  await python.run();
  expect(await python.console.innerText()).toBe(first);
});

for (const name of ['A session that asks again', 'Five orders at the same time']) {
  test(`draws the same jitter in each run of “${name}”`, async ({ page }) => {
    await page.goto('/guides/502-bad-gateway-in-python-api-calls/');
    const region = page.getByRole('region', { name: `Playground: ${name}` });
    const requests = region.getByRole('table', { name: 'Network' });
    const status = region.getByRole('status');
    await runToTheEnd(region, COMES_UP);
    await expect(status).toContainText('of simulated time');
    const first = [await requests.innerText(), await status.innerText()];
    await runToTheEnd(region, COMES_UP);
    expect([await requests.innerText(), await status.innerText()]).toEqual(first);
  });
}

test('ends a program that only looks at the clock until it is late enough', async ({ page }) => {
  const python = await openPython(page);
  await python.write('import time\nend = time.time() + 30\nwhile time.time() < end:\n    pass\nprint("late enough")\n');
  await python.run();
  await expect(python.console).toContainText('late enough');
  await expect(python.region.getByRole('status')).toHaveText('Finished: no requests, 30 s of simulated time');
});

test('stops a program that waits with its traceback, and one that does not with what it printed', async ({ page }) => {
  const python = await openPython(page);
  await python.region.getByRole('radio', { name: 'Real' }).check({ force: true });
  await python.write('import time\nprint("begins")\ntime.sleep(500)\n');
  await python.region.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(python.console).toContainText('begins', COMES_UP);
  await python.region.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(python.region).toHaveAttribute('data-state', 'stopped');
  await expect(python.console).toContainText('KeyboardInterrupt');

  await python.write('print("spins")\nwhile True:\n    pass\n');
  await python.region.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(python.console).toContainText('spins', COMES_UP);
  await python.region.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(python.region).toHaveAttribute('data-state', 'stopped');
  await expect(python.console).toContainText('spins');
  await python.write('print("again")\n');
  await python.run();
  await expect(python.console).toContainText('again');
});

test('lets an event loop wait as long as in life', async ({ page }) => {
  const python = await openPython(page);
  await python.region.getByRole('radio', { name: 'Real' }).check({ force: true });
  await python.write(`import asyncio, httpx
async def ask(client, number):
    response = await client.get("https://api.example.com/orders/42")
    return number, response.status_code
async def main():
    async with httpx.AsyncClient() as client:
        print(await asyncio.gather(*(ask(client, number) for number in range(3))))
asyncio.run(main())
`);
  await python.run();
  await expect(python.console).toContainText('[(0, 502), (1, 502), (2, 200)]');
});

test('a coroutine that sleeps the hard way goes on in its own task and its own loop', async ({ page }) => {
  const python = await openPython(page);
  await python.region.getByRole('radio', { name: 'Real' }).check({ force: true });
  await python.write(`import asyncio, time, requests
async def main():
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    def same():
        return asyncio.get_running_loop() is loop and asyncio.current_task() is task
    time.sleep(0.2)
    print("after a sleep:", same())
    status = requests.get("https://api.example.com/orders/42").status_code
    print("after a request:", status, same())
    other = asyncio.create_task(asyncio.sleep(0.1, "other"))
    try:
        async with asyncio.timeout(0.5):
            time.sleep(0.2)
            print(await other)
            await asyncio.sleep(60)
    except TimeoutError:
        print("timeout:", same())
asyncio.run(main())
`);
  await python.run();
  for (const line of ['after a sleep: True', 'after a request: 502 True', 'other', 'timeout: True']) {
    await expect(python.console).toContainText(line);
  }
  await expect(python.region).toHaveAttribute('data-state', 'done');
});

test('says what cannot be done here, and reaches no network by any way', async ({ page }) => {
  const noise = listenForNoise(page);
  const python = await openPython(page);
  await python.write(`import threading, subprocess, socket
def attempt(name, act):
    try:
        act()
        print(name, "went through")
    except BaseException as error:
        print(name, type(error).__name__, error)
attempt("thread", lambda: threading.Thread(target=print).start())
attempt("process", lambda: subprocess.run(["ls"]))
attempt("server", lambda: socket.create_server(("", 8000)))
attempt("unknown host", lambda: socket.create_connection(("elsewhere.example.org", 80), timeout=3))
def by_javascript():
    import js
    from pyodide.ffi import run_sync
    run_sync(js.fetch("https://elsewhere.example.org/"))
attempt("fetch", by_javascript)
def by_xhr():
    import js
    request = js.XMLHttpRequest.new()
    request.open("GET", "https://elsewhere.example.org/", False)
    request.send()
attempt("xhr", by_xhr)
`);
  await python.run();
  await expect(python.console).toContainText("thread RuntimeError can't start new thread");
  await expect(python.console).toContainText('process OSError This playground cannot start other programs.');
  await expect(python.console).toContainText('server PermissionError [Errno 13] This playground has clients only');
  await expect(python.console).toContainText('unknown host gaierror [Errno -2] Name or service not known');
  await expect(python.console).not.toContainText('went through');
  expect(noise.foreignRequests).toEqual([]);
});
