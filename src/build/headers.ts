import { inlineScripts, hashSource, metaPolicy, pagePolicy, SEARCH_WORKER_POLICY } from './security.ts';

/**
 * The response headers of the built site. Their one source is the file `_headers` in it, which Netlify and Cloudflare Pages
 * read as it is; the project's own server reads it too, and `tools/hosting.ts` turns it into configuration for others.
 */

export type HeaderField = readonly [name: string, value: string];

/** Headers for one address or, with `/*` at its end, for everything below. */
export interface HeaderRule {
  readonly path: string;
  readonly fields: readonly HeaderField[];
}

/** What the headers depend on: a file of the built site. */
export interface BuiltFile {
  /** Relative to the site's folder, with slashes. */
  readonly path: string;
  /** The text of an HTML file. */
  readonly html: string | null;
}

/** Devices and abilities that no page of the site uses. */
const UNUSED_FEATURES = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'usb',
  'xr-spatial-tracking',
];

const EVERYWHERE: HeaderRule = {
  path: '/*',
  fields: [
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Permissions-Policy', UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ')],
    // Frames are not concerned, so this neither isolates the sandbox nor breaks an embedded playground.
    ['Cross-Origin-Opener-Policy', 'same-origin'],
  ],
};

/** Ask the server each time; it answers 304 when nothing has changed. */
const FRESH: HeaderField = ['Cache-Control', 'no-cache'];
/** The name changes with the content. */
const FOREVER: HeaderField = ['Cache-Control', 'public, max-age=31536000, immutable'];

const policyField = (policy: string, more: string): HeaderField => [
  'Content-Security-Policy',
  `${policy}; frame-ancestors ${more}`,
];

/**
 * The rules for a built site: one for everything, and one for each folder and page at its top. The latter never overlap,
 * because hosts join the values of a header that two rules set, and two policies are stricter than either.
 */
export function headerRules(files: readonly BuiltFile[]): HeaderRule[] {
  const places = new Map<string, BuiltFile[]>();
  for (const file of files) {
    const [top = '', ...rest] = file.path.split('/');
    if (rest.length === 0 && file.html === null) continue;
    // Some servers look the headers of `/` up after they have found its file.
    const names = rest.length > 0 ? [`/${top}/*`] : file.path === 'index.html' ? ['/', '/index.html'] : [`/${top}`];
    for (const place of names) places.set(place, [...(places.get(place) ?? []), file]);
  }
  const rules = [...places].map(([path, inside]) => ({ path, fields: fieldsFor(path, inside) }));
  return [EVERYWHERE, ...rules.sort((a, b) => (a.path < b.path ? -1 : 1))];
}

function fieldsFor(path: string, files: readonly BuiltFile[]): HeaderField[] {
  const pages = files.flatMap(({ html }) => (html === null ? [] : [html]));
  switch (path) {
    case '/_astro/*':
      // A worker obeys the policy that came with its script.
      return [FOREVER, policyField(pagePolicy([]), "'self'")];
    case '/python/*':
      return [FOREVER, policyField(pagePolicy([]), "'self'")];
    case '/pagefind/*':
      return [FRESH, policyField(SEARCH_WORKER_POLICY, "'self'")];
    case '/sandbox/*': {
      // Whoever opens the frame without the attribute `sandbox` gets an opaque origin all the same. Playgrounds may be
      // embedded anywhere, and the frame is inside them.
      const own = metaPolicy(pages[0] ?? '');
      if (own === null) throw new Error('The frame of the sandbox has no policy in a meta tag.');
      return [FRESH, policyField(`${own}; sandbox allow-scripts`, '*')];
    }
    default: {
      const scripts = new Set(pages.flatMap(inlineScripts).map(hashSource));
      const policy = pagePolicy([...scripts].sort());
      return [FRESH, policyField(policy, path === '/playground/*' ? '*' : "'self'")];
    }
  }
}

/** The rules as a file `_headers`. */
export const headersFile = (rules: readonly HeaderRule[]): string =>
  rules
    .map(({ path, fields }) => [path, ...fields.map(([name, value]) => `  ${name}: ${value}`)].join('\n'))
    .join('\n\n') + '\n';

/** The rules in a file `_headers`. Throws when a line is neither an address nor a header. */
export function parseHeadersFile(text: string): HeaderRule[] {
  const rules: { path: string; fields: HeaderField[] }[] = [];
  text.split('\n').forEach((line, index) => {
    const [, name, value] = /^\s+([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (line.startsWith('/')) rules.push({ path: line.trim(), fields: [] });
    else if (name !== undefined && value !== undefined && rules.length > 0) rules.at(-1)?.fields.push([name, value]);
    else if (line.trim() !== '' && !line.startsWith('#')) {
      throw new Error(`_headers, line ${index + 1}: "${line}" is neither an address nor a header below one.`);
    }
  });
  return rules;
}

/** Whether a rule for `path` is meant for this address. */
export const concerns = (path: string, pathname: string): boolean =>
  path.endsWith('/*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path;

/** The page that answers where there is no file. Its headers go with it on hosts that know no other way. */
export const NOT_FOUND = '/404.html';

/** The headers of one address: those of every rule that is meant for it, and of the page for unknown addresses if none is but the first. */
export function fieldsOf(rules: readonly HeaderRule[], pathname: string): HeaderField[] {
  const meant = (address: string): HeaderRule[] => rules.filter(({ path }) => concerns(path, address));
  const own = meant(pathname);
  return (own.some(({ path }) => path !== '/*') ? own : meant(NOT_FOUND)).flatMap(({ fields }) => fields);
}

/** The rules as servers see them that choose a header's value by the address. */
export interface HeaderTable {
  /** The same for every address. */
  readonly same: readonly HeaderField[];
  readonly varying: readonly {
    readonly name: string;
    /** For addresses that no row is meant for. */
    readonly otherwise: string;
    readonly rows: readonly { readonly path: string; readonly value: string }[];
  }[];
}

export function headerTable(rules: readonly HeaderRule[]): HeaderTable {
  const own = rules.filter(({ path }) => path !== '/*');
  const names = new Set(own.flatMap(({ fields }) => fields.map(([name]) => name)));
  const valueIn = (fields: readonly HeaderField[], wanted: string): string =>
    fields.find(([name]) => name === wanted)?.[1] ?? '';
  return {
    same: rules.filter(({ path }) => path === '/*').flatMap(({ fields }) => fields),
    varying: [...names].map((name) => ({
      name,
      otherwise: valueIn(fieldsOf(rules, NOT_FOUND), name),
      rows: own.map(({ path, fields }) => ({ path, value: valueIn(fields, name) })),
    })),
  };
}
