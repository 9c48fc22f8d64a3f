import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from '../../../tools/recorder/find-program.ts';
import { apacheValidator } from './apache.ts';
import { envoyValidator } from './envoy.ts';
import { nginxValidator } from './nginx.ts';
import { smallGatewayValidators } from './small-gateways.ts';
import { traefikValidator } from './traefik.ts';
import {
  certificate,
  complaint,
  notInstalled,
  runProgram,
  sample,
  workFile,
  workFolder,
  type Validator,
} from './validator.ts';

/** HAProxy: sections, or directives of a backend. Server names need not exist. */
const haproxyValidator: Validator = {
  accepts: 'haproxy -c accepts it',
  covers: ({ lang }) => lang === 'haproxy',
  missing: () => notInstalled('haproxy'),
  problem: async ({ code }) => {
    const pem = await certificate();
    const hasSection =
      /^(?:global|defaults|frontend|backend|listen|resolvers|peers|program|cache|userlist|http-errors|ring)\b/m;
    const sections = hasSection.test(code) ? code : `backend of_the_page\n${code}`;
    // Where a fence shows no timeouts, HAProxy would warn; where it names hosts, it would look them up.
    const before = [
      'defaults',
      '    mode http',
      '    timeout connect 5s\n    timeout client 30s\n    timeout server 30s',
      '    default-server init-addr none',
    ].join('\n');
    const text = sections
      .replace(/^defaults\b.*$/gm, '$&\n    default-server init-addr none')
      .replace(/\/etc\/haproxy\/errors\//g, `${workFolder()}/errors-`)
      .replace(/\b(crt|ca-file|crt-list) \/\S+/g, (_, name: string) => `${name} ${pem?.certificate ?? ''}.with-key`);
    if (pem) await withKey(pem);
    for (const [, file = ''] of text.matchAll(/errors-([\w.-]+)/g)) {
      workFile(`errors-${file}`, 'HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
    }
    const missingBackends = [...text.matchAll(/\b(?:default_backend|use_backend)\s+(\w[\w.-]*)/g)]
      .map(([, name = '']) => name)
      .filter((name, index, all) => all.indexOf(name) === index)
      .filter((name) => !new RegExp(`^(?:backend|listen)\\s+${name.replace('.', '\\.')}\\b`, 'm').test(text));
    const after = missingBackends.map((name) => `backend ${name}\n    server s1 127.0.0.1:9`);
    // Without anything to listen on, HAProxy has nothing to check.
    if (!/^\s*bind\s/m.test(text)) after.push('frontend of_the_page_front\n    bind 127.0.0.1:8080');
    const whole = [...(/^(?:global|defaults)\b/m.test(text) ? [] : [before]), text, ...after].join('\n');
    const config = workFile('haproxy.cfg', `${whole}\n`);
    const said = complaint(await runProgram(findProgram('haproxy') ?? 'haproxy', ['-c', '-f', config]));
    const alerts = said.split('\n').filter((line) => line.startsWith('[ALERT]'));
    return alerts.length > 0 ? alerts.join('\n') : said;
  },
  good: [
    sample(
      'haproxy',
      'backend app\n    option httpchk GET /healthz\n    server s1 app.example.com:8000 check inter 2s',
    ),
    sample('haproxy', 'timeout server 65s\nretry-on conn-failure empty-response\nserver s1 10.0.0.5:8000'),
    sample(
      'haproxy',
      'defaults\n    mode http\n    timeout connect 2s\n    timeout client 5s\n    timeout server 5s\nfrontend web\n    bind :8080\n    default_backend app',
    ),
    sample('haproxy', 'frontend web\n    bind :8443 ssl crt /etc/haproxy/site.pem\n    default_backend app'),
  ],
  mistakes: [{ ...sample('haproxy', 'backend app\n    timeout servr 5s'), says: /timeout.*servr|'timeout' supports/ }],
};

/** HAProxy wants the certificate and its key in one file. */
async function withKey(pem: { certificate: string; key: string }): Promise<void> {
  await runProgram('sh', ['-c', 'cat "$0" "$1" > "$0.with-key"', pem.certificate, pem.key]);
}

/** Caddy: a whole Caddyfile, directives of a site, or what stands inside `reverse_proxy { … }`. */
const caddyValidator: Validator = {
  accepts: 'caddy validate accepts it',
  covers: ({ lang }) => ['caddyfile', 'caddy'].includes(lang),
  missing: () => notInstalled('caddy'),
  problem: async ({ code }) => {
    // A line that names no directive would pass for the address of a site.
    const first = code.split('\n').find((line) => !/^\s*(?:#|$)/.test(line)) ?? '';
    const isWhole = /^(?:[{(]|localhost|\S*[.:])/.test(first) && /\{\s*$/.test(first);
    if (isWhole) return caddyComplaint(code);
    const forms = [`:8080 {\n${code}\n}`, `:8080 {\nreverse_proxy 127.0.0.1:8000 {\n${code}\n}\n}`];
    const complaints: string[] = [];
    for (const form of forms) {
      const said = await caddyComplaint(form);
      if (said === '') return '';
      complaints.push(said);
    }
    return complaints.join('\n');
  },
  good: [
    sample('caddyfile', 'api.example.com {\n\treverse_proxy app:8000 {\n\t\tlb_retries 2\n\t}\n}'),
    sample('caddyfile', 'reverse_proxy 10.0.0.5:8000'),
    sample('caddyfile', 'transport http {\n\tdial_timeout 2s\n\tkeepalive 30s\n}'),
  ],
  mistakes: [
    { ...sample('caddyfile', ':8080 {\n\treverse_proxy app:8000 {\n\t\tlb_retrys 2\n\t}\n}'), says: /lb_retrys/ },
    { ...sample('caddyfile', 'reverse_prox 10.0.0.5:8000'), says: /unrecognized (?:sub)?directive/ },
  ],
};

async function caddyComplaint(code: string): Promise<string> {
  const pem = await certificate();
  const text = code
    .replaceAll('/var/log/', `${workFolder()}/log-`)
    .replace(/^(\s*tls) \/\S+ \/\S+/gm, `$1 ${pem?.certificate ?? ''} ${pem?.key ?? ''}`)
    .replace(/\/etc\/\S+\.(?:pem|crt)/g, pem?.certificate ?? '$&');
  const config = workFile('Caddyfile', `${text}\n`);
  const home = path.join(workFolder(), 'caddy');
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const args = ['validate', '--adapter', 'caddyfile', '--config', config];
  const said = await runProgram(findProgram('caddy') ?? 'caddy', args, { env });
  // It logs a great deal as JSON; what it has against the file stands behind "Error:".
  return said.status === 0 ? '' : (/^Error: .*$/m.exec(said.stderr)?.[0] ?? complaint(said));
}

/** Varnish: subroutines and backends; `vcl 4.1;` and a backend are added where the fence has none. */
const vclValidator: Validator = {
  accepts: 'varnishd -C compiles it',
  covers: ({ lang }) => lang === 'vcl',
  missing: () => notInstalled('varnishd'),
  problem: async ({ code }) => {
    const version = /^\s*vcl \d/m.test(code) ? '' : 'vcl 4.1;\n';
    const hasBackend = /^\s*backend\s/m.test(code);
    // varnishd looks hosts up as it compiles.
    const text = code.replace(/\.host\s*=\s*"[^"]*"/g, '.host = "127.0.0.1"');
    const backend = hasBackend ? '' : '\nbackend of_the_page { .host = "127.0.0.1"; .port = "8000"; }\n';
    const file = workFile('page.vcl', `${version}${text}${backend}`);
    const said = await runProgram(findProgram('varnishd') ?? 'varnishd', [
      '-C',
      '-n',
      `${workFolder()}/varnish`,
      '-f',
      file,
    ]);
    // On success it prints the C program, for which nobody asked.
    return said.status === 0 ? '' : said.stderr.replace(/\/\*[^]*\*\//, '').trim() || `exit ${said.status ?? ''}`;
  },
  good: [
    sample('vcl', 'backend app { .host = "app.example.com"; .port = "8000"; .first_byte_timeout = 65s; }'),
    sample('vcl', 'vcl 4.1;\nimport std;\nsub vcl_backend_response {\n  set beresp.grace = 1h;\n}'),
  ],
  mistakes: [{ ...sample('vcl', 'backend app { .hots = "127.0.0.1"; }'), says: /\.hots/ }],
};

/** Every gateway has its program say what it thinks of the fence. */
export const gatewayValidators: readonly Validator[] = [
  nginxValidator,
  haproxyValidator,
  apacheValidator,
  caddyValidator,
  vclValidator,
  envoyValidator,
  traefikValidator,
  ...smallGatewayValidators,
];
