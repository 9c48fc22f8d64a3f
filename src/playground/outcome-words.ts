import type { Exchange, Outcome, TransportError } from '../gateway/exchange.ts';

/** What ended an exchange without a complete response, in a reader's words. */
export const TRANSPORT_WORDS: Readonly<Record<TransportError, string>> = {
  'empty-reply': 'empty reply',
  reset: 'connection reset',
  timeout: 'timed out',
  truncated: 'cut off',
  'not-http': 'not HTTP',
  refused: 'connection refused',
  unreachable: 'host unreachable',
  dns: 'name not found',
  tls: 'TLS failed',
  aborted: 'aborted',
};

/** Who made the outcome, in a word that stands beside its color and shape. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  '2xx': 'success',
  '3xx': 'redirect',
  '4xx': 'client error',
  '5xx-upstream': 'from the upstream',
  '5xx-gateway': 'from the gateway',
  'no-answer': 'no usable answer',
};

/** Status or error of an exchange in a few words: `502 Bad Gateway`, `connection reset`, `200 OK, cut off`. */
export function resultText({ client }: Pick<Exchange, 'client'>): string {
  const status = client.status === null ? null : `${client.status} ${client.reason ?? ''}`.trim();
  const error = client.error === null ? null : TRANSPORT_WORDS[client.error];
  return [status, error].filter((text) => text !== null).join(', ') || 'no answer';
}

/** Path and query of an absolute URL, with the host when `origin` is another one; the text itself when it is no URL. */
export function shortUrl(url: string, origin: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  const path = parsed.pathname + parsed.search;
  return parsed.origin === origin ? path : parsed.host + path;
}
