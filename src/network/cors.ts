import type { Header } from '../gateway/exchange.ts';
import type { ResponseHead } from '../gateway/http-message.ts';
import { corsProblem, forbiddenBy, permissionIn, type CorsRequest, type Permission } from './cors-check.ts';
import { isReadable, isSafelistedMethod, unsafeHeaderNames } from './cors-safelist.ts';
import { failedToFetch } from './failures.ts';
import type { FetchInit, Outgoing, Policy, Rules, Send } from './fetch.ts';
import { isOnAnotherOrigin } from './needs.ts';
import type { PartTools } from './network.ts';
import type { Judge } from './transfers.ts';

/**
 * Cross-origin requests as a browser enforces them (Fetch standard, with Chromium's words and limits): the Origin header,
 * preflights and their cache, what an answer must allow, and what of it a program may read.
 * A part of its own, for scenarios that say on whose page the program runs.
 * @returns undefined where page and API share an origin, so that nothing is enforced
 */
export function createPolicy(tools: PartTools): Policy | undefined {
  if (!isOnAnotherOrigin(tools.scenario)) return undefined;
  const permissions = new Permissions(() => tools.clock.now());
  const insecure = new Set<string>();
  return (request, init, send, callSite) =>
    new CorsRules({ tools, permissions, insecure, request, init, send, callSite });
}

/** What servers have allowed, for as long as they said. */
class Permissions {
  readonly #now: () => number;
  readonly #known = new Map<string, { readonly permission: Permission; readonly until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  cover(url: string, { credentials }: CorsRequest, method: string, names: readonly string[]): boolean {
    const found = this.#known.get(url);
    if (!found || found.until <= this.#now()) return false;
    if (credentials && !found.permission.credentials) return false;
    return forbiddenBy(found.permission, method, names) === null;
  }

  remember(url: string, permission: Permission): void {
    this.#known.set(url, { permission, until: this.#now() + permission.lasts });
  }
}

interface Call {
  readonly tools: PartTools;
  readonly permissions: Permissions;
  /** Origins of which the reader has been told that they are not encrypted. */
  readonly insecure: Set<string>;
  readonly request: Request;
  readonly init: FetchInit | undefined;
  readonly send: Send;
  readonly callSite: Error;
}

class CorsRules implements Rules {
  readonly #call: Call;
  readonly #initiator: CorsRequest['initiator'];
  readonly #credentials: boolean;
  /** The standard's "response tainting". */
  #tainting: 'basic' | 'cors' | 'opaque' = 'basic';
  #origin: string;
  #first: string | null = null;
  #url: URL;
  #exposed: string | null = null;

  constructor(call: Call) {
    this.#call = call;
    this.#initiator = call.init?.initiator ?? 'fetch';
    this.#credentials = call.request.credentials === 'include';
    this.#origin = call.tools.page;
    this.#url = new URL(call.request.url);
  }

  async before(outgoing: Outgoing): Promise<readonly Header[]> {
    const { page } = this.#call.tools;
    const from = this.#first === null ? null : this.#url;
    const url = new URL(outgoing.url);
    if (from && (url.username || url.password)) {
      const problem = `Redirect location '' contains a username and password, which is disallowed for cross-origin requests.`;
      throw url.origin === page && this.#tainting === 'basic' ? this.#failure() : this.#refuse(this.#blocked(problem));
    }
    url.hash = '';
    this.#url = url;
    this.#first ??= url.href;
    if (from && from.origin !== url.origin && from.origin !== page) this.#origin = 'null';
    this.#warnAboutMixedContent(url);
    this.#taint(url, from !== null);
    if (this.#tainting === 'cors') await this.#ask(outgoing);
    const hasOrigin = this.#tainting === 'cors' || (outgoing.method !== 'GET' && outgoing.method !== 'HEAD');
    return hasOrigin ? [['Origin', this.#origin]] : [];
  }

  readonly judge: Judge = ({ headers }) => {
    if (this.#tainting === 'basic') return { kept: false };
    if (this.#tainting === 'opaque') {
      const why = `Request mode is "no-cors": of an answer from another origin the program may read nothing.`;
      return { kept: false, told: { error: 'Response { type: "opaque", status: 0 }', why } };
    }
    const problem = corsProblem(headers, this.#corsRequest());
    if (problem !== null) return this.#keep(problem);
    this.#exposed = headers
      .filter(([name]) => name.toLowerCase() === 'access-control-expose-headers')
      .map(([, value]) => value)
      .join(',');
    return { kept: false };
  };

  filtered(response: Response): Response {
    const { describe } = this.#call.tools;
    if (this.#tainting === 'basic') return response;
    for (const name of [...response.headers.keys()]) {
      if (this.#tainting === 'cors' && isReadable(name, this.#exposed, this.#credentials)) continue;
      // The program's own way to do this is closed.
      Headers.prototype.delete.call(response.headers, name);
    }
    if (this.#tainting === 'cors') return describe(response, { type: 'cors' });
    const nothing = { status: 0, statusText: '', url: '', redirected: false, holder: new Response(null) };
    return describe(response, { type: 'opaque', ...nothing });
  }

  /** Decides what kind of response this will be, from the mode and from where the request goes. */
  #taint(url: URL, redirected: boolean): void {
    const { mode, redirect } = this.#call.request;
    const { page } = this.#call.tools;
    if (url.origin === page && this.#tainting === 'basic') return;
    const refuse = (reason: string): Error =>
      this.#refuse(`Fetch API cannot load ${url.href}. Request mode is "${mode}" but the ${reason}`);
    // Of a redirect Chromium says nothing.
    if (mode === 'same-origin' && redirected) throw this.#failure();
    if (mode === 'same-origin') throw refuse(`URL's origin is not same as the request origin ${page}.`);
    if (mode === 'no-cors' && redirect !== 'follow') throw refuse('redirect mode is not "follow".');
    this.#tainting = mode === 'no-cors' ? 'opaque' : 'cors';
  }

  /** Sends a preflight where the request needs one and no earlier answer covers it. */
  async #ask({ method, headers, signal }: Outgoing): Promise<void> {
    const { permissions, init, send, tools, callSite } = this.#call;
    const names = unsafeHeaderNames(headers);
    if (isSafelistedMethod(method) && names.length === 0 && !init?.preflight) return;
    const { href } = this.#url;
    const request = this.#corsRequest();
    if (permissions.cover(href, request, method, names)) return;
    const seen = { answer: false };
    const judge = (head: ResponseHead): ReturnType<Judge> => {
      seen.answer = true;
      const permission = this.#permission(head);
      const problem = typeof permission === 'string' ? permission : forbiddenBy(permission, method, names);
      if (problem !== null) return this.#keep(problem);
      // An origin that is `null` is nobody in particular; nothing is remembered for it.
      if (typeof permission === 'object' && request.origin !== 'null') permissions.remember(href, permission);
      return { kept: false };
    };
    const added: Header[] = [
      ['Access-Control-Request-Method', method],
      ...(names.length > 0 ? [['Access-Control-Request-Headers', names.join(',')] as const] : []),
      ['Origin', this.#origin],
    ];
    try {
      await send({ method: 'OPTIONS', url: href, headers: new Headers(), body: '', signal }, added, judge);
    } catch (error) {
      if (!seen.answer && !signal.aborted) {
        const sentence = `The browser asked with OPTIONS (a preflight) whether it may send ${method} ${href}. No answer came, so it did not send it.`;
        tools.warn(sentence, callSite);
      }
      throw error;
    }
  }

  #permission({ status, headers }: ResponseHead): Permission | string {
    const prefix = "Response to preflight request doesn't pass access control check:";
    if ([301, 302, 303, 307, 308].includes(status)) return `${prefix} Redirect is not allowed for a preflight request.`;
    const problem = corsProblem(headers, this.#corsRequest());
    if (problem !== null) return `${prefix} ${problem}`;
    if (status < 200 || status > 299) return `${prefix} It does not have HTTP ok status.`;
    return permissionIn(headers, this.#credentials);
  }

  #corsRequest(): CorsRequest {
    return { origin: this.#origin, credentials: this.#credentials, initiator: this.#initiator };
  }

  /** Keeps a response from the program, and says why, as the console of a browser does. */
  #keep(problem: string): ReturnType<Judge> {
    const { tools, callSite } = this.#call;
    const why = this.#blocked(problem);
    tools.warn(why, callSite);
    const error = this.#initiator === 'fetch' ? 'TypeError: Failed to fetch' : 'XMLHttpRequest: error event, status 0';
    return { kept: true, told: { error, why } };
  }

  #blocked(problem: string): string {
    const { href } = this.#url;
    const redirected = this.#first === null || this.#first === href ? '' : ` (redirected from '${this.#first}')`;
    return `Access to ${this.#initiator} at '${href}'${redirected} from origin '${this.#call.tools.page}' has been blocked by CORS policy: ${problem}`;
  }

  #refuse(sentence: string): Error {
    this.#call.tools.warn(sentence, this.#call.callSite);
    return this.#failure();
  }

  #failure(): Error {
    return failedToFetch(this.#call.callSite);
  }

  #warnAboutMixedContent(url: URL): void {
    const { tools, insecure, callSite } = this.#call;
    if (!tools.page.startsWith('https:') || url.protocol !== 'http:' || insecure.has(url.origin)) return;
    insecure.add(url.origin);
    const sentence = `Mixed Content: The page at '${tools.page}/' was loaded over HTTPS, but requested an insecure resource '${url.href}'. A browser blocks this request; the playground answers it.`;
    tools.warn(sentence, callSite);
  }
}
