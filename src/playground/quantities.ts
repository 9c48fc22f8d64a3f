/** A time span as people say it: `12 ms`, `1.4 s`, `60 s`, `10 min`. @param ms milliseconds */
export function spanText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 299.5) return `${Math.round(seconds)} s`;
  return `${Number((seconds / 60).toFixed(1))} min`;
}

/** A count with its noun: `1 request`, `3 requests`. */
export const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A size in bytes: `312 bytes`, `8.2 kB`. */
export const sizeText = (bytes: number): string =>
  bytes < 10_000 ? countText(bytes, 'byte') : `${Number((bytes / 1000).toFixed(1))} kB`;
