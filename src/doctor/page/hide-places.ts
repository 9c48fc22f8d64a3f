/**
 * Puts names and addresses that are kept for documentation in the place of the reader's own. They have the shape of what
 * they stand for, so that the rules find the same evidence in the text, and the same name becomes the same name again.
 */

/** Addresses that tell nobody anything. */
const PLAIN_V4 = /^(?:127\.|0\.0\.0\.0$|255\.|192\.0\.2\.|1\.1\.1\.1$|8\.8\.8\.8$)/;
/** Names in the error pages of vendors, by which a page is recognized. */
const VENDOR =
  /(?:^|\.)(?:cloudflare|cloudfront|amazonaws|awselb|herokucdn|herokuapp|vercel|netlify|fly|railway|render|azure|google|googleapis|nginx|apache|haproxy|varnish-cache|traefik|envoyproxy|w3)\.(?:com|net|org|io|app|dev)$/i;
const LOCAL = /^localhost(?:\.localdomain)?$/i;

const V4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\d|\w)/g;
const V6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,6}(?![\w:])|(?<![\w:.])[0-9a-f]{1,4}::[0-9a-f]{0,4}(?![\w:])/gi;

const NAME = String.raw`[a-z0-9_](?:[a-z0-9_.-]{0,250}[a-z0-9_])?`;
/** What stands before a name of a host in logs and messages. */
const IN_CONTEXT = new RegExp(
  String.raw`(?<before>\/\/(?:[^\s/@"']{1,100}@)?|\bhost(?:name)?["']?[:=]\s?["']?|\bserver: |\bauthority["']?[:=]\s?["']?|resolve host:? |resolve: |\blookup |ENOTFOUND |EAI_AGAIN |\bConnect(?:ed|ing)? to |\bconnect to |\bservername )(?<name>${NAME})`,
  'gi',
);
const WITH_PORT = /(?<![\w./@-])(?<name>(?:[a-z0-9_-]{1,63}\.){1,8}[a-z]{2,24})(?=:\d{2,5}\b)/gi;

/** Hides hosts and addresses in one text, or in the pieces of one, one after the other. */
export interface PlaceHider {
  readonly hide: (text: string) => string;
  /** How many different places there were. */
  readonly hosts: () => number;
  readonly addresses: () => number;
}

const isClock = (text: string): boolean => /^\d{1,2}(?::\d{1,2}){1,2}$/.test(text);

/** “connecting to upstream” and “server: envoy” name no host. */
const isWord = (before: string, name: string): boolean => !name.includes('.') && /connect|server:/i.test(before);

export function placeHider(): PlaceHider {
  const hosts = new Map<string, string>();
  const addresses = new Map<string, string>();
  const remember = (names: Map<string, string>, name: string, made: (number: number) => string): string => {
    const known = names.get(name.toLowerCase()) ?? made(names.size + 1);
    names.set(name.toLowerCase(), known);
    return known;
  };
  const isPlain = (name: string): boolean =>
    LOCAL.test(name) || VENDOR.test(name) || /^[\d.]+$/.test(name) || /\.example$/.test(name);
  const host = (name: string): string => remember(hosts, name, (number) => `host-${number}.example`);
  const v4 = (address: string): string =>
    PLAIN_V4.test(address) || address.split('.').some((part) => Number(part) > 255)
      ? address
      : remember(addresses, address, (number) => `192.0.2.${1 + ((number - 1) % 254)}`);
  const v6 = (address: string): string =>
    isClock(address) || !/[a-f]|::/i.test(address) || address === '::1'
      ? address
      : remember(addresses, address, (number) => `2001:db8::${number.toString(16)}`);

  const hide = (text: string): string => {
    const inContext = text.replaceAll(IN_CONTEXT, (whole: string, before: string, name: string) =>
      isPlain(name) || isWord(before, name) ? whole : before + host(name),
    );
    const withPort = inContext.replaceAll(WITH_PORT, (name: string) => (isPlain(name) ? name : host(name)));
    let result = withPort.replaceAll(V4, v4).replaceAll(V6, v6);
    // A name that was found in one place is hidden in all of them, where it can be nothing else than a name.
    for (const [name, hidden] of hosts) {
      if (!name.includes('.') || !result.toLowerCase().includes(name)) continue;
      const escaped = name.replaceAll(/[^a-z0-9]/g, String.raw`\$&`);
      result = result.replaceAll(new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, 'gi'), hidden);
    }
    return result;
  };
  return { hide, hosts: () => hosts.size, addresses: () => addresses.size };
}
