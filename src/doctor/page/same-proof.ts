import type { Answer } from '../diagnose.ts';

/** Whether two answers rest on the same places of the text: then to quote them once is enough. */
export const sameProof = (one: Answer, other: Answer): boolean =>
  one.evidence.length === other.evidence.length &&
  one.evidence.every(({ start, end }, index) => {
    const like = other.evidence[index];
    return like?.start === start && like.end === end;
  });
