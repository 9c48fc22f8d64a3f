import corsUrl from 'virtual:part/cors';
import decodeUrl from 'virtual:part/decode';
import xhrUrl from 'virtual:part/xhr';
import type { GatewayKit } from '../gateway/kit.ts';
import type { PartName, PartTexts } from '../sandbox/guest-parts.ts';
import { isOnAnotherOrigin, mayBeEncoded } from '../network/needs.ts';
import type { Scenario } from '../schema/scenario.ts';

/** What a run is about to do; the parts are chosen by it. */
export interface Need {
  /** The reader's program. */
  readonly code: string;
  readonly scenario: Scenario;
  readonly kit: GatewayKit;
  /** The requests go through the page, so that they show in the browser's developer tools. */
  readonly inDevtools?: boolean;
}

interface Part {
  readonly url: string;
  readonly needed: (need: Need) => boolean;
  /** Says what could not be loaded, e.g. `The code for XMLHttpRequest`. */
  readonly title: string;
}

const PARTS: Readonly<Record<PartName, Part>> = {
  cors: { url: corsUrl, title: 'CORS', needed: ({ scenario }) => isOnAnotherOrigin(scenario) },
  decode: { url: decodeUrl, title: 'compressed responses', needed: ({ kit }) => mayBeEncoded(kit) },
  xhr: { url: xhrUrl, title: 'XMLHttpRequest', needed: ({ code }) => code.includes('XMLHttpRequest') },
};

/** The parts that a program needs. Throws a sentence when one cannot be had. */
export async function partsFor(need: Need): Promise<PartTexts> {
  const wanted = (Object.keys(PARTS) as PartName[]).filter((name) => PARTS[name].needed(need));
  const texts = await Promise.all(wanted.map((name) => textOf(PARTS[name])));
  return Object.fromEntries(wanted.map((name, index) => [name, texts[index]]));
}

const known = new Map<string, string>();

async function textOf({ url, title }: Part): Promise<string> {
  const before = known.get(url);
  if (before !== undefined) return before;
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) {
    throw new Error(`The code for ${title} could not be loaded. Check your connection and press Run again.`);
  }
  const text = await response.text();
  known.set(url, text);
  return text;
}
