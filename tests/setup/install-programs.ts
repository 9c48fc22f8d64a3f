import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../../tools/recorder/find-program.ts';
import { findFirefox, findMiniBrowser, missingForWebKit } from '../browsers/find-browsers.ts';
import { findChromium } from '../../tools/find-chromium.ts';
import { findNginx, missingPrograms, type Program } from './programs.ts';

/**
 * Makes sure that the programs the tests start are there: `npm run setup:tests`, and the first thing `npm test` does.
 * What is missing it installs where that needs no question: with Homebrew, with apt-get as root (or, in CI, with a
 * sudo that asks no password), and the browser with Playwright's own download. Otherwise it says what to type.
 * The other gateways are welcome, not needed: in CI they are installed with apt-get, and those that pip carries are
 * fetched everywhere; what is missing, the conformance tests name and leave out. So are Firefox and WebKit, and the
 * clients whose words are recorded and Python for the page. `SETUP_TESTS=check` installs nothing.
 */

interface Step {
  readonly command: string;
  readonly args: readonly string[];
}

const APT_PACKAGES: Record<Program, readonly string[]> = {
  // Chromium draws boxes for letters when a bare machine has no font at all.
  chromium: ['chromium', 'fonts-liberation'],
  nginx: ['nginx'],
};

/** Gateways besides nginx, and what their faults need: a certificate authority, FastCGI, uWSGI, a compiler, Go. */
const APT_GATEWAYS = [
  ...['haproxy', 'apache2', 'caddy', 'varnish', 'squid-openssl', 'lighttpd', 'lighttpd-mod-openssl', 'h2o'],
  ...['trafficserver', 'nghttp2-proxy', 'golang-go', 'php-fpm', 'uwsgi-core', 'uwsgi-plugin-python3'],
  ...['openssl', 'gcc', 'libc6-dev', 'curl', 'iproute2', 'python3-pip', 'systemd'],
];

/** The browsers besides Chromium, and the display that WebKit's needs. */
const APT_BROWSERS = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

/** Chromium without its windows, which works less for the same pages. Not every release of Debian and Ubuntu has it. */
const APT_HEADLESS = 'chromium-headless-shell';

const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

const onPath = (command: string): boolean => spawnSync('which', [command], { stdio: 'ignore' }).status === 0;

/** What stands before an apt-get command here: nothing for root, sudo in CI; null when apt-get may not be used. */
function aptPrefix(): readonly string[] | null {
  if (!onPath('apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  const sudoAsksNothing = () => spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return process.env['CI'] !== undefined && onPath('sudo') && sudoAsksNothing() ? ['sudo', '-n'] : null;
}

function aptGet(...args: string[]): Step | null {
  const prefix = aptPrefix();
  if (prefix === null) return null;
  const [command = 'apt-get', ...rest] = [
    ...prefix, // RUNLEVEL=1 keeps packages from starting their services.
    ...['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', ...APT_OPTIONS],
    ...args,
  ];
  return { command, args: rest };
}

/** Installs packages with apt-get where that may be used. One that apt does not know is named and left out. */
function aptInstall(packages: readonly string[]): void {
  const update = aptGet('update', '-q');
  if (!update) return;
  run(update);
  const known = packages.filter((name) => spawnSync('apt-cache', ['show', name], { stdio: 'ignore' }).status === 0);
  const unknown = packages.filter((name) => !known.includes(name));
  if (unknown.length > 0) console.log(`  apt has no package ${unknown.join(', ')} here, so that is left out.`);
  const install = aptGet('install', '-q', '-y', '--no-install-recommends', ...known);
  if (install && known.length > 0) run(install);
}

/** Runs one step and prints why it failed. A failed step stops nothing: what counts is whether the program is there. */
function run({ command, args }: Step): void {
  const line = [command, ...args].join(' ');
  console.log(`  $ ${line}`);
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 10 * 60_000,
  });
  if (status === 0) return;
  const lastLines = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n    ');
  console.log(`  that failed (${error?.message ?? `exit status ${status ?? 'unknown'}`}):\n    ${lastLines}`);
}

function install(missing: readonly Program[]): void {
  aptInstall(missing.flatMap((program) => APT_PACKAGES[program]));
  if (missing.includes('nginx') && findNginx() === undefined && onPath('brew')) {
    run({ command: 'brew', args: ['install', 'nginx'] });
  }
  if (missing.includes('chromium') && findChromium() === undefined) {
    run({ command: process.execPath, args: ['node_modules/@playwright/test/cli.js', 'install', 'chromium'] });
  }
}

/** One sentence: what is missing and what to type to get it on this machine. */
function howToInstall(missing: readonly Program[]): string {
  const names = missing.map((program) => (program === 'chromium' ? 'Chromium' : 'nginx')).join(' and ');
  const browser = 'npx playwright install chromium';
  const commands = existsSync('/usr/bin/apt-get')
    ? [`sudo apt-get install ${missing.flatMap((program) => APT_PACKAGES[program]).join(' ')}`]
    : missing.map((program) => (program === 'chromium' ? browser : 'brew install nginx'));
  const elsewhere = missing.includes('chromium') ? ', or name your own Chromium in CHROMIUM_PATH' : '';
  return `The tests need ${names}, which this machine lacks: run \`${commands.join(' && ')}\`${elsewhere}, then try again.`;
}

/** Installs what the tests are welcome to compare with. Failing is no fault: what is missing is left out by name. */
function installWelcome(): void {
  const lacksGateways = !['haproxy', 'apache2', 'varnishd'].every((name) => findProgram(name));
  const lacksBrowsers = findFirefox() === undefined || missingForWebKit() !== null;
  const packages = [
    ...(lacksGateways ? APT_GATEWAYS : []),
    ...(lacksBrowsers ? APT_BROWSERS : []),
    ...(findChromium() === '/usr/bin/chromium' ? [APT_HEADLESS] : []),
  ];
  if (process.env['CI'] !== undefined && packages.length > 0) {
    console.log('Installing the other gateways, clients and browsers:');
    aptInstall(packages);
  }
  const scripts = [
    ...['recorder/fetch-gateways.ts', 'recorder/clients/fetch-clients.ts', 'prepare-python.ts'].map(
      (file) => `tools/${file}`,
    ),
    'tests/setup/fetch-python-servers.ts',
  ];
  for (const script of scripts) spawnSync(process.execPath, [script], { stdio: 'inherit' });
}

const missing = missingPrograms();
if (missing.length > 0 && process.env['SETUP_TESTS'] !== 'check') {
  console.log(`Missing for the tests: ${missing.join(', ')}. Trying to install:`);
  install(missing);
}
const stillMissing = missingPrograms();
if (stillMissing.length > 0) {
  console.error(howToInstall(stillMissing));
  process.exitCode = 1;
} else {
  if (process.env['SETUP_TESTS'] !== 'check') installWelcome();
  console.log(`Chromium: ${findChromium() ?? ''}\nnginx: ${findNginx() ?? ''}`);
  console.log(`Firefox: ${findFirefox() ?? 'none'}\nWebKit: ${missingForWebKit() ?? findMiniBrowser() ?? ''}`);
}
