/**
 * The known names that are closest to a mistyped one, best first, at most `count`: for error messages.
 * Distance is Levenshtein's, with names that contain the typed text (or are contained in it) first.
 */
export function nearestNames(typed: string, known: readonly string[], count = 3): string[] {
  return known
    .map((name) => ({ name, distance: name.includes(typed) || typed.includes(name) ? 0 : editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count)
    .map(({ name }) => name);
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
