import { existsSync, mkdirSync } from 'node:fs';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { MODULE_FOLDERS } from '../../../tools/recorder/gateways/apache.ts';
import { certificate, complaint, runProgram, sample, workFile, workFolder, type Validator } from './validator.ts';

/** What a reverse proxy may use. One that is built in has no file and is left out; the order matters to some. */
const MODULES = [
  ...['mpm_event', 'authz_core', 'authz_host', 'authn_core', 'unixd', 'log_config', 'mime', 'dir', 'alias', 'env'],
  ...[
    'setenvif',
    'headers',
    'rewrite',
    'expires',
    'deflate',
    'filter',
    'status',
    'reqtimeout',
    'remoteip',
    'ratelimit',
  ],
  ...['proxy', 'proxy_http', 'proxy_fcgi', 'proxy_uwsgi', 'proxy_scgi', 'proxy_wstunnel', 'proxy_ajp', 'proxy_connect'],
  ...['slotmem_shm', 'proxy_balancer', 'lbmethod_byrequests', 'lbmethod_bybusyness', 'lbmethod_bytraffic', 'watchdog'],
  ...['proxy_hcheck', 'http2', 'proxy_http2', 'socache_shmcb', 'ssl', 'cache', 'cache_disk', 'unique_id', 'logio'],
];

const findApache = (): string | null => findProgram('apache2') ?? findProgram('httpd');

/** Apache httpd: directives of the server, of a virtual host, or of a location. */
export const apacheValidator: Validator = {
  accepts: 'apache2 -t accepts it',
  covers: ({ lang }) => ['apache', 'apacheconf'].includes(lang),
  missing: () => (findApache() === null ? 'Neither apache2 nor httpd is installed.' : null),
  problem: async ({ code }) => {
    const inHost = await complaintAbout(`<VirtualHost *:8080>\n${code}\n</VirtualHost>`);
    if (inHost === '') return '';
    const outside = await complaintAbout(code);
    if (outside === '') return '';
    const inLocation = await complaintAbout(`<Location "/">\n${code}\n</Location>`);
    if (inLocation === '') return '';
    return /not allowed|cannot be nested|cannot occur within/.test(inHost) ? outside : inHost;
  },
  good: [
    sample('apache', 'ProxyPass "/" "http://app.example.com:8000/" connectiontimeout=2 timeout=30'),
    sample(
      'apache',
      '<VirtualHost *:443>\n  ServerName api.example.com\n  SSLEngine on\n  SSLCertificateFile /etc/ssl/a.pem\n  SSLCertificateKeyFile /etc/ssl/a.key\n</VirtualHost>',
    ),
    sample(
      'apache',
      '<Proxy "balancer://app">\n  BalancerMember "http://10.0.0.5:8000" retry=5\n</Proxy>\nProxyTimeout 30',
    ),
    sample('apache', 'ErrorLog ${APACHE_LOG_DIR}/error.log\nRequestReadTimeout header=20 body=30'),
  ],
  mistakes: [
    { ...sample('apache', 'ProxyPas "/" "http://10.0.0.5:8000/"'), says: /Invalid command 'ProxyPas'/ },
    {
      ...sample('apache', 'ProxyPass "/" "http://10.0.0.5:8000/" timeot=3'),
      says: /ProxyPass unknown .*parameter/,
    },
  ],
};

async function complaintAbout(code: string): Promise<string> {
  const folder = workFolder();
  const modules = MODULE_FOLDERS.find((each) => existsSync(each)) ?? '';
  const pem = await certificate();
  mkdirSync(`${folder}/logs`, { recursive: true });
  const text = code
    .replace(
      /(SSLCertificateFile|SSL\w*CACertificateFile|SSLCertificateChainFile)(\s+)\S+/g,
      `$1$2${pem?.certificate ?? ''}`,
    )
    .replace(/(SSLCertificateKeyFile)(\s+)\S+/g, `$1$2${pem?.key ?? ''}`)
    .replaceAll('/var/log/apache2/', `${folder}/`)
    .replace(/^\s*LoadModule\s.*$/gm, '');
  const head = [
    `ServerRoot "${folder}"`,
    ...MODULES.filter((name) => existsSync(`${modules}/mod_${name}.so`)).map(
      (name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`,
    ),
    `Define APACHE_LOG_DIR ${folder}`,
    `PidFile ${folder}/apache.pid`,
    'ServerName localhost',
    ...(/^\s*Listen\s/m.test(text) ? [] : ['Listen 127.0.0.1:8080']),
  ];
  const config = workFile('httpd.conf', `${head.join('\n')}\n${text}\n`);
  return complaint(await runProgram(findApache() ?? 'apache2', ['-t', '-f', config])).replaceAll(folder, '');
}
