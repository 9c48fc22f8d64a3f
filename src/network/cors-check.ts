import type { Header } from '../gateway/exchange.ts';
import { headerValue, headerValues } from '../gateway/http-message.ts';
import { isSafelistedMethod, listOf } from './cors-safelist.ts';

/** The checks of CORS, with Chromium's words for what is wrong. */

export interface CorsRequest {
  /** What the request carried as `Origin`: the page's, or `null` after a redirect between two other origins. */
  readonly origin: string;
  /** The request's credentials mode is `include`. */
  readonly credentials: boolean;
  readonly initiator: 'fetch' | 'XMLHttpRequest';
}

const FIX = 'Have the server send the header with a valid value.';
const BY_ATTRIBUTE =
  ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.';

/** The standard's "CORS check". @returns why the response may not be read; null when it may */
export function corsProblem(headers: readonly Header[], request: CorsRequest): string | null {
  const values = headerValues(headers, 'access-control-allow-origin');
  const [allowed] = values;
  if (allowed === undefined) return "No 'Access-Control-Allow-Origin' header is present on the requested resource.";
  const name = "The 'Access-Control-Allow-Origin' header";
  if (allowed === '*' && values.length === 1) {
    if (!request.credentials) return null;
    const hint = request.initiator === 'fetch' ? '' : BY_ATTRIBUTE;
    return `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.${hint}`;
  }
  const all = values.join(', ');
  if (all !== request.origin) {
    if (all.includes(',')) return `${name} contains multiple values '${all}', but only one is allowed. ${FIX}`;
    if (all !== 'null' && !URL.canParse(all)) return `${name} contains the invalid value '${all}'. ${FIX}`;
    return `${name} has a value '${all}' that is not equal to the supplied origin. ${FIX}`;
  }
  const credentials = headerValue(headers, 'access-control-allow-credentials') ?? '';
  if (!request.credentials || credentials === 'true') return null;
  return `The value of the 'Access-Control-Allow-Credentials' header in the response is '${credentials}' which must be 'true' when the request's credentials mode is 'include'.`;
}

/** What a server allowed in its answer to a preflight. */
export interface Permission {
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headers: readonly string[];
  /** It was asked for a request with credentials; then `*` is a name like any other. */
  readonly credentials: boolean;
  /** ms for which it may be remembered. */
  readonly lasts: number;
}

const TOKENS = /^[\s,]*(?:[!#$%&'*+.^_`|~\w-]+(?:[\s,]+|$))*$/;

/** Chromium forgets after 5 s what has no age, and after two hours whatever its age. */
const DEFAULT_AGE_S = 5;
const LONGEST_AGE_S = 7200;

/** Reads the answer to a preflight that has passed {@link corsProblem}; a text is Chromium's complaint. */
export function permissionIn(headers: readonly Header[], credentials: boolean): Permission | string {
  const lists: string[] = [];
  for (const name of ['Access-Control-Allow-Methods', 'Access-Control-Allow-Headers']) {
    const value = headerValues(headers, name).join(', ');
    if (!TOKENS.test(value)) return `Cannot parse ${name} response header field in preflight response.`;
    lists.push(value);
  }
  const [methods = '', names = ''] = lists;
  const age = headerValue(headers, 'access-control-max-age') ?? '';
  return {
    // Methods compare with their case.
    methods: methods
      .split(',')
      .map((method) => method.trim())
      .filter((method) => method !== ''),
    headers: listOf(names),
    credentials,
    lasts: Math.min(/^\d+$/.test(age) ? Number(age) : DEFAULT_AGE_S, LONGEST_AGE_S) * 1000,
  };
}

/** Why a permission does not cover a request; null when it does. @param names its headers, see `unsafeHeaderNames` */
export function forbiddenBy(permission: Permission, method: string, names: readonly string[]): string | null {
  const covers = (list: readonly string[], name: string): boolean =>
    list.includes(name) || (!permission.credentials && list.includes('*'));
  if (!isSafelistedMethod(method) && !covers(permission.methods, method)) {
    return `Method ${method} is not allowed by Access-Control-Allow-Methods in preflight response.`;
  }
  const forbidden = names.find((name) => !covers(permission.headers, name));
  if (forbidden === undefined) return null;
  return `Request header field ${forbidden} is not allowed by Access-Control-Allow-Headers in preflight response.`;
}
