/**
 * Prints the configuration with which a web server serves the built site with all its headers.
 *
 *   npm run --silent hosting -- nginx --root /srv/gateway-lab > gateway-lab.conf
 *   npm run --silent hosting -- caddy --root /srv/gateway-lab --port 8080 > Caddyfile
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseHeadersFile } from '../src/build/headers.ts';
import { caddyConfiguration } from '../src/build/headers-caddy.ts';
import { nginxConfiguration } from '../src/build/headers-nginx.ts';

const SERVERS = { nginx: nginxConfiguration, caddy: caddyConfiguration } as const;
const USAGE =
  'Say for which server: npm run --silent hosting -- nginx|caddy [--root FOLDER] [--port PORT] [--dir dist]';

const problem = main();
if (problem !== null) {
  console.error(problem);
  process.exitCode = 2;
}

/** @returns what is wrong with the command line */
function main(): string | null {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        dir: { type: 'string', default: 'dist' },
        root: { type: 'string' },
        port: { type: 'string', default: '8080' },
      },
    });
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${USAGE}`;
  }
  const { positionals, values } = parsed;
  const [server] = positionals;
  if (positionals.length !== 1 || (server !== 'nginx' && server !== 'caddy')) return USAGE;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return `"${values.port}" is not a port.`;
  const file = join(values.dir, '_headers');
  if (!existsSync(file)) return `${file} is missing: build the site first, with \`npm run build\`.`;
  const place = { root: resolve(values.root ?? values.dir), port };
  process.stdout.write(SERVERS[server](parseHeadersFile(readFileSync(file, 'utf8')), place));
  return null;
}
