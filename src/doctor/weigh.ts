import { searchFor } from './pattern.ts';
import type { Confidence, FurtherSignal } from './rule.ts';

/** Further signals of a rule, ready to be looked for. */
export type Prepared = FurtherSignal & { readonly expression: RegExp };

export const prepareSignals = (signals: readonly FurtherSignal[] = []): readonly Prepared[] =>
  signals.map((signal) => ({ ...signal, expression: searchFor(signal.pattern).expression }));

const AS_WRITTEN = 0.75;
/** Below this a rule finds nothing. */
const LEAST = 0.45;
const ONE_LESS: Readonly<Record<Confidence, Confidence>> = {
  certain: 'likely',
  likely: 'possible',
  possible: 'possible',
};

function isThere({ expression, negated }: Prepared, text: string): boolean {
  expression.lastIndex = 0;
  return expression.test(text) !== (negated === true);
}

/** How sure a rule is with what stands beside its proof; null where that is too little. */
export function weigh(
  written: Confidence,
  signals: readonly Prepared[],
  texts: Readonly<Record<FurtherSignal['within'], () => string>>,
): Confidence | null {
  if (signals.length === 0) return written;
  let got = 1;
  let all = 1;
  for (const signal of signals) {
    const there = isThere(signal, texts[signal.within]());
    if (!there && signal.required === true) return null;
    got += there ? signal.weight : 0;
    all += signal.weight;
  }
  if (got / all < LEAST) return null;
  return got / all >= AS_WRITTEN ? written : ONE_LESS[written];
}
