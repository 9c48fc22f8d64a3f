import { headerTable, type HeaderRule } from './headers.ts';
import { COMPRESSED, MEDIA_TYPES } from './headers-media-types.ts';

/** Where a server finds the built site, and where it listens. */
export interface ServerPlace {
  /** Absolute path of the built site on the server. */
  readonly root: string;
  readonly port: number;
}

/** The site as a configuration for nginx, to be included inside `http { }`: with every header of `_headers`. */
export function nginxConfiguration(rules: readonly HeaderRule[], { root, port }: ServerPlace): string {
  const { same, varying } = headerTable(rules);
  const types = Object.entries(MEDIA_TYPES).map(([extension, type]) => ({
    extension: extension.slice(1),
    type: type.replace(/;.*/, ''),
    isText: type.includes('charset'),
  }));
  const texts = [...new Set(types.filter(({ isText }) => isText).map(({ type }) => type))];
  return [
    ...varying.flatMap(({ name, otherwise, rows }) => [
      `map $uri ${variable(name)} {`,
      `    default ${quoted(otherwise)};`,
      ...rows.map(({ path, value }) => `    ${address(path)} ${quoted(value)};`),
      '}',
      '',
    ]),
    '# The build left these files beside their originals. nginx as most have it knows no brotli, but can send a file.',
    'map $http_accept_encoding $site_compressed {',
    '    default "";',
    `    "~\\bbr\\b(?!;q=0)" "${COMPRESSED}";`,
    '}',
    'map $uri $site_encoding {',
    '    default "";',
    `    ~^/python/.*\\${COMPRESSED}$ br;`,
    '}',
    'map $site_encoding $site_vary {',
    '    default "";',
    '    br Accept-Encoding;',
    '}',
    '',
    'server {',
    `    listen ${port};`,
    `    root ${quoted(root)};`,
    '    index index.html;',
    '    error_page 404 /404.html;',
    '    absolute_redirect off;',
    '',
    '    types {',
    ...types.map(({ extension, type }) => `        ${type} ${extension};`),
    '    }',
    '    default_type application/octet-stream;',
    '    charset utf-8;',
    `    charset_types ${texts.filter((type) => type !== 'text/html').join(' ')};`,
    '    gzip on;',
    '    gzip_vary on;',
    `    gzip_types ${[...texts.filter((type) => type !== 'text/html'), 'image/svg+xml', 'application/wasm'].join(' ')};`,
    '',
    '    # A location with an add_header of its own would lose all of these.',
    ...same.map(([name, value]) => `    add_header ${name} ${quoted(value)} always;`),
    ...varying.map(({ name }) => `    add_header ${name} ${variable(name)} always;`),
    '    add_header Content-Encoding $site_encoding;',
    '    add_header Vary $site_vary;',
    '',
    '    location / {',
    '        try_files $uri $uri/ =404;',
    '    }',
    '    location /python/ {',
    '        try_files $uri$site_compressed $uri =404;',
    '    }',
    '    location = /_headers {',
    '        return 404;',
    '    }',
    '}',
    '',
  ].join('\n');
}

const variable = (name: string): string => `$site_${name.toLowerCase().replaceAll('-', '_')}`;

/** `/guides/*` as a pattern, `/404.html` as it is. */
const address = (path: string): string =>
  path.endsWith('/*') ? `~^${path.slice(0, -1).replace(/[.+?^$()[\]{}|\\]/g, '\\$&')}` : path;

/** Text as one word of the configuration. nginx would read `$` as the start of a variable, and has no way to write it. */
function quoted(text: string): string {
  if (text.includes('$')) throw new Error(`nginx cannot be given "${text}": it would take the $ for a variable.`);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
