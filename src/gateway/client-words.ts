import { kindFor, type Kind } from './client-words-kinds.ts';
import type { Exchange } from './exchange.ts';
import { CLIENT_IDS, type ClientId, type ClientWords } from '../schema/client-words.ts';

/** What one client says about an exchange. */
export interface ClientSays {
  readonly client: ClientId;
  readonly version: string;
  /** One line, as the program prints it. */
  readonly text: string;
  /** The time limit that the client was given; without one it would have gone on waiting. E.g. `--max-time 10`. */
  readonly limit?: string;
}

/** The time limit that a client is given where it would wait for ever, seconds. */
const LIMIT_SECONDS = 10;
/** The gateway's address, as a client that was refused names it. From a range for documentation. */
const GATEWAY_ADDRESS = '203.0.113.10';

const LIMITS: Readonly<Record<ClientId, (seconds: number) => string>> = {
  curl: (seconds) => `--max-time ${seconds}`,
  requests: (seconds) => `timeout=${seconds}`,
  node: (seconds) => `AbortSignal.timeout(${seconds * 1000})`,
};

/**
 * What curl, Python requests and Node's fetch say when the bytes of this exchange arrive at them, from the recorded words
 * of those programs, in this order. A client whose words were not recorded for it is left out; all are when the program
 * itself ended the exchange.
 * @param place where the clients were, for a test that plays the exchange to them
 */
export function clientWordsFor(
  { request, wire, client: { error } }: Pick<Exchange, 'request' | 'wire' | 'client'>,
  words: ClientWords,
  place: { readonly address: string; readonly seconds: number } = { address: GATEWAY_ADDRESS, seconds: LIMIT_SECONDS },
): readonly ClientSays[] {
  const { protocol, hostname, port, pathname, search } = new URL(request.url);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  if (error === 'aborted') return [];
  return CLIENT_IDS.flatMap((client): ClientSays[] => {
    const kind = kindFor(client, wire, request.method);
    const template = kind === null ? undefined : words.words[kind.id]?.[scheme]?.[client];
    if (kind === null || template === undefined) return [];
    const text = fill(template, {
      ...{ host: hostname, port: port === '' ? (scheme === 'http' ? 80 : 443) : port, path: pathname + search },
      ...{ address: place.address, seconds: place.seconds, limitMs: place.seconds * 1000 },
      ...kind.values,
    });
    if (text === null) return [];
    const limit = kind.limited === true ? { limit: LIMITS[client](place.seconds) } : {};
    return [{ client, version: words.clients[client].version, text, ...limit }];
  });
}

/** Puts the values in place of `{name}`; null when one is not known, because then nothing true can be said. */
function fill(template: string, values: Kind['values']): string | null {
  const names = template.matchAll(/\{([a-zA-Z]+)\}/g).map(([, name = '']) => name);
  if (!names.every((name) => name in values)) return null;
  return template.replaceAll(/\{([a-zA-Z]+)\}/g, (_, name: string) => String(values[name])).trim();
}
