/**
 * Takes secrets out of a paste before it is shown, kept or shared. What a secret stood for stays readable, so that the
 * evidence keeps its meaning: `Authorization: Bearer [redacted]`.
 */

export interface Redacted {
  readonly text: string;
  /** How many places were covered. */
  readonly count: number;
}

const COVER = '[redacted]';

/** Each pattern keeps its first group and covers what follows. No quantifier is without a limit. */
const SECRETS: readonly RegExp[] = [
  /(\b(?:proxy-)?authorization"?\s{0,3}[:=]\s{0,3}"?(?:(?:basic|bearer|digest|token|negotiate|apikey)\s{1,3})?)(?!basic\b|bearer\b|digest\b|\[redacted\])[^\s"',;\\]{3,4000}/gi,
  /(\b(?:set-)?cookie"?\s{0,3}:\s{0,3}"?)[^\n"]{1,8000}/gi,
  /(\b(?:x-)?(?:api|auth|access|secret|private|client|session|csrf|xsrf|refresh|id)[-_]?(?:key|token|secret|password|id_token)"?\s{0,3}[:=]\s{0,3}["']?)(?!\[redacted\])[^\s"'&,;}]{4,4000}/gi,
  /(\b(?:password|passwd|pwd|secret|token|signature|sig|x-amz-signature|x-amz-security-token)"?\s{0,3}[:=]\s{0,3}["']?)(?!\[redacted\])[^\s"'&,;}]{4,4000}/gi,
  /(:\/\/[^\s:/@"']{1,200}:)[^\s/@"']{1,200}(?=@)/g,
  /(\s-{1,2}u(?:ser)?[ =]["']?[^\s:"']{1,100}:)[^\s"']{1,200}/g,
  /()\beyJ[\w-]{8,2000}\.[\w-]{4,4000}\.[\w-]{0,2000}/g,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|sk_test_|rk_live_|sk-)[\w-]{10,200}/g,
  /()-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{1,10000}-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
];
const EMAIL = /()\b[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}\b/gi;
/** Not 127.0.0.1, 0.0.0.0 and the addresses of documentation, which say nothing about anybody. */
const ADDRESS =
  /()\b(?!127\.|0\.0\.0\.0|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;

/** Covers secrets and e-mail addresses; IP addresses too where the reader asks for it. */
export function redact(original: string, options: { readonly addresses?: boolean } = {}): Redacted {
  const patterns = [...SECRETS, EMAIL, ...(options.addresses === true ? [ADDRESS] : [])];
  let count = 0;
  const text = patterns.reduce(
    (now, pattern) =>
      now.replace(pattern, (_, kept: string) => {
        count += 1;
        return kept + COVER;
      }),
    original,
  );
  return { text, count };
}
