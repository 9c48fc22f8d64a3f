import { commandsIn } from './fences/shell-words.ts';

/** Hosts and addresses that a sample may name: reserved ones, and names that only a private network knows. */

const RESERVED_NAME = /(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost|local|internal)$/;
const RESERVED_ADDRESS =
  /^(?:127\.|10\.|0\.0\.0\.0$|255\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/;

/** Programs whose arguments are hosts. */
const NETWORK_PROGRAMS = new Set(
  'curl dig host nslookup getent nc ncat telnet openssl ping traceroute mtr tcptraceroute wget http ssh k6 wrk hey ab'.split(
    ' ',
  ),
);
const PUBLIC_NAME = /(?<![\w@./-])(?:[a-z\d-]+\.)+(?:com|org|net|io|dev|app|cloud|ai|co|edu|gov|info|me)(?![\w-])/gi;

const isAllowed = (host: string): boolean =>
  /^\d+(?:\.\d+){3}$/.test(host)
    ? RESERVED_ADDRESS.test(host)
    : !host.includes('.') || RESERVED_NAME.test(host.toLowerCase());

/** Hosts in a fence that belong to somebody. Variables such as `$HOST` and names without a dot belong to the reader. */
export function foreignHosts(code: string, lang: string): string[] {
  const urls = [...code.matchAll(/\b(?:https?|wss?|grpcs?):\/\/(?:[^\s/@"'`]*@)?([\w.-]+)/g)].map(
    ([, host = '']) => host,
  );
  const addresses = [...code.matchAll(/(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])/g)].map(([address]) => address);
  const inCommands = ['sh', 'bash'].includes(lang)
    ? commandsIn(code)
        .filter(([program = '']) => NETWORK_PROGRAMS.has(program))
        .flatMap((words) => [...words.join(' ').matchAll(PUBLIC_NAME)].map(([host]) => host))
    : [];
  const hosts = [...urls, ...addresses, ...inCommands].map((host) => host.replace(/\.$/, ''));
  return [...new Set(hosts)].filter((host) => !isAllowed(host));
}
