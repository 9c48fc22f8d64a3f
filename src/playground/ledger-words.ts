import type { Exchange, LedgerNote } from '../gateway/exchange.ts';
import { countText } from './quantities.ts';

/** An exchange that has a line in the upstream's ledger. */
export type Noted = Exchange & { readonly ledger: LedgerNote };

/** The exchanges whose route has a side effect, in order. */
export const noted = (exchanges: readonly Exchange[]): Noted[] =>
  exchanges.filter((exchange): exchange is Noted => exchange.ledger !== undefined);

/** What the application made of one request: `order placed, copy 2: a duplicate`. */
export function ledgerText({ effect, outcome, copy }: LedgerNote): string {
  switch (outcome) {
    case 'performed':
      return copy > 1 ? `${effect}, for the ${ordinal(copy)} time: a duplicate` : effect;
    case 'replayed':
      return 'answered from memory, nothing done again';
    case 'refused':
      return 'refused because of its key, nothing done';
    case 'none':
      return 'nothing done';
  }
}

/** The whole run in a sentence or two: `Order placed: 2 times. 1 duplicate: nobody asked for it.` */
export function ledgerSummary(exchanges: readonly Exchange[]): string {
  const lines = noted(exchanges);
  const notes = lines.map(({ ledger }) => ledger);
  if (notes.length === 0) return 'No request has reached anything that it could change.';
  const { done, duplicates } = performances(lines);
  const what = [...new Set(notes.map(({ effect }) => effect))].join(', ');
  const repeated = notes.filter(({ outcome }) => outcome === 'replayed').length;
  return [
    `${what}: ${done === 0 ? 'never' : countText(done, 'time')}.`,
    duplicates > 0
      ? `${countText(duplicates, 'duplicate')}: nobody asked for ${duplicates === 1 ? 'it' : 'them'}.`
      : '',
    repeated > 0 ? `${countText(repeated, 'repeat')} answered from memory.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
    .replace(/^./, (first) => first.toUpperCase());
}

/** How often something was done. A gateway that repeats a request by itself does it several times in one exchange. */
function performances(lines: readonly Noted[]): { done: number; duplicates: number } {
  const copies = new Map<string, number>();
  let done = 0;
  let duplicates = 0;
  for (const { request, ledger } of lines) {
    if (ledger.outcome !== 'performed') continue;
    const same = JSON.stringify([ledger.effect, request.method, request.url, request.body]);
    const before = copies.get(same) ?? 0;
    copies.set(same, ledger.copy);
    done += ledger.copy - before;
    duplicates += ledger.copy - Math.max(before, 1);
  }
  return { done, duplicates };
}

const ordinal = (count: number): string => {
  const teen = count % 100 > 10 && count % 100 < 14;
  return `${count}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
};
