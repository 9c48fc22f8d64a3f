import { existsSync, readFileSync } from 'node:fs';
import { carried, findProgram } from '../../../tools/recorder/find-program.ts';
import { certificate, complaint, runProgram, sample, workFile, workFolder, type Validator } from './validator.ts';

/** Files that configurations include, from the system where it has them. */
const INCLUDED = ['mime.types', 'fastcgi_params', 'fastcgi.conf', 'uwsgi_params', 'scgi_params', 'proxy_params'];

/** Where directives may stand, outermost first, and what then stands around them. */
const AROUND: readonly (readonly [where: string, before: string, after: string])[] = [
  ['http', 'http {', '}'],
  ['server', 'http { server { listen 127.0.0.1:8080;', '} }'],
  ['location', 'http { server { listen 127.0.0.1:8080; location / {', '} } }'],
  ['upstream', 'http { upstream of_the_page { server 127.0.0.1:8000;', '} }'],
  ['nginx.conf', '', ''],
];

/** nginx: a whole nginx.conf, blocks of `http`, or directives of a server, a location or an upstream. */
export const nginxValidator: Validator = {
  accepts: 'nginx -t accepts it',
  covers: ({ lang }) => lang === 'nginx',
  missing: () => (findProgram('nginx') === null ? 'nginx is not installed.' : null),
  problem: async ({ code }) => {
    // Directives that the system's nginx is too old for are known to the one that pip carries.
    const programs = [findProgram('nginx'), carried(() => findProgram('nginx'))];
    const complaints: string[] = [];
    for (const program of new Set(programs.filter((each) => each !== null))) {
      const said = await problemWith(program, code);
      if (said === '') return '';
      complaints.push(said);
    }
    return complaints.at(-1) ?? '';
  },
  good: [
    sample('nginx', 'upstream app {\n    server app.example.com:8000 max_fails=3;\n    keepalive 32;\n}'),
    sample('nginx', 'server {\n    listen 80;\n    location / { proxy_pass http://app:8000; }\n}'),
    sample(
      'nginx',
      'server {\n    listen 443 ssl;\n    ssl_certificate /etc/ssl/a.pem;\n    ssl_certificate_key /etc/ssl/a.key;\n}',
    ),
    sample('nginx', 'proxy_pass http://127.0.0.1:8000;\nproxy_set_header Host $host;'),
    sample('nginx', 'location /api/ {\n    include uwsgi_params;\n    uwsgi_pass unix:/run/app.sock;\n}'),
    sample('nginx', 'server 10.0.0.5:8000 backup;\nkeepalive 16;'),
    sample(
      'nginx',
      "log_format timed '$remote_addr $upstream_response_time';\naccess_log /var/log/nginx/timed.log timed;",
    ),
    sample('nginx', 'user www-data;\nevents { worker_connections 1024; }\nhttp { keepalive_timeout 75s; }'),
  ],
  mistakes: [
    { ...sample('nginx', 'proxy_read_timeuot 5s;'), says: /unknown directive "proxy_read_timeuot"/ },
    { ...sample('nginx', 'location / { proxy_read_timeout 5 s; }'), says: /invalid number of arguments|invalid/ },
    { ...sample('nginx', 'server { keepalive 32; }'), says: /not allowed here/ },
  ],
};

async function problemWith(program: string, code: string): Promise<string> {
  const complaints: string[] = [];
  for (const [where, before, after] of AROUND) {
    if (where === 'upstream' && code.includes('{')) continue;
    const said = await complaintAbout(program, `${before}\n${code}\n${after}`);
    if (said === '') return '';
    complaints.push(`${where}: ${said}`);
  }
  // In most places the only complaint is that it is the wrong place; the others tell what is wrong.
  const telling = complaints.filter((said) => !/is not allowed here|no "events" section/.test(said));
  return (telling.length > 0 ? telling : complaints).join('\n');
}

async function complaintAbout(program: string, config: string): Promise<string> {
  let text = await withOurFiles(config);
  for (let tries = 0; ; tries++) {
    const file = workFile('nginx.conf', text);
    const said = complaint(
      await runProgram(program, ['-t', '-q', '-c', file, '-e', `${workFolder()}/nginx-error.log`]),
    );
    const host = /host not found in (?:upstream|resolver) "([^":]+)/.exec(said)?.[1];
    if (host === undefined || tries === 9) return said.replaceAll(`${file}:`, 'line ').trim();
    // nginx looks up the names of servers as it starts. The reader's are not ours.
    text = text.replace(new RegExp(`(?<=[\\s/@])${host.replaceAll('.', '\\.')}(?=[:;/\\s])`, 'g'), '127.0.0.1');
  }
}

/** The configuration with its logs, temporary files, includes and certificates in our folder. */
async function withOurFiles(config: string): Promise<string> {
  const folder = workFolder();
  for (const name of INCLUDED) {
    const system = `/etc/nginx/${name}`;
    workFile(name, existsSync(system) ? readFileSync(system, 'utf8') : '');
  }
  const pem = await certificate();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/nginx-${name};`)
    .join(' ');
  const text = config
    .replace(/\bhttp\s*\{/, `$& ${temporary}`)
    .replace(/(\b(?:proxy_)?ssl_certificate)(\s+)[^;$]+;/g, `$1$2${pem?.certificate ?? ''};`)
    .replace(/(\b(?:proxy_)?ssl_certificate_key)(\s+)[^;$]+;/g, `$1$2${pem?.key ?? ''};`)
    .replace(
      /(\w+_(?:trusted|client)_certificate|ssl_client_certificate)(\s+)[^;$]+;/g,
      `$1$2${pem?.certificate ?? ''};`,
    )
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/var/cache/nginx', `${folder}/nginx-cache`)
    .replace(/^\s*pid\s[^;]*;/gm, '')
    .replace(/(\binclude\s+)\/etc\/nginx\/([\w.]+;)/g, '$1$2');
  const events = /\bevents\s*\{/.test(text) ? '' : 'events {}\n';
  return `pid ${folder}/nginx.pid; ${events}${text}\n`;
}
