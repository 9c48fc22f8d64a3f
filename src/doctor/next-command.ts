import type { CauseId } from '../gateway/ids.ts';
import { ADVICE } from './advice.ts';
import type { Check, Checks } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import type { Details } from './facts.ts';

/** The next command with the reader's own values, and how to read its outcome. */
export interface NextCommand {
  readonly run: string;
  readonly expect: string;
}

const PLAIN = /^[A-Za-z0-9_./:@%+=,-]{1,500}$/;

/** One argument for a POSIX shell. What was pasted is never run as anything else. */
function shellQuote(value: string): string {
  if (PLAIN.test(value) && !value.startsWith('-')) return value;
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}

/** Letters that have no business in a host, a path or an address: what holds them is not filled in. */
const UNFIT = /[\u0000-\u001f\u007f\s]/;

const usable = (value: string | undefined): value is string =>
  value !== undefined && value.length <= 500 && !UNFIT.test(value) && !value.startsWith('-');

function splitUpstream(upstream: string): { readonly address: string; readonly port: string | undefined } {
  const match = /^(?<address>\[[0-9a-f:.]{2,45}\]|[^:]{1,250})(?::(?<port>\d{1,5}))?$/i.exec(upstream);
  return { address: match?.groups?.address?.replace(/^\[|\]$/g, '') ?? upstream, port: match?.groups?.port };
}

/** Fills one command; what is not known becomes a variable of the shell that the reader sets. */
function fillCommand(template: string, details: Details): string {
  const { host, path, upstream } = details;
  const socket = upstream?.startsWith('unix:') === true ? upstream.slice('unix:'.length) : undefined;
  const known = upstream === undefined || socket !== undefined || !usable(upstream) ? undefined : upstream;
  const parts = known === undefined ? undefined : splitUpstream(known);
  const values: Readonly<Record<string, string>> = {
    host: usable(host) ? shellQuote(host) : '"$HOST"',
    path: usable(path) ? shellQuote(path) : '"$REQUEST_PATH"',
    upstream: known === undefined ? '"$UPSTREAM"' : shellQuote(known),
    address: parts === undefined ? '"$UPSTREAM_HOST"' : shellQuote(parts.address),
    port: parts?.port ?? '"$UPSTREAM_PORT"',
    socket: usable(socket) ? shellQuote(socket) : '"$SOCKET"',
  };
  const command = template.replaceAll(
    /\{(host|path|upstream|address|port|socket)\}/g,
    (_, name: string) => values[name] ?? '',
  );
  // `curl http://unix:/…` is no address: curl takes the socket as an option.
  return socket === undefined
    ? command
    : command.replaceAll('http://"$UPSTREAM"', `--unix-socket ${values.socket ?? ''} http://localhost`);
}

const filled = (checks: readonly Check[], details: Details): readonly Check[] =>
  checks.map(({ run, outcomes }) => ({ run: fillCommand(run, details), outcomes }));

/** The commands that confirm a cause, and those that rule it out, with the reader's own values. */
export function checksOf(cause: CauseId, details: Details): Checks {
  const { confirmBy, ruleOutBy } = CHECKS[cause];
  return { confirmBy: filled(confirmBy, details), ruleOutBy: filled(ruleOutBy, details) };
}

/** What to run next for a cause. */
export function nextCommand(cause: CauseId, details: Details): NextCommand {
  const { run, expect } = ADVICE[cause];
  return { run: fillCommand(run, details), expect };
}
