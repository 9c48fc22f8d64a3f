/** The version that begins with `wanted`, else the one with the smallest distance; the newest when nothing is wanted. */
export function nearestVersion(versions: readonly string[], wanted: string | null): string | null {
  const sorted = [...versions].sort((a, b) => compareVersions(b, a));
  if (wanted === null) return sorted[0] ?? null;
  const same = sorted.find((version) => version === wanted || version.startsWith(`${wanted}.`));
  if (same) return same;
  const newer = [...sorted].reverse().find((version) => compareVersions(version, wanted) > 0);
  return sorted.find((version) => compareVersions(version, wanted) < 0) ?? newer ?? null;
}

/** Versions such as `1.22.1` in their order; negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
