import type { OutlierSettings } from '../../schema/system.ts';

interface Host {
  failures: number;
  /** How often in a row it was ejected: multiplies the time that it stays out. */
  times: number;
  /** Out until then. */
  until: number;
}

/**
 * Envoy's outlier detection by consecutive failures: a server that failed often enough in a row is left out for
 * `baseEjection` times the number of its ejections, at most `maxEjection`. That number falls by one for every `interval`
 * in service. The first ejection is always allowed, more only while their share stays below `maxShare`.
 * Source: Envoy's documentation, Outlier detection. Envoy puts servers back at its next sweep, this does it on time.
 */
export class OutlierDetection {
  readonly #settings: OutlierSettings;
  readonly #hosts: readonly Host[];

  constructor(settings: OutlierSettings, servers: number) {
    this.#settings = settings;
    this.#hosts = Array.from({ length: servers }, () => ({ failures: 0, times: 0, until: -Infinity }));
  }

  isEjected(server: number, at: number): boolean {
    return at < (this.#hosts[server]?.until ?? -Infinity);
  }

  /** A request to `server` ended at `at`, with a failure or not. */
  ended(server: number, at: number, failed: boolean): void {
    const host = this.#hosts[server];
    if (!host) return;
    if (!failed) host.failures = 0;
    else if (++host.failures >= this.#settings.consecutive && !this.isEjected(server, at) && this.#mayEject(at)) {
      const { baseEjection, maxEjection, interval } = this.#settings;
      const forgiven = host.until === -Infinity ? 0 : Math.floor((at - host.until) / interval);
      host.times = Math.max(0, host.times - forgiven) + 1;
      host.until = at + Math.min(Math.max(baseEjection, maxEjection), baseEjection * host.times);
      host.failures = 0;
    }
  }

  #mayEject(at: number): boolean {
    const out = this.#hosts.filter(({ until }) => at < until).length;
    return out === 0 || out / this.#hosts.length < this.#settings.maxShare;
  }
}
