import type { Fault } from '../gateway/fault.ts';
import type { Plan, Lane, LaneServer } from './plan.ts';

/** Gateways that a reader can run with a folder of text files. */
export const TAKE_HOME_GATEWAYS = ['nginx', 'haproxy', 'apache', 'caddy'] as const;
export type TakeHomeGateway = (typeof TAKE_HOME_GATEWAYS)[number];

/** One file of the folder. */
export interface TakeHomeFile {
  /** E.g. `nginx.conf`. */
  readonly name: string;
  readonly text: string;
}

/** What the folder needs to know about one gateway. */
export interface GatewayKit {
  /** As people write it, e.g. `HAProxy`. */
  readonly name: string;
  readonly install: { readonly apt: string; readonly brew: string };
  /** The configuration, and further files that it reads. Ports are those of the plan; `gateway.sh` replaces them. */
  readonly files: (plan: Plan) => readonly [config: TakeHomeFile, ...more: TakeHomeFile[]];
  /**
   * Shell commands that start the gateway in the foreground, in the folder, with the configuration in `run/`; the last one
   * is an `exec`.
   */
  readonly start: (plan: Plan) => readonly string[];
  /** Where its own words are, in the folder. */
  readonly logs: readonly string[];
  /** How this gateway differs from what the page shows with this fault, as a sentence; null when it does not. */
  readonly differs: (fault: Fault) => string | null;
  /** It asks its questions through Apache's RewriteMap. */
  readonly rewriteMap?: true;
}

/** `name {`, its directives one step further in, `}`. */
export const block = (head: string, directives: readonly string[]): string[] => [
  `${head} {`,
  ...directives.map((line) => (line === '' ? '' : `  ${line}`)),
  '}',
];

/** `127.0.0.1:9001`, or a name that does not resolve. A unix socket is for each gateway to write. */
export const address = (server: LaneServer): string =>
  `${server.kind === 'unresolvable' ? server.host : '127.0.0.1'}:${server.port}`;

/** The first server of a lane; a lane has at least one. */
export function firstServer({ servers, fault }: Lane): LaneServer {
  const [server] = servers;
  if (server) return server;
  throw new Error(`The fault ${fault.id} has no server.`);
}

/** A request whose body is longer is refused where a route asks for a limit, in MiB. */
export const SMALL_BODY_LIMIT = 20;
export const LARGE_BODY_LIMIT = 64;

/** A timer with its unit, as all of these gateways read it. @param duration ms */
export const ms = (duration: number): string =>
  duration > 0 && duration % 1000 === 0 ? `${duration / 1000}s` : `${Math.max(1, Math.round(duration))}ms`;
