import { packText, unpackText } from '../../schema/packed-text.ts';

const MARK = '#doctor=1.';
const MOST_BYTES = 400_000;

/** The longest address that chat programs, mail and servers' logs pass on whole, in characters. */
export const LONGEST_LINK = 8000;

export type OpenedEvidence =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly sentence: string };

/** Whether an address carries evidence. */
export const carriesEvidence = (hash: string): boolean => hash.startsWith('#doctor=');

/** The URL hash that carries a redacted text. Browsers never send it to a server. */
export const evidenceHash = async (redacted: string): Promise<string> => MARK + (await packText(redacted));

/** Reads the text from a hash. A link that cannot be read comes back as a sentence; nothing throws. */
export async function openEvidence(hash: string): Promise<OpenedEvidence> {
  const [, version = '', packed = ''] = /^#doctor=(\d+)\.([\w-]+)$/.exec(hash) ?? [];
  if (Number(version) > 1)
    return { ok: false, sentence: 'This link was made by a newer version of this site. Reload, then open it again.' };
  try {
    if (packed === '') throw new RangeError('Nothing is in the link.');
    return { ok: true, text: await unpackText(packed, MOST_BYTES) };
  } catch {
    return { ok: false, sentence: 'The evidence in this link is damaged, perhaps because the link was cut.' };
  }
}
