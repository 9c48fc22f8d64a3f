import type { SystemSettings } from '../../schema/system.ts';
import type { Random } from '../random.ts';
import { ActiveHealth, PassiveHealth } from './health.ts';
import { OutlierDetection } from './outlier.ts';
import type { Server } from './server.ts';

/** Chooses servers, and remembers which of them are worth choosing. */
export class Balancer {
  readonly #settings: SystemSettings;
  readonly #random: Random;
  readonly #passive: readonly PassiveHealth[];
  readonly #active: readonly ActiveHealth[];
  readonly #outlier: OutlierDetection | null;
  /** Requests in progress at each server, as the gateway counts them. */
  readonly #open: number[];
  /** Smooth weighted round robin, as nginx does it. */
  readonly #current: number[];
  /** Servers that may be chosen now. */
  readonly #eligible: number[] = [];

  constructor(settings: SystemSettings, servers: readonly Server[], random: Random) {
    const { active, passive } = settings.balancer;
    this.#settings = settings;
    this.#random = random;
    // With a single server nginx has nothing to choose and ignores max_fails.
    const rules = servers.length === 1 ? { ...passive, maxFails: 0 } : passive;
    this.#passive = servers.map(() => new PassiveHealth(rules));
    this.#active = active ? servers.map((server, index) => watch(server, active, index / servers.length)) : [];
    this.#outlier = settings.outlier ? new OutlierDetection(settings.outlier, servers.length) : null;
    this.#open = servers.map(() => 0);
    this.#current = servers.map(() => 0);
  }

  /** Requests in progress at a server. */
  openAt(server: number): number {
    return this.#open[server] ?? 0;
  }

  /** True when a request may go to `server` at `at`. */
  isUp(server: number, at: number): boolean {
    return (
      (this.#active[server]?.isUp ?? true) &&
      (this.#passive[server]?.isUp(at) ?? true) &&
      !this.#outlier?.isEjected(server, at)
    );
  }

  /**
   * Chooses a server for a request at `at`, which may lie in the future; null when none is left.
   * @param tried servers that had this request already
   */
  choose(at: number, tried: readonly number[]): number | null {
    const eligible = this.#eligible;
    const servers = this.#settings.servers.length;
    let healthy = 0;
    eligible.length = 0;
    for (let server = 0; server < servers; server++) {
      if (!this.isUp(server, at)) continue;
      healthy++;
      if (!tried.includes(server)) eligible.push(server);
    }
    if (healthy < this.#settings.balancer.panicBelow * servers) {
      eligible.length = 0;
      for (let server = 0; server < servers; server++) if (!tried.includes(server)) eligible.push(server);
    }
    const chosen = this.#pick(eligible);
    if (chosen !== null) this.#passive[chosen]?.chosen(at);
    return chosen;
  }

  /** Makes the health checks that are due until `at`. */
  advance(at: number): void {
    for (const health of this.#active) health.advance(at);
  }

  /** A request is sent to `server`. */
  began(server: number): void {
    this.#open[server] = this.openAt(server) + 1;
  }

  /**
   * A request to `server` ended at `at`, which never falls from call to call.
   * @param failed in nginx's eyes, which count an answer with status 503 only when it is retried
   * @param isError in Envoy's eyes, which count every 5xx
   */
  ended(server: number, at: number, failed: boolean, isError: boolean): void {
    this.#open[server] = this.openAt(server) - 1;
    this.#passive[server]?.ended(at, failed);
    this.#outlier?.ended(server, at, isError);
  }

  #pick(eligible: readonly number[]): number | null {
    if (eligible.length <= 1) return eligible[0] ?? null;
    switch (this.#settings.balancer.policy) {
      case 'round-robin':
        return this.#nextInTurn(eligible);
      case 'random':
        return this.#atRandom(eligible);
      case 'least-connections': {
        const load = (server: number): number => this.openAt(server) / this.#weight(server);
        const least = Math.min(...eligible.map(load));
        return this.#nextInTurn(eligible.filter((server) => load(server) === least));
      }
    }
  }

  #weight(server: number): number {
    return this.#settings.servers[server]?.weight ?? 1;
  }

  #nextInTurn(eligible: readonly number[]): number | null {
    let best: number | null = null;
    let bestCurrent = -Infinity;
    let total = 0;
    for (const server of eligible) {
      const weight = this.#weight(server);
      const current = (this.#current[server] ?? 0) + weight;
      this.#current[server] = current;
      total += weight;
      if (current > bestCurrent) [best, bestCurrent] = [server, current];
    }
    if (best !== null) this.#current[best] = bestCurrent - total;
    return best;
  }

  #atRandom(eligible: readonly number[]): number | null {
    const total = eligible.reduce((sum, server) => sum + this.#weight(server), 0);
    let left = this.#random() * total;
    for (const server of eligible) {
      left -= this.#weight(server);
      if (left < 0) return server;
    }
    return eligible.at(-1) ?? null;
  }
}

type Checks = NonNullable<SystemSettings['balancer']['active']>;

function watch(server: Server, checks: Checks, phase: number): ActiveHealth {
  return new ActiveHealth(checks, phase, (at) => {
    server.advance(at);
    return server.waitAt(at);
  });
}
