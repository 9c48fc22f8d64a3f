import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };

/** `250ms`, `1.5s` or `2min`, as milliseconds. A bare number is refused: nobody should have to guess its unit. */
export const duration = z
  .string('must be a duration with its unit, such as 250ms, 60s or 2min')
  .transform((text, context): number => {
    const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/.exec(text.trim());
    const unit = UNITS[match?.[2] ?? ''];
    if (unit !== undefined) return Number(match?.[1]) * unit;
    context.addIssue(`"${text}" is not a duration; write a number and its unit, such as 250ms, 60s or 2min`);
    return z.NEVER;
  });
