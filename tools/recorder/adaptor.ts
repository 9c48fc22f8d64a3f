import type { Fault } from '../../src/gateway/fault.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import type { Timeouts } from '../../src/gateway/recording.ts';

/**
 * What the recorder must know about one gateway. A gateway is one file in `gateways/`, listed in `gateways/index.ts`.
 * The texts that change from run to run are not here: they belong to the gateway's profile in `src/gateway/profiles/`.
 */
export interface Adaptor {
  readonly id: GatewayId;
  /** Package names, for the sentence that says how to get the program. */
  readonly install: { readonly apt: string; readonly brew: string };
  readonly timeouts: Timeouts;
  /** The settings of `configure` in words, as a reader would want to know them. */
  readonly settings: string;
  /** Error-log lines that say nothing about the exchange and are left out of a recording. */
  readonly noise: readonly NoiseRule[];
  /** The installed program; null when there is none. */
  readonly find: () => InstalledProgram | null;
  /**
   * Why this gateway cannot meet a fault (no DNS at run time, no TLS to upstreams, …); null when it can. A program that
   * refuses to start with a name that does not resolve CAN meet `resolveAtStart`: its refusal is what is recorded. The
   * recorder itself keeps the group `cgi` from every gateway but nginx.
   */
  readonly cannotMeet: (fault: Fault) => string | null;
  /**
   * True when what the gateway learned from one request (a server that failed, whose turn it is) changes its answer to the
   * next, so that every attempt to record this fault needs a fresh gateway. Left out: never.
   */
  readonly remembers?: (fault: Fault) => boolean;
  /** True when chance decides what this fault gets, so that all attempts are made to see every outcome. Left out: never. */
  readonly isChance?: (fault: Fault) => boolean;
  /**
   * The directives of one route. The recorder also calls it with stand-in addresses, for the stored `config`; the
   * certificates are in `/etc/lab` there.
   */
  readonly routeConfig: (route: Route, nameServer: string) => string;
  /** Everything that starting the gateway takes. Paths are inside `lab.folder`. */
  readonly configure: (lab: Lab) => GatewaySetup;
  /** How many servers the gateway contacted for one request, as its own logs tell; 0 when they do not. */
  readonly attemptsInLog: (accessLines: readonly string[], errorLines: readonly string[]) => number;
  /**
   * The gateway looks at its timers only this often, ms, so that what a timer ends may come that much later: a recording
   * keeps such times in whole multiples, and a fresh run may be that late. Left out: at once.
   */
  readonly timerGrainMs?: number;
  /** The gateway looks at its servers when it starts: they are all up until then, and fail only after. */
  readonly probesAtStart?: true;
  /**
   * The gateway knows no groups of servers: a fault with `route.balance` gives it one target, the name `rr.test` of the
   * lab's name server, which has the addresses 127.0.0.1 and 127.0.0.2, and the servers listen there on one port.
   */
  readonly balancesByName?: true;
}

export interface NoiseRule {
  readonly name: string;
  readonly find: RegExp;
}

export interface InstalledProgram {
  /** Path of the executable. */
  readonly command: string;
  /** Version number alone, e.g. `1.22.1`. */
  readonly version: string;
  /** The program as it names itself, e.g. `nginx/1.22.1`. */
  readonly program: string;
}

/** What one recording session sets up for a gateway. */
export interface Lab {
  readonly program: InstalledProgram;
  /** Temporary folder of this session; removed at its end. */
  readonly folder: string;
  /** Free port on 127.0.0.1 where the gateway is to listen. */
  readonly port: number;
  /** `127.0.0.1:port` of the lab's own name server. */
  readonly nameServer: string;
  readonly routes: readonly Route[];
  /** Folder with ca.pem and, for each of good, expired, wrongname, selfsigned, a .pem and a .key. */
  readonly certificates: string;
  /** True when the gateway is started by root, and should give that up. */
  readonly asRoot: boolean;
}

/** All requests below `path` go to these servers. */
export interface Route {
  readonly fault: Fault;
  /** `/f/<fault>/`. */
  readonly path: string;
  readonly targets: readonly Target[];
}

/**
 * Where a server listens. A `host` that is no IP address is looked up at the lab's name server, per request, unless the
 * route needs `resolveAtStart`. TLS servers are named by address: the name to ask for and to verify is `upstream.test`
 * (the lab's name server knows it too: 127.0.0.1). With `unixPath` it is a unix socket, and host and port say nothing.
 */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly unixPath?: string;
  /** The file that a FastCGI route asks for (SCRIPT_FILENAME). */
  readonly scriptPath?: string;
}

export interface GatewaySetup {
  /** Files to write before the start: path inside `lab.folder` and text. */
  readonly files: Readonly<Record<string, string>>;
  /** The executable, where it is built for this lab; left out: that of the program. */
  readonly command?: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Run it as `nobody` when the recorder runs as root, for programs that do not give root up themselves. */
  readonly unprivileged?: true;
  /** Programs that have to run beside the gateway, such as varnishncsa; started after it, stopped before it. */
  readonly companions?: readonly {
    readonly command: string;
    readonly args: readonly string[];
    readonly stdout?: string;
  }[];
  /** Where the gateway's standard output and error go: names of files in `lab.folder`. Left out: its own log files say it all. */
  readonly stdout?: string;
  readonly stderr?: string;
  /** Longest wait for the gateway to listen, ms; 10 s when left out. */
  readonly startsWithinMs?: number;
  /** How long the gateway may read its routes once it listens, ms; 0 when left out. */
  readonly settlesMs?: number;
  /** How long after an answer the gateway may still write its log lines, ms. */
  readonly logsWithinMs?: number;
  /** Signal on which the gateway writes the log lines that it still holds back; sent while the recorder waits for one. */
  readonly flushSignal?: NodeJS.Signals;
  /** Names of the log files in `lab.folder`; `diagnostic` where some errors go to a file of their own. */
  readonly logs: { readonly access: string; readonly error: string; readonly diagnostic?: string };
}
