import type { PlayedWire, PreparedWire } from './prepared-wire.ts';
import { fillPlaceholders, replaceVolatile, type Profile } from './profile.ts';
import type { VolatileContext } from './recording.ts';

/**
 * Stands in for `prepared-wire.ts` and `passed-on-line.ts` in the guest scripts of pages (`src/build/guest-bundle.ts`). Those
 * two remember what they took apart, for the sake of a million exchanges; a page sends a handful, and its reader would wait
 * longer for their bytes than they save. The answers are the same, written anew each time.
 */

export class PreparedWires {
  find(): PreparedWire | null {
    return null;
  }
}

export const prepareWire = (): PreparedWire | null => null;

export function playPrepared(): PlayedWire {
  throw new Error('Nothing is prepared here.');
}

export const passedOnLine = (text: string, { volatile, passedOnLog }: Profile, context: VolatileContext): string =>
  replaceVolatile(fillPlaceholders(text, volatile, context), 'access', passedOnLog, context);
