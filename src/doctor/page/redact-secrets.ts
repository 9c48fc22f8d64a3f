/**
 * Takes out what gives access or names a person, before anything is shown, kept or shared. What stands around a secret
 * stays, because it is evidence: the name of the header, the scheme, the names of the cookies. No expression here has a
 * quantifier without a limit.
 */

/** What was taken out, as the reader is told. */
export type SecretKind = 'credential' | 'cookie' | 'token' | 'key' | 'e-mail address';

interface SecretRule {
  readonly kind: SecretKind;
  /** Words in small letters of which a piece has to hold one; others are not searched. */
  readonly signs: readonly string[];
  readonly pattern: RegExp;
  /** What takes the place of a match; null leaves it as it is. */
  readonly replace: (match: string, groups: Readonly<Record<string, string | undefined>>) => string | null;
}

const HIDDEN = '[hidden]';

/** Keeps the group `before`, and hides what follows it. */
const afterBefore: SecretRule['replace'] = (_, { before = '' }) => before + HIDDEN;

/** A header whose value is nothing but what stands for a secret. */
const HIDDEN_ALREADY = /[:=]\s?["']?(?:[\w-]{1,40}\s)?\[hidden\]$/;

const SECRET_HEADERS =
  'authorization|proxy-authorization|cookie2?|set-cookie2?|x-api-key|api-key|apikey|x-auth-token|x-access-token|x-amz-security-token|x-csrf-token|x-xsrf-token|x-goog-api-key|ocp-apim-subscription-key';

/** The values of `a=b; c=d`, with the names kept. Attributes of a cookie are no secret. */
const cookieNames = (cookies: string): string =>
  cookies.replaceAll(/(?<name>[^=;\s]{1,200})=(?<value>[^;\r\n]{0,8000})/g, (whole: string, name: string) =>
    /^(?:path|domain|expires|max-age|samesite|priority)$/i.test(name) ? whole : `${name}=${HIDDEN}`,
  );

const RULES: readonly SecretRule[] = [
  {
    kind: 'key',
    signs: ['private key-----'],
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{1,20000}(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
    replace: () => '[private key hidden]',
  },
  {
    kind: 'credential',
    signs: ['"value"'],
    pattern: new RegExp(
      `(?<before>"name"\\s{0,20}:\\s{0,20}"(?:${SECRET_HEADERS})"\\s{0,40},\\s{0,40}"value"\\s{0,20}:\\s{0,20}")(?:[^"\\\\]|\\\\.){1,16000}`,
      'gi',
    ),
    replace: afterBefore,
  },
  {
    kind: 'cookie',
    signs: ['"cookies"'],
    pattern: /"cookies"\s{0,20}:\s{0,20}\[[^\]]{1,40000}\]/gi,
    replace: (match) => match.replaceAll(/("value"\s{0,20}:\s{0,20}")[^"]{1,16000}/gi, `$1${HIDDEN}`),
  },
  {
    kind: 'credential',
    signs: ['authorization'],
    pattern:
      /(?<before>\b(?:proxy-)?authorization["']?\s?[:=]\s?["']?(?:(?:basic|bearer|digest|negotiate|token|apikey|aws4-hmac-sha256)\s)?)[^"'\r\n]{3,8000}/gi,
    replace: (match, groups) => (HIDDEN_ALREADY.test(match) ? null : afterBefore(match, groups)),
  },
  {
    kind: 'cookie',
    signs: ['cookie'],
    pattern: /(?<before>\b(?:set-)?cookie["']?\s?[:=]\s?["']?)(?<value>[^"'\r\n=]{1,200}=[^"'\r\n]{1,16000})/gi,
    replace: (_, { before = '', value = '' }) => before + cookieNames(value),
  },
  {
    kind: 'credential',
    signs: [' -u ', '--user '],
    pattern: /(?<before>(?:\s-u|\s--user)\s["']?)[^\s"':]{1,200}:[^\s"']{1,500}/g,
    replace: afterBefore,
  },
  {
    kind: 'credential',
    signs: ['@'],
    pattern: /(?<before>:\/\/)[^\s/@:"'<>]{1,200}:[^\s/@"'<>]{1,500}(?=@)/g,
    replace: afterBefore,
  },
  {
    kind: 'token',
    signs: ['bearer '],
    pattern: /(?<before>\bbearer\s)[\w.~+/-]{8,8000}={0,2}/gi,
    replace: afterBefore,
  },
  {
    kind: 'token',
    signs: ['eyj'],
    pattern: /\beyJ[\w-]{8,4000}\.[\w-]{8,8000}\.[\w-]{0,2000}/g,
    replace: () => HIDDEN,
  },
  {
    kind: 'key',
    signs: [
      'akia',
      'asia',
      'ghp_',
      'gho_',
      'ghs_',
      'github_pat_',
      'glpat-',
      'xox',
      'aiza',
      'sk-',
      'sk_',
      'npm_',
      'sg.',
    ],
    pattern:
      /\b(?:A[KS]IA[0-9A-Z]{16}|gh[opsur]_\w{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,255}|xox[abeoprs]-[\w-]{10,255}|AIza[\w-]{30,60}|sk-[\w-]{16,255}|[sr]k_(?:live|test)_\w{10,255}|npm_\w{30,60}|SG\.[\w-]{16,40}\.[\w-]{16,80})/g,
    replace: () => HIDDEN,
  },
  {
    kind: 'token',
    signs: ['key', 'token', 'secret', 'passw', 'pwd', 'session', 'sig', 'credential'],
    pattern:
      /(?<before>\b(?:x-)?(?:api[-_]?key|(?:auth|access|refresh|id|csrf|xsrf|session|security|x-amz-security)[-_]?token|client[-_]?secret|session[-_]?id|subscription[-_]key|x-amz-(?:signature|credential)|signature)["']?\s?[:=]\s?["']?)(?!\[hidden\])[^\s"'&,;<>)}\]]{6,4000}/gi,
    replace: afterBefore,
  },
  {
    kind: 'token',
    signs: ['token', 'secret', 'passw', 'pwd', 'key=', 'sig=', 'sid='],
    pattern:
      /(?<before>(?:[?&](?:key|sig|sid|code|state)=|\b(?:token|secret|password|passwd|pwd)(?:=|["']\s?:\s?["'])))(?!\[hidden\])[^\s"'&,;<>)}\]]{3,4000}/gi,
    replace: afterBefore,
  },
];

/** Endings of names of systemd's units, which look like those of hosts. */
const UNIT = /\.(?:service|socket|timer|target|slice|scope|mount)$/;
const IN_A_NAME = /[\w.+-]/;
const MOST_LOCAL = 64;

function withoutMail(text: string, count: (kind: SecretKind) => void): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(/@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}\b/gi)) {
    let start = match.index;
    while (start > from && match.index - start < MOST_LOCAL && IN_A_NAME.test(text.charAt(start - 1))) start -= 1;
    if (start === match.index || UNIT.test(match[0]) || text.slice(0, start).endsWith('://')) continue;
    count('e-mail address');
    result += `${text.slice(from, start)}[e-mail hidden]`;
    from = match.index + match[0].length;
  }
  return result + text.slice(from);
}

/** The text without its secrets. @param count called once for each */
export function withoutSecrets(text: string, count: (kind: SecretKind) => void): string {
  const lower = text.toLowerCase();
  let result = text;
  for (const { kind, signs, pattern, replace } of RULES) {
    if (!signs.some((sign) => lower.includes(sign))) continue;
    result = result.replaceAll(pattern, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1);
      const by = replace(match, (typeof groups === 'object' ? groups : {}) as Record<string, string | undefined>);
      if (by === null || by === match) return match;
      count(kind);
      return by;
    });
  }
  return lower.includes('@') ? withoutMail(result, count) : result;
}
