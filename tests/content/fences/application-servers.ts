import { fileURLToPath } from 'node:url';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { pythonWithServers, WITHOUT_SERVERS } from './python-servers.ts';
import {
  complaint,
  runProgram,
  sample,
  titleOf,
  workFile,
  workFolder,
  type FenceText,
  type Validator,
} from './validator.ts';

const isIni = ({ lang }: FenceText): boolean => ['ini', 'conf', 'systemd'].includes(lang);

/** gunicorn.conf.py: gunicorn takes every value, and it has a setting of every name. */
const gunicorn: Validator = {
  accepts: 'gunicorn takes every setting',
  covers: (fence) => ['py', 'python'].includes(fence.lang) && /gunicorn/.test(titleOf(fence)),
  missing: () => (pythonWithServers() === null ? WITHOUT_SERVERS : null),
  problem: async ({ code }) => {
    const python = pythonWithServers();
    if (python === null) return WITHOUT_SERVERS;
    const config = workFile('gunicorn.conf.py', code);
    const names = fileURLToPath(new URL('./gunicorn_names.py', import.meta.url));
    const known = complaint(await runProgram(python.command, [names, config], { env: python.env }));
    if (known !== '') return known;
    workFile('page_app.py', 'def app(environ, start_response):\n    return []\n');
    const args = ['-m', 'gunicorn', '--check-config', '--config', config, 'page_app:app'];
    return complaint(await runProgram(python.command, args, { env: python.env, cwd: workFolder() }));
  },
  good: [
    sample('py', 'bind = "127.0.0.1:8000"\nworkers = 4\ntimeout = 60\nkeepalive = 75\n', 'gunicorn.conf.py'),
    sample(
      'py',
      'import os\n\ncores = os.cpu_count() or 1\nworkers = 2 * cores + 1\n\n\ndef post_fork(server, worker):\n    pass\n',
      'gunicorn.conf.py',
    ),
  ],
  mistakes: [
    { ...sample('py', 'timeot = 60\n', 'gunicorn.conf.py'), says: /no setting timeot/ },
    { ...sample('py', 'timeout = "soon"\n', 'gunicorn.conf.py'), says: /Invalid value for timeout/ },
  ],
};

/** The lines of an INI file that set something, with their section. */
function iniLines(code: string): { section: string; key: string }[] {
  let section = '';
  return code.split('\n').flatMap((line) => {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const key = /^\s*([^#;[\s=][^=]*?)\s*=/.exec(line)?.[1];
    return key === undefined ? [] : [{ section, key }];
  });
}

/** uWSGI: it has an option of every name. */
const uwsgi: Validator = {
  accepts: 'uWSGI has every option',
  covers: (fence) => isIni(fence) && (/uwsgi/.test(titleOf(fence)) || /^\s*\[uwsgi\]/m.test(fence.code)),
  missing: () => (findProgram('uwsgi') === null ? 'uwsgi is not installed.' : null),
  problem: async ({ code }) => {
    // Options of the plugins are listed when they are loaded; pip's uwsgi has them built in.
    const args = ['--plugins', 'python3,http', '--help'];
    const help = await runProgram(findProgram('uwsgi') ?? 'uwsgi', args, { cwd: workFolder() });
    const known = new Set(
      [...(help.stdout + help.stderr).matchAll(/^\s+(?:-\S\|)?--([\w-]+)/gm)].map(([, name = '']) => name),
    );
    if (known.size === 0) return 'uwsgi --help lists nothing.';
    const unknown = iniLines(code).filter(({ key }) => !known.has(key) && key !== 'plugins' && key !== 'plugin');
    return unknown.map(({ key }) => `uWSGI has no option ${key}`).join('\n');
  },
  good: [
    sample('ini', '[uwsgi]\nmodule = app:app\nprocesses = 4\nharakiri = 30\nbuffer-size = 8192\nhttp-socket = :8000\n'),
  ],
  mistakes: [{ ...sample('ini', '[uwsgi]\nharakirri = 30\n'), says: /no option harakirri/ }],
};

const phpFpmNames = ['php-fpm', 'php-fpm8.4', 'php-fpm8.3', 'php-fpm8.2', 'php-fpm8.1', 'php-fpm7.4'];
const findPhpFpm = (): string | null => phpFpmNames.map(findProgram).find((file) => file !== null) ?? null;

/** PHP-FPM: a pool, or directives of one. What every pool needs is added where the fence leaves it out. */
const phpFpm: Validator = {
  accepts: 'php-fpm -t accepts it',
  covers: (fence) =>
    fence.lang === 'php-fpm' ||
    (isIni(fence) && (/fpm|www\.conf/.test(titleOf(fence)) || /^\s*pm(?:\.\w+)?\s*=/m.test(fence.code))),
  missing: () => (findPhpFpm() === null ? 'php-fpm is not installed.' : null),
  problem: async ({ code }) => {
    const folder = workFolder();
    const hasPool = /^\s*\[(?!global\])[^\]]+\]/m.test(code);
    const pool = `${hasPool ? '' : '[www]\n'}${code}`.replaceAll('/var/log/', `${folder}/log-`);
    const needed: readonly (readonly [key: string, value: string])[] = [
      ['user', 'nobody'],
      ['listen', `${folder}/php.sock`],
      ['pm', 'dynamic'],
      ...(/^\s*pm\s*=\s*(?:static|ondemand)/m.test(code)
        ? []
        : ([
            ['pm.start_servers', '2'],
            ['pm.min_spare_servers', '1'],
            ['pm.max_spare_servers', '3'],
          ] as const)),
      ['pm.max_children', '5'],
    ];
    const added = needed.filter(
      ([key]) => !iniLines(pool).some((line) => line.section !== 'global' && line.key === key),
    );
    const text = `[global]\nerror_log = ${folder}/php-error.log\n${pool}\n${added.map(([key, value]) => `${key} = ${value}`).join('\n')}\n`;
    const args = ['-t', '-n', '-y', workFile('php-fpm.conf', text)];
    return complaint(await runProgram(findPhpFpm() ?? 'php-fpm', args));
  },
  good: [
    sample('ini', '[www]\npm = static\npm.max_children = 20\nrequest_terminate_timeout = 30s\n', 'www.conf'),
    sample('ini', 'pm.max_children = 20\nlisten.backlog = 511\n', '/etc/php/8.2/fpm/pool.d/www.conf'),
  ],
  mistakes: [
    {
      ...sample('ini', '[www]\nrequest_terminate_timeot = 30s\n', 'www.conf'),
      says: /unknown entry 'request_terminate_timeot'/,
    },
  ],
};

const UNIT = /\.(service|socket|timer|target|mount|path|slice)$/;

/** systemd units. That the programs which they start are not on this machine is no mistake. */
const systemd: Validator = {
  accepts: 'systemd-analyze verify finds nothing',
  covers: (fence) =>
    isIni(fence) &&
    (fence.lang === 'systemd' ||
      UNIT.test(titleOf(fence)) ||
      /^\s*\[(?:Unit|Service|Socket|Timer)\]/m.test(fence.code)),
  missing: () => (findProgram('systemd-analyze') === null ? 'systemd-analyze is not installed.' : null),
  problem: async (fence) => {
    const kind = UNIT.exec(titleOf(fence))?.[1] ?? (/^\s*\[Socket\]/m.test(fence.code) ? 'socket' : 'service');
    const isDropIn = kind === 'service' && !/^\s*ExecStart=/m.test(fence.code);
    // A piece of a unit, such as a drop-in, does not say what is started.
    const text = isDropIn ? `${fence.code}\n[Service]\nExecStart=/bin/true\n` : fence.code;
    const file = workFile(`page-unit.${kind}`, `${text.replace(/^(Exec\w+=[-@:+!]*)\S+/gm, '$1/bin/true')}\n`);
    if (kind !== 'service') workFile('page-unit.service', '[Service]\nExecStart=/bin/true\n');
    const said = await runProgram('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', file]);
    return said.stderr
      .split('\n')
      .filter(
        (line) => line.includes('page-unit') && !/Failed to (?:load|add|open)|is not executable|not found/.test(line),
      )
      .map((line) => line.replace(`${workFolder()}/`, ''))
      .join('\n');
  },
  good: [
    sample(
      'ini',
      '[Unit]\nDescription=Orders\nAfter=network.target\n\n[Service]\nExecStart=/opt/app/bin/gunicorn app:app\nRestart=always\nTimeoutStopSec=45\n',
      'app.service',
    ),
    sample('systemd', '[Service]\nLimitNOFILE=65535\n'),
    sample('ini', '[Socket]\nListenStream=/run/app.sock\nSocketMode=0660\n', 'app.socket'),
  ],
  mistakes: [
    {
      ...sample('ini', '[Service]\nExecStart=/bin/true\nRestrat=always\n', 'app.service'),
      says: /Unknown key.*Restrat/,
    },
  ],
};

export const applicationValidators: readonly Validator[] = [gunicorn, uwsgi, phpFpm, systemd];
