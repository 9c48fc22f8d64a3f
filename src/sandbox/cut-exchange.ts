import type { Exchange } from '../gateway/exchange.ts';

/** Longest text in an exchange that goes to the page whole, while there is room. */
const LONGEST = 20_000;
/** Characters that all exchanges of a run may come to before the texts of the next ones are cut to the bone. */
const ROOM = 8_000_000;

/** Cuts the texts of exchanges that are too long for the page; a program may send a body of any length. */
export function exchangeCutter(): (exchange: Exchange) => Exchange {
  let sent = 0;

  function cut(value: unknown, most: number): unknown {
    if (typeof value === 'string') {
      sent += Math.min(value.length, most);
      if (value.length <= most) return value;
      return `${value.slice(0, most)}... (${value.length - most} more bytes were left out)`;
    }
    if (Array.isArray(value)) return value.slice(0, most).map((item) => cut(item, most));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cut(inner, most)]));
  }

  return (exchange) => cut(exchange, sent > ROOM ? 300 : LONGEST) as Exchange;
}
