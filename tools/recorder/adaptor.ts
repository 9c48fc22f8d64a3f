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
  /** Why this gateway cannot meet a fault (no DNS at run time, no TLS to upstreams, …); null when it can. */
  readonly cannotMeet: (fault: Fault) => string | null;
  /** The directives of one route. The recorder also calls it with stand-in addresses, for the stored `config`. */
  readonly routeConfig: (route: Route, nameServer: string) => string;
  /** Everything that starting the gateway takes. Paths are inside `lab.folder`. */
  readonly configure: (lab: Lab) => GatewaySetup;
  /** How many servers the gateway contacted for one request, as its own access log tells; 0 when it does not. */
  readonly attemptsInLog: (accessLines: readonly string[]) => number;
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

/** Where a server listens. A `host` that is no IP address is looked up at run time, at the lab's name server. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface GatewaySetup {
  /** Files to write before the start: path inside `lab.folder` and text. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Names of the log files in `lab.folder`. */
  readonly logs: { readonly access: string; readonly error: string };
}
