import { spanText } from './quantities.ts';
import type { SequenceStep, Station } from './sequence-steps.ts';

/** Horizontal place of each lifeline, in percent of the drawing's width: it grows with its panel, its text does not. */
export const STATION_X: Readonly<Record<Station, number>> = { client: 14, gateway: 50, upstream: 86 };

/** Height of the heads with the stations' names, px. */
export const HEAD_HEIGHT = 34;
/** From a broken arrow down to the word that marks it, px. */
export const HERE_DROP = 18;
const LINE_HEIGHT = 16;
const ARROW_GAP = 10;
const STEP_GAP = 16;
/** Characters a line of a label may have, so that it fits the narrowest phone: between two stations, and in the middle. */
const LABEL_WIDTH = { span: 30, middle: 38 };

/** One step, placed. All y in px from the top of the drawing. */
export interface PlacedStep {
  readonly step: SequenceStep;
  /** The label, broken into lines; the time comes first. */
  readonly lines: readonly string[];
  /** Baseline of the first line. */
  readonly textY: number;
  /** Middle of the label, percent. */
  readonly textX: number;
  /** Where the arrow runs; the lower edge of the note for a verdict. */
  readonly arrowY: number;
  readonly fromX: number;
  readonly toX: number;
}

/** Places the steps below each other, in order; the drawing is not to scale in time. @returns px height and placed steps */
export function sequenceLayout(steps: readonly SequenceStep[]): {
  readonly height: number;
  readonly steps: readonly PlacedStep[];
} {
  let y = HEAD_HEIGHT + STEP_GAP;
  const placed = steps.map((step): PlacedStep => {
    const label = step.kind === 'verdict' ? step.text : `${spanText(step.at)} · ${step.text}`;
    const lines = wrapLabel(label, step.kind === 'verdict' ? LABEL_WIDTH.middle : LABEL_WIDTH.span);
    const textY = y + LINE_HEIGHT - 4;
    const arrowY = y + lines.length * LINE_HEIGHT + (step.from === step.to ? 4 : ARROW_GAP - 2);
    const [fromX, toX] = [STATION_X[step.from], STATION_X[step.to]];
    y = arrowY + (step.first ? HERE_DROP : 0) + STEP_GAP;
    return { step, lines, textY, textX: (fromX + toX) / 2, arrowY, fromX, toX };
  });
  return { height: y, steps: placed };
}

/** Breaks a label at spaces into lines of at most `width` characters; a longer word stands alone. */
export function wrapLabel(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
