import { packText, unpackText } from '../schema/packed-text.ts';
import { firstShareFrom, shareFrom, type Share } from './share.ts';

export type OpenedShare =
  { readonly ok: true; readonly share: Share } | { readonly ok: false; readonly sentence: string };

const MARK = '#play=';
/** What a link may inflate to, in bytes: it cannot make the page swell without end. */
const MOST_BYTES = 1_000_000;

/** The longest address that chat programs, mail and servers' logs pass on whole, in characters. */
export const LONGEST_LINK = 8000;

/** The URL hash `#play=2.<base64url(deflate-raw(JSON))>` of a share. It may be longer than {@link LONGEST_LINK} allows. */
export async function shareHash(share: Share): Promise<string> {
  return `${MARK}2.${await packText(JSON.stringify(share))}`;
}

/** Reads a share from a URL's hash. A link that cannot be read comes back as a sentence that says so; nothing throws. */
export async function openShare(hash: string): Promise<OpenedShare> {
  const [, version = '', payload = ''] = /^#play=(\d+)\.([\w-]+)$/.exec(hash) ?? [];
  if (Number(version) > 2) {
    return refused('This link was made by a newer version of this site. Reload the page and open the link again.');
  }
  const read = { 1: firstShareFrom, 2: shareFrom }[version];
  if (!read) return refused(DAMAGED);
  try {
    const share = read(JSON.parse(await unpackText(payload, MOST_BYTES)));
    return share ? { ok: true, share } : refused(DAMAGED);
  } catch {
    return refused(DAMAGED);
  }
}

const DAMAGED = 'The code in this link is damaged, perhaps because the link was cut. Here is the page’s own program.';

const refused = (sentence: string): OpenedShare => ({ ok: false, sentence });

/** Marks a file as a bundle of this site. */
const BUNDLE = 'gateway-lab playground';

/** The same as a file, for what is too long for a link. */
export const bundleText = (share: Share): string =>
  `${JSON.stringify({ format: BUNDLE, version: 2, ...share }, null, 2)}\n`;

/** Reads a bundle; null when the data is none. */
export function openBundle(data: unknown): OpenedShare | null {
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== BUNDLE) return null;
  const version: unknown = 'version' in data ? data.version : null;
  if (typeof version === 'number' && version > 2) {
    return refused('This file was made by a newer version of this site. Reload the page and import it again.');
  }
  const share = shareFrom(data);
  return share ? { ok: true, share } : refused('This file is no playground that was saved here, or it was changed.');
}
