import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../tools/recorder/find-program.ts';
import { freePort } from '../../tools/recorder/ports.ts';
import { findMiniBrowser, missingForWebKit } from './find-browsers.ts';
import { BrowserMissing, type TestBrowser, until } from './page.ts';
import { WebDriverSession } from './webdriver.ts';

/** Starts MiniBrowser of WebKitGTK on a display of its own. Throws {@link BrowserMissing} when something is missing. */
export async function startWebKit(width: number, height: number): Promise<TestBrowser> {
  const missing = missingForWebKit();
  if (missing !== null) throw new BrowserMissing(missing);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'webkit-'));
  const children: ChildProcess[] = [];
  const stop = (): void => {
    for (const child of children.toReversed()) child.kill('SIGKILL');
    // The browser's own processes end a little later, and still write.
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  process.once('exit', stop);
  try {
    const display = await startDisplay(width, height, children);
    const port = await freePort();
    const env = {
      ...process.env,
      ...{ DISPLAY: `:${display}`, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder },
      // No graphics card, no sound, no services of a desktop.
      ...{ LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1', GTK_A11Y: 'none', GSETTINGS_BACKEND: 'memory' },
    };
    const driver = spawn(findProgram('WebKitWebDriver') ?? '', [`--port=${port}`, '--host=127.0.0.1'], {
      env,
      stdio: 'ignore',
    });
    children.push(driver);
    const address = `http://127.0.0.1:${port}`;
    await until(
      'the driver answers',
      () =>
        fetch(`${address}/status`).then(
          (answer) => answer.ok,
          () => false,
        ),
      Boolean,
    );
    const session = await WebDriverSession.start(address, {
      'webkitgtk:browserOptions': {
        binary: findMiniBrowser(),
        args: ['--automation'],
      },
    });
    await session.setWindowSize(width, height);
    return {
      name: `WebKitGTK ${String(session.capabilities['browserVersion'])}`,
      page: {
        goto: async (url) => {
          // A page that differs in its hash only would not be loaded again.
          await session.goto('about:blank');
          await session.goto(url);
        },
        reload: () => session.reload(),
        evaluate: async (run, ...args) => (await session.evaluate(run.toString(), args)) as never,
        click: (find, ...args) => session.click(find.toString(), args),
        press: (key) => session.press(key),
        type: (text) => session.type(text),
        screenshot: () => session.screenshot(),
      },
      close: async () => {
        await session.end();
        stop();
      },
    };
  } catch (error) {
    stop();
    throw new BrowserMissing(`WebKitGTK is installed and does not start here. ${String(error)}`, { cause: error });
  }
}

/** Starts an X server that shows nothing; returns the number of its display. */
async function startDisplay(width: number, height: number, children: ChildProcess[]): Promise<string> {
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height + 200}x24`, '-nolisten', 'tcp'];
  const server = spawn(findProgram('Xvfb') ?? '', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  children.push(server);
  const [, , , says] = server.stdio;
  if (!says) throw new Error('Xvfb was started without the pipe that tells its display.');
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code ?? 'none'} before it had a display.`)));
    says.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
  });
}
