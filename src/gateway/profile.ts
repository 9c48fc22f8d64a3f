import type { GatewayId } from './ids.ts';
import type { ResponseHead } from './http-message.ts';
import type { Volatile, VolatileContext } from './recording.ts';

/**
 * What is code about a gateway: what it does to a response that it passes on, and which parts of its answers and log
 * lines change from run to run. What it answers when the upstream fails is data: its recordings.
 */
export interface Profile {
  readonly id: GatewayId;
  readonly volatile: readonly Volatile[];
  /** The upstream's response head as this gateway passes it on; values may hold placeholders. */
  readonly passOn: (head: ResponseHead, program: string) => ResponseHead;
  /**
   * Recorded log lines of a passed-on answer name the status and length of the recorder's upstream. These rules put those
   * of the scenario's upstream in their place.
   */
  readonly passedOnLog: readonly Volatile[];
  /** The gateway's own words on what happened, out of its error log; null when the log has none. */
  readonly verdict: (errorLines: readonly string[]) => string | null;
}

/** Fills the placeholders of recorded text. Throws on a placeholder that no rule of the profile knows. */
export function fillPlaceholders(text: string, rules: readonly Volatile[], context: VolatileContext): string {
  return text.replace(/\{\{([\w.-]+)\}\}/g, (placeholder, name: string) => {
    const rule = rules.find((candidate) => candidate.name === name);
    if (!rule) throw new Error(`No rule of this gateway fills the placeholder ${placeholder}.`);
    return rule.fill(context);
  });
}

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
