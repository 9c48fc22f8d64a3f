import { spawn } from 'node:child_process';
import { parse as parseToml, stringify as stringifyToml } from 'smol-toml';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { sample, titleOf, workFile, workFolder, type Validator } from './validator.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Traefik has no command that checks, so it is started with the file, and stopped when it has said what it thinks. */
export const traefikValidator: Validator = {
  accepts: 'Traefik starts with it',
  covers: ({ lang, ...fence }) =>
    ['yaml', 'yml', 'toml'].includes(lang) && /traefik/i.test(titleOf({ lang, ...fence })),
  missing: () => (findProgram('traefik') === null ? 'Traefik is not there: npm run setup:tests fetches it.' : null),
  problem: ({ lang, code }) => {
    let settings: unknown;
    try {
      settings = lang === 'toml' ? parseToml(code) : parseYaml(code);
    } catch (error) {
      return String(error);
    }
    if (typeof settings !== 'object' || settings === null) return 'A configuration of Traefik is a mapping.';
    const toText = lang === 'toml' ? stringifyToml : stringifyYaml;
    const ending = lang === 'toml' ? 'toml' : 'yml';
    const known: Settings = { ...settings };
    if (['http', 'tcp', 'udp', 'tls'].some((key) => key in known)) {
      const routes = workFile(`traefik-routes.${ending}`, toText(withLastRouter(known)));
      const names = [
        'web',
        ...[...JSON.stringify(known).matchAll(/"entryPoints":\[([^\]]*)\]/g)].flatMap(entryPointsIn),
      ];
      const entryPoints = Object.fromEntries(names.map((name) => [name, { address: '127.0.0.1:0' }]));
      return startedWith(workFile(`traefik.${ending}`, toText(installation({ entryPoints }, routes))));
    }
    const nothing = workFile(`traefik-routes.${ending}`, toText(withLastRouter({})));
    // Its own providers and log may lead nowhere on this machine, so only their fields are checked.
    const { providers, log, ...rest } = withOurAddresses(known);
    const theirs: Settings = { ...(providers !== undefined && { providers }), ...(log !== undefined && { log }) };
    return fieldsOf(workFile(`traefik-theirs.${ending}`, toText(theirs))).then(
      (said) => said || startedWith(workFile(`traefik.${ending}`, toText(installation(rest, nothing)))),
    );
  },
  good: [
    sample(
      'yaml',
      'entryPoints:\n  web:\n    address: ":80"\n    transport:\n      respondingTimeouts:\n        idleTimeout: 180s\n',
      'traefik.yml',
    ),
    sample(
      'yaml',
      'http:\n  serversTransports:\n    app:\n      forwardingTimeouts:\n        dialTimeout: 2s\n',
      'traefik routes.yml',
    ),
    sample(
      'toml',
      '[http.services.app.loadBalancer]\n[[http.services.app.loadBalancer.servers]]\nurl = "http://10.0.0.5:8000"\n',
      'traefik routes.toml',
    ),
    sample('yaml', 'providers:\n  docker:\n    exposedByDefault: false\nlog:\n  level: INFO\n', 'traefik.yml'),
  ],
  mistakes: [
    {
      ...sample('yaml', 'entryPoints:\n  web:\n    adress: ":80"\n', 'traefik.yml'),
      says: /field not found, node: adress/,
    },
    {
      ...sample(
        'yaml',
        'http:\n  services:\n    app:\n      loadBalancer:\n        servrs: []\n',
        'traefik routes.yml',
      ),
      says: /field not found, node: servrs/,
    },
    {
      ...sample('yaml', 'providers:\n  docker:\n    exposedByDefalt: false\n', 'traefik.yml'),
      says: /exposedByDefalt/,
    },
    {
      ...sample('yaml', 'http:\n  routers:\n    app: { rule: "PathPrefix(", service: app }\n', 'traefik routes.yml'),
      says: /error|rule/i,
    },
  ],
};

/** The settings with every entry point on a free port of this machine. */
function withOurAddresses(settings: Settings): Settings {
  const points = settings['entryPoints'];
  if (typeof points !== 'object' || points === null) return settings;
  const ours = Object.entries(points).map(([name, point]: [string, unknown]) => [
    name,
    typeof point === 'object' && point !== null && 'address' in point ? { ...point, address: '127.0.0.1:0' } : point,
  ]);
  return { ...settings, entryPoints: Object.fromEntries(ours) as Settings };
}

const entryPointsIn = ([, list = '']: RegExpExecArray): string[] =>
  [...list.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);

/** An installation that reads the file with the routes. */
const installation = (settings: Settings, routes: string): Settings => ({
  ...settings,
  global: { checkNewVersion: false, sendAnonymousUsage: false },
  providers: { file: { filename: routes, watch: false } },
  log: { level: 'DEBUG', noColor: true },
});

/** Traefik builds the routers of TCP last. About this one it complains, and then it is through. */
const LAST = 'last-router-of-the-page';

function withLastRouter(settings: Settings): Settings {
  const tcp: Settings = { ...(settings['tcp'] as Settings | undefined) };
  const routers: Settings = { ...(tcp['routers'] as Settings | undefined) };
  return { ...settings, tcp: { ...tcp, routers: { ...routers, [LAST]: { rule: 'HostSNI(', service: LAST } } } };
}

/** What Traefik complains about until it is through with the file; empty when it has taken it without a word. */
const startedWith = (file: string): Promise<string> =>
  untilSaid(file, new RegExp(` ERR .*${LAST}|Cannot start the provider`)).then((printed) =>
    printed.includes(LAST) || printed.includes(' ERR ')
      ? printed
          .split('\n')
          .filter((line) => / ERR /.test(line) && !line.includes(LAST))
          .join('\n')
      : lastLine(printed),
  );

/** The complaint about a field that does not exist; what else goes wrong with this file is the machine's fault. */
const fieldsOf = (file: string): Promise<string> =>
  untilSaid(file, /Traefik version|Static configuration loaded/).then((printed) =>
    /field not found|cannot unmarshal|cannot be (?:parsed|converted)/.test(printed) ? lastLine(printed) : '',
  );

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** Starts Traefik, and stops it when it has said this; gives what it printed. */
function untilSaid(file: string, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(findProgram('traefik') ?? 'traefik', [`--configFile=${file}`], {
      cwd: workFolder(),
      timeout: 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    const read = (data: Buffer): void => {
      printed += data.toString();
      if (words.test(printed)) child.kill('SIGKILL');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}
