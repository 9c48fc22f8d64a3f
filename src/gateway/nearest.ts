/**
 * The known names that are closest to a mistyped one, best first, at most `count`: for error messages.
 * Distance is Levenshtein's, to the whole name or to as much of it as was typed; names that contain the typed text come
 * first.
 */
export function nearestNames(typed: string, known: readonly string[], count = 3): string[] {
  return known
    .map((name) => ({ name, distance: distanceTo(name, typed) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
}

function distanceTo(name: string, typed: string): number {
  if (name.includes(typed)) return 0;
  return Math.min(editDistance(typed, name), editDistance(typed, name.slice(0, typed.length)) + 0.5);
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
