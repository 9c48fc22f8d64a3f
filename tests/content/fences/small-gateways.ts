import { findProgram } from '../../../tools/recorder/find-program.ts';
import { complaint, notInstalled, runProgram, sample, workFile, workFolder, type Validator } from './validator.ts';

/** Gateways whose programs check a file by themselves, with little to add to what the page shows. */

/** Squid reads on after a mistake and ends well; what it has against the file stands among its messages. */
const squidValidator: Validator = {
  accepts: 'squid -k parse accepts it',
  covers: ({ lang }) => lang === 'squid',
  missing: () => notInstalled('squid'),
  problem: async ({ code }) => {
    const text = code
      .replaceAll('/var/log/squid/', `${workFolder()}/`)
      .replace(/tls-cafile=\S+/g, 'tls-cafile=/etc/ssl/certs/ca-certificates.crt');
    const config = workFile('squid.conf', `${text}\n`);
    const said = await runProgram(findProgram('squid') ?? 'squid', ['-k', 'parse', '-f', config]);
    const lines = said.stderr.split('\n').filter((line) => /FATAL|ERROR|WARNING|unrecognized|Bungled/i.test(line));
    return lines.length > 0 ? lines.join('\n') : complaint(said);
  },
  good: [
    sample('squid', 'http_port 8080 accel defaultsite=api.example.com\ncache_peer 10.0.0.5 parent 8000 0 originserver'),
  ],
  mistakes: [{ ...sample('squid', 'read_timeuot 10 seconds'), says: /unrecognized: 'read_timeuot'/ }],
};

/** lighttpd: lines of its file. The modules that the lines belong to are loaded. */
const lighttpdValidator: Validator = {
  accepts: 'lighttpd -tt accepts it',
  covers: ({ lang }) => lang === 'lighttpd',
  missing: () => notInstalled('lighttpd'),
  problem: async ({ code }) => {
    const text = code.replaceAll('/var/log/lighttpd/', `${workFolder()}/`);
    const before = `server.document-root = "${workFolder()}"\nserver.port = 8080\nserver.bind = "127.0.0.1"\n`;
    const modules = 'server.modules = ( "mod_proxy", "mod_accesslog" )\n';
    const config = workFile('lighttpd.conf', `${before}${modules}${text}\n`);
    const said = await runProgram(findProgram('lighttpd') ?? 'lighttpd', ['-tt', '-f', config]);
    // A name that it does not know is only worth a warning to it.
    const warning = said.stderr.split('\n').find((line) => /WARNING|unknown/i.test(line));
    return warning ?? complaint(said);
  },
  good: [sample('lighttpd', 'proxy.server = ( "" => ( ( "host" => "10.0.0.5", "port" => 8000 ) ) )')],
  mistakes: [
    { ...sample('lighttpd', 'proxy.srever = ( "" => ( ( "host" => "10.0.0.5" ) ) )'), says: /proxy\.srever|unknown/ },
    { ...sample('lighttpd', 'proxy.server = ( "" =>'), says: /parser|parsing|syntax/i },
  ],
};

/** H2O: a whole YAML file, or the paths of a host. */
const h2oValidator: Validator = {
  accepts: 'h2o --test accepts it',
  covers: ({ lang, meta }) => ['yaml', 'yml'].includes(lang) && /title="h2o/.test(meta),
  missing: () => notInstalled('h2o'),
  problem: async ({ code }) => {
    const text = code
      .replaceAll('/var/log/h2o/', `${workFolder()}/`)
      .replace(/(proxy\.ssl\.cafile: )\S+/g, '$1/etc/ssl/certs/ca-certificates.crt');
    const listens = /^listen:/m.test(text) ? '' : 'listen:\n  host: 127.0.0.1\n  port: 8080\n';
    const hosts = /^hosts:/m.test(text) ? '' : 'hosts:\n  default:\n    paths:\n      /:\n        file.dir: /tmp\n';
    const config = workFile('h2o.yaml', `${listens}${text}\n${hosts}`);
    return complaint(await runProgram(findProgram('h2o') ?? 'h2o', ['--test', '--conf', config]));
  },
  good: [
    sample(
      'yaml',
      'hosts:\n  default:\n    paths:\n      /:\n        proxy.reverse.url: http://10.0.0.5:8000/',
      'h2o.yaml',
    ),
    sample('yaml', 'proxy.timeout.io: 30000', 'h2o.yaml'),
  ],
  mistakes: [{ ...sample('yaml', 'proxy.timeout.oi: 30000', 'h2o.yaml'), says: /unknown command.*proxy\.timeout\.oi/ }],
};

export const smallGatewayValidators: readonly Validator[] = [squidValidator, lighttpdValidator, h2oValidator];
