import { redact } from './redact.ts';

/** What the reader wrote, kept on the device between visits, without its secrets. */
export interface Draft {
  readonly text: string;
  readonly hidePlaces: boolean;
}

export const DRAFT_KEY = 'doctor:draft';
/** What is longer is not kept, in characters. */
const MOST_KEPT = 100_000;

export type Kept = 'kept' | 'nothing' | 'too-long' | 'refused';

export function keepDraft({ text, hidePlaces }: Draft): Kept {
  try {
    if (text === '' || text.length > MOST_KEPT) {
      localStorage.removeItem(DRAFT_KEY);
      return text === '' ? 'nothing' : 'too-long';
    }
    localStorage.setItem(DRAFT_KEY, JSON.stringify({ text: redact(text, hidePlaces).text, hidePlaces }));
    return 'kept';
  } catch {
    return 'refused';
  }
}

/** What was kept; null when there is nothing that can be read. */
export function readDraft(): Draft | null {
  try {
    const data: unknown = JSON.parse(localStorage.getItem(DRAFT_KEY) ?? 'null');
    if (typeof data !== 'object' || data === null || !('text' in data) || typeof data.text !== 'string') return null;
    return { text: data.text, hidePlaces: 'hidePlaces' in data && data.hidePlaces === true };
  } catch {
    return null;
  }
}

export const KEPT_WORDS: Readonly<Record<Kept, string>> = {
  kept: 'Kept on this device, without its secrets, until you clear it.',
  nothing: '',
  'too-long': 'Too long to be kept: it is gone when you leave this page.',
  refused: 'Your browser keeps no data for this site: the text is gone when you leave this page.',
};
