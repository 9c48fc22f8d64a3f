/** What the reader asks for; empty: anything. */
export type Wanted = Readonly<Record<'q' | 'class' | 'registered' | 'retry', string>>;

/** Asks for nothing: every row is shown. */
export const NOTHING: Wanted = { q: '', class: '', registered: '', retry: '' };

/** True when a row has what the reader asks for. Every word of the search must stand somewhere in the row. */
export function matches(row: Readonly<Record<string, string | undefined>>, wanted: Wanted): boolean {
  const { q, ...chosen } = wanted;
  const text = (row['text'] ?? '').toLowerCase();
  return (
    Object.entries(chosen).every(([name, value]) => value === '' || row[name] === value) &&
    q
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word.replace(/^(\d)xx$/, '$1')))
  );
}
