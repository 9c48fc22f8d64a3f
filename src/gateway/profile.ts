import type { Fault } from './fault.ts';
import type { GatewayId } from './ids.ts';
import { httpDate } from './http-date.ts';
import type { ResponseHead } from './http-message.ts';
import { placeOf, SIMULATED_FOLDER, type Places } from './places.ts';
import type { Volatile, VolatileContext } from './recording.ts';
import { fillTemplate, hasPlaceholder, parseTemplate, rememberedBy, type Fill, type Template } from './template.ts';

/**
 * What is code about a gateway: what it does to a response that it passes on, and which parts of its answers and log
 * lines change from run to run. What it answers when the upstream fails is data: its recordings.
 */
export interface Profile {
  readonly id: GatewayId;
  readonly volatile: readonly Volatile[];
  /** It opens a connection per request and asks the upstream to close it; left out: it does not, or tells nobody. */
  readonly closesUpstream?: true;
  /** It does not look at its client while it waits for the upstream, and logs the answer that came when nobody was there. */
  readonly waitsForNobody?: true;
  /** The upstream's response head as this gateway passes it on; values may hold placeholders. */
  readonly passOn: (head: ResponseHead, program: string, sent: SentMessage) => ResponseHead;
  /**
   * Recorded log lines of a passed-on answer name the status and length of the recorder's upstream. These rules put those
   * of the scenario's upstream in their place.
   */
  readonly passedOnLog: readonly Volatile[];
  /** The gateway's own words on what happened, out of its error log or, where it has none, its access log; null when neither says. */
  readonly verdict: (errorLines: readonly string[], accessLines: readonly string[]) => string | null;
}

/** What a gateway may have to know of a response besides its head, to pass the head on. */
export interface SentMessage {
  /** Method of the request. */
  readonly method: string;
  /** The upstream sent the body to its end, as its own framing tells. */
  readonly complete: boolean;
  /** Bytes of the body without its framing, as many as are passed on. */
  readonly bodyLength: number;
  /** The gateway asked over TLS. */
  readonly secure?: boolean;
}

/** True when a server behind this gateway is asked to close the connection after its answer. */
export const asksToClose = (profile: Profile, { route }: Fault): boolean =>
  profile.closesUpstream === true && route?.keepAlive !== true;

/**
 * Fills the placeholders of recorded text: those of the gateway's own rules, and the dates, addresses and paths
 * that are masked for every gateway. Throws on a placeholder that nobody knows.
 */
export function fillPlaceholders(text: string, rules: readonly Volatile[], context: VolatileContext): string {
  return hasPlaceholder(text) ? fillTemplate(templateOf(text, rules), context) : text;
}

const templates = rememberedBy<Template>();

/** A recorded text, taken apart at its placeholders. */
export const templateOf = (text: string, rules: readonly Volatile[]): Template =>
  templates(rules, text, () => parseTemplate(text, (name) => fillOf(name, rules)));

function fillOf(name: string, rules: readonly Volatile[]): Fill {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule) return rule.fill;
  if (name === 'date') return ({ finishedAt }) => httpDate(finishedAt);
  return (context) => {
    const place = placeOf(name, placesOf(context));
    if (place === null) throw new Error(`No rule of this gateway fills the placeholder {{${name}}}.`);
    return place;
  };
}

/** Where things are in the simulated world. */
const placesOf = (context: VolatileContext): Places => ({
  addresses: context.upstreamAddresses,
  socket: context.upstreamSocket,
  folder: SIMULATED_FOLDER,
});

/** Puts placeholders in place of the changing parts of a text that was just recorded. */
export function maskVolatile(text: string, place: Volatile['in'], rules: readonly Volatile[]): string {
  return rules
    .filter((rule) => rule.in === place)
    .reduce((masked, rule) => masked.replace(rule.find, `{{${rule.name}}}`), text);
}

/** Replaces the texts that `rules` find by what they fill in. */
export function replaceVolatile(
  text: string,
  place: Volatile['in'],
  rules: readonly Volatile[],
  context: VolatileContext,
): string {
  return rules
    .filter((rule) => rule.in === place)
    .reduce((replaced, rule) => replaced.replace(rule.find, () => rule.fill(context)), text);
}
