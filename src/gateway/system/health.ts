import type { BalancerSettings } from '../../schema/system.ts';

/**
 * What nginx learns from requests. After `maxFails` failures a server counts as down for `failTimeout`; then one request
 * may try it again. Rules of ngx_http_upstream_round_robin.c (get_peer and free_peer), with ms in place of seconds.
 */
export class PassiveHealth {
  readonly #maxFails: number;
  readonly #failTimeout: number;
  #fails = 0;
  #accessed = -Infinity;
  #checked = -Infinity;

  constructor({ maxFails, failTimeout }: BalancerSettings['passive']) {
    this.#maxFails = maxFails;
    this.#failTimeout = failTimeout;
  }

  isUp(at: number): boolean {
    return this.#maxFails === 0 || this.#fails < this.#maxFails || at - this.#checked > this.#failTimeout;
  }

  /** The server was chosen for a request. */
  chosen(at: number): void {
    if (at - this.#checked > this.#failTimeout) this.#checked = at;
  }

  /** A request to the server ended. */
  ended(at: number, failed: boolean): void {
    if (failed) {
      this.#fails++;
      this.#accessed = at;
      this.#checked = at;
    } else if (this.#accessed < this.#checked) {
      this.#fails = 0;
    }
  }
}

/** Probes looked at after a long silence. Only the last ones decide, and a probe costs time. */
const MAX_PROBES = 1000;

/**
 * Health checks at an interval: `fall` failures in a row mark a server down, `rise` successes mark it up again. A probe
 * waits in the server's queue like everybody, so an overloaded server fails it and its load falls on the others.
 */
export class ActiveHealth {
  readonly #settings: NonNullable<BalancerSettings['active']>;
  /** ms a probe waits; null when the server does not take it. */
  readonly #probe: (at: number) => number | null;
  #next: number;
  #up = true;
  #streak = 0;

  /** @param phase share of an interval before the first probe, so that servers are not all probed at once */
  constructor(settings: NonNullable<BalancerSettings['active']>, phase: number, probe: (at: number) => number | null) {
    this.#settings = settings;
    this.#probe = probe;
    this.#next = phase * settings.interval;
  }

  get isUp(): boolean {
    return this.#up;
  }

  /** Makes all probes that are due until `at`. */
  advance(at: number): void {
    const { interval, timeout, rise, fall } = this.#settings;
    const skipped = Math.floor((at - this.#next) / interval) - MAX_PROBES;
    if (skipped > 0) this.#next += skipped * interval;
    for (; this.#next <= at; this.#next += interval) {
      const wait = this.#probe(this.#next);
      const passed = wait !== null && wait <= timeout;
      this.#streak = passed === this.#up ? 0 : this.#streak + 1;
      if (this.#streak < (this.#up ? fall : rise)) continue;
      this.#up = !this.#up;
      this.#streak = 0;
    }
  }
}
