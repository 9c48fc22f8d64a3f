import { stringify } from 'yaml';
import { fromWireMock } from '../../gateway/wiremock/from-wiremock.ts';
import { openBundle } from '../share-link.ts';
import type { Share } from '../share.ts';

/** Longest file that is read, in characters; a bundle may hold a long program. */
export const MOST_TEXT = 1_000_000;

/** What a file turned out to be. */
export type Imported =
  | { readonly kind: 'scenario'; readonly text: string; readonly from: string }
  | { readonly kind: 'share'; readonly share: Share }
  | { readonly kind: 'refused'; readonly sentence: string };

/**
 * Takes a file that a reader hands over: a scenario in YAML or JSON, WireMock's stub mappings, or a playground that was
 * saved here. A scenario may still have mistakes; the editor tells them.
 * @param name of the file, for messages
 */
export function importFile(name: string, text: string): Imported {
  const refused = (why: string): Imported => ({ kind: 'refused', sentence: `${name} was not imported: ${why}` });
  if (text.length > MOST_TEXT) return refused('it is longer than a megabyte.');
  if (text.includes('\0')) return refused('it is no text.');
  if (text.trim() === '') return refused('it is empty.');
  const data = jsonIn(text);
  if (data === undefined) {
    if (/^(?:format|title|gateway|routes)\s*:/m.test(text)) return { kind: 'scenario', text, from: name };
    return refused(
      'it is neither a scenario in YAML or JSON, nor WireMock stub mappings, nor a playground saved here.',
    );
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return refused('its JSON is no object.');
  const bundle = openBundle(data);
  if (bundle) return bundle.ok ? { kind: 'share', share: bundle.share } : refused(bundle.sentence);
  if ('mappings' in data || ('request' in data && 'response' in data)) {
    const made = fromWireMock(data);
    if (made.kind === 'lossy') {
      const [first = '', ...more] = made.reasons;
      const others = more.length > 0 ? ` (and ${more.length} more like it)` : '';
      return refused(`something of these stub mappings would be lost. ${first}${others}`);
    }
    return { kind: 'scenario', text: stringify(made.scenario, { lineWidth: 0 }), from: name };
  }
  if ('routes' in data || 'gateway' in data)
    return { kind: 'scenario', text: stringify(data, { lineWidth: 0 }), from: name };
  return refused('its JSON is neither a scenario, nor WireMock stub mappings, nor a playground saved here.');
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
