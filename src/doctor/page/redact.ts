import { placeHider } from './hide-places.ts';
import { withoutSecrets, type SecretKind } from './redact-secrets.ts';

/** How many of each kind were taken out of a text, the kinds in the order in which they were met. */
export type Redactions = Readonly<Partial<Record<SecretKind | 'host name' | 'address', number>>>;

export interface Redacted {
  readonly text: string;
  readonly redactions: Redactions;
}

const PIECE = 256 * 1024;

/**
 * The text without its secrets and, when the reader asks for it, without its host names and addresses.
 * @param progress told from 0 to 1 how much is done
 */
export function redact(
  original: string,
  hidePlaces: boolean,
  progress: (done: number) => void = () => undefined,
): Redacted {
  const counts: Partial<Record<SecretKind | 'host name' | 'address', number>> = {};
  const hider = hidePlaces ? placeHider() : null;
  const parts: string[] = [];
  let start = 0;
  while (start < original.length) {
    let end = Math.min(start + PIECE, original.length);
    const lineEnd = original.lastIndexOf('\n', end - 1) + 1;
    if (end < original.length && lineEnd > start) end = lineEnd;
    const safe = withoutSecrets(original.slice(start, end), (kind) => {
      counts[kind] = (counts[kind] ?? 0) + 1;
    });
    parts.push(hider === null ? safe : hider.hide(safe));
    start = end;
    progress(end / original.length);
  }
  if (hider !== null && hider.hosts() > 0) counts['host name'] = hider.hosts();
  if (hider !== null && hider.addresses() > 0) counts.address = hider.addresses();
  return { text: parts.join(''), redactions: counts };
}
