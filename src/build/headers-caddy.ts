import { headerTable, type HeaderRule } from './headers.ts';
import type { ServerPlace } from './headers-nginx.ts';

/** The site as a Caddyfile, with every header of `_headers`. Give it a name in place of the port, and Caddy gets a certificate. */
export function caddyConfiguration(rules: readonly HeaderRule[], { root, port }: ServerPlace): string {
  const { same, varying } = headerTable(rules);
  return [
    `:${port} {`,
    `\troot * ${quoted(root)}`,
    '\tencode zstd gzip',
    '',
    ...varying.flatMap(({ name, otherwise, rows }) => [
      `\tmap {path} ${placeholder(name)} {`,
      ...rows.map(({ path, value }) => `\t\t~${address(path)} ${quoted(value)}`),
      `\t\tdefault ${quoted(otherwise)}`,
      '\t}',
    ]),
    '\theader {',
    ...same.map(([name, value]) => `\t\t${name} ${quoted(value)}`),
    ...varying.map(({ name }) => `\t\t${name} ${placeholder(name)}`),
    '\t}',
    '',
    '\tfile_server {',
    '\t\thide _headers',
    '\t\tprecompressed br',
    '\t}',
    '\thandle_errors {',
    '\t\t@missing expression {err.status_code} == 404',
    '\t\trewrite @missing /404.html',
    '\t\tfile_server',
    '\t}',
    '}',
    '',
  ].join('\n');
}

const placeholder = (name: string): string => `{site_${name.toLowerCase().replaceAll('-', '_')}}`;

/** As a regular expression: Caddy's map compares literal text or patterns, and has no prefixes. */
const address = (path: string): string => {
  const literal = path.replace(/\/\*$/, '/').replace(/[.+?^$()[\]{}|\\*]/g, '\\$&');
  return `^${literal}${path.endsWith('/*') ? '' : '$'}`;
};

/** Text as one word of the configuration. Caddy would read braces as a placeholder. */
function quoted(text: string): string {
  if (/[{}]/.test(text))
    throw new Error(`Caddy cannot be given "${text}": it would take the braces for a placeholder.`);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
