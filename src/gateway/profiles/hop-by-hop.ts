import type { Header } from '../exchange.ts';
import { headerValues } from '../http-message.ts';

const ALWAYS = ['connection', 'keep-alive', 'proxy-connection', 'upgrade'];

/**
 * The headers that a gateway passes on: all but those that belong to one connection (RFC 9110 §7.6.1) and those that
 * Connection names. Transfer-Encoding stays, because gateways that keep it keep the framing too.
 */
export function withoutHopByHop(headers: readonly Header[]): Header[] {
  const named = headerValues(headers, 'connection').flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  const dropped = new Set([...ALWAYS, ...named.map((name) => name.trim())]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}
