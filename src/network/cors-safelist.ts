/** What a page may send to another origin without asking first (Fetch standard, "CORS-safelisted method" and "request-header"). */

const SAFE_METHODS = new Set(['GET', 'HEAD', 'POST']);
const FORM_TYPES = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)$/i;
const UNSAFE_BYTE = /[^\t\x20-\x7e\x80-\xff]|["():<>?@[\\\]{}]/;
const LANGUAGE = /^[0-9A-Za-z *,\-.;=]*$/;
const SIMPLE_RANGE = /^bytes=\d+-\d*$/;
const LONGEST_VALUE = 128;
const LONGEST_SUM = 1024;

/** @param method as a browser normalizes it: `POST`, but also `patch` */
export const isSafelistedMethod = (method: string): boolean => SAFE_METHODS.has(method);

/** Names of the headers that need the server's permission, in lower case and sorted, as a preflight lists them. */
export function unsafeHeaderNames(headers: Headers): string[] {
  const unsafe: string[] = [];
  const safe: string[] = [];
  let sum = 0;
  headers.forEach((value, name) => {
    if (!isSafelistedHeader(name.toLowerCase(), value)) return void unsafe.push(name.toLowerCase());
    safe.push(name.toLowerCase());
    sum += value.length;
  });
  return [...unsafe, ...(sum > LONGEST_SUM ? safe : [])].sort();
}

function isSafelistedHeader(name: string, value: string): boolean {
  if (value.length > LONGEST_VALUE) return false;
  switch (name) {
    case 'accept':
      return !UNSAFE_BYTE.test(value);
    case 'accept-language':
    case 'content-language':
      return LANGUAGE.test(value);
    case 'content-type':
      return !UNSAFE_BYTE.test(value) && FORM_TYPES.test((value.split(';')[0] ?? '').trim());
    case 'range':
      return SIMPLE_RANGE.test(value);
    default:
      return false;
  }
}

/** Response headers that a page may always read. */
const READABLE = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

/** May a page of another origin read this response header? @param exposed value of Access-Control-Expose-Headers, or null */
export function isReadable(name: string, exposed: string | null, credentials: boolean): boolean {
  if (READABLE.has(name)) return true;
  const names = listOf(exposed);
  return names.includes(name) || (!credentials && names.includes('*'));
}

/** The members of a header that is a list, in lower case. */
export const listOf = (value: string | null): string[] =>
  (value ?? '')
    .split(',')
    .map((member) => member.trim().toLowerCase())
    .filter((member) => member !== '');
