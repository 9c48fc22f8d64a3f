export interface Measured {
  /** Exchanges a second of the processor's time, so that other programs on the machine count as little as possible. */
  readonly perSecond: number;
  /** What the run still holds when it is over, MB. */
  readonly keptMB: number;
}

/** Measures a run that makes `exchanges`. @param run returns what it keeps, so that it is counted */
export async function measured(exchanges: number, collectGarbage: () => void, run: () => unknown): Promise<Measured> {
  const { finish } = begin(exchanges, collectGarbage);
  return finish(await run());
}

/** The same for a run that does not wait for anything. */
export function measuredAtOnce(exchanges: number, collectGarbage: () => void, run: () => unknown): Measured {
  const { finish } = begin(exchanges, collectGarbage);
  return finish(run());
}

function begin(exchanges: number, collectGarbage: () => void): { finish: (kept: unknown) => Measured } {
  collectGarbage();
  const heap = process.memoryUsage().heapUsed;
  const before = process.threadCpuUsage();
  return {
    finish: (kept) => {
      const { user, system } = process.threadCpuUsage(before);
      collectGarbage();
      const keptMB = (process.memoryUsage().heapUsed - heap) / 1e6;
      if (kept === undefined) throw new Error('The run returned nothing, so what it keeps was not counted.');
      return { perSecond: exchanges / ((user + system) / 1e6), keptMB: Math.max(0, keptMB) };
    },
  };
}
