import corsUrl from 'virtual:part/cors';
import decodeUrl from 'virtual:part/decode';
import importsUrl from 'virtual:part/imports';
import pageFetchUrl from 'virtual:part/pageFetch';
import realTimeUrl from 'virtual:part/realTime';
import subtleUrl from 'virtual:part/subtle';
import subtleServerUrl from 'virtual:part/subtleServer';
import rareFetchUrl from 'virtual:part/rareFetch';
import xhrUrl from 'virtual:part/xhr';
import type { GatewayKit } from '../gateway/kit.ts';
import type { PartName, PartTexts } from '../sandbox/part-texts.ts';
import { asksForRareThings, isOnAnotherOrigin, mayBeEncoded } from '../network/needs.ts';
import type { ProgramImports } from '../sandbox/libraries.ts';
import type { TimeMode } from '../sandbox/protocol.ts';
import type { Scenario } from '../schema/scenario.ts';

/** What a run is about to do; the parts are chosen by it. */
export interface Need {
  /** The reader's program. */
  readonly code: string;
  readonly imports?: ProgramImports | undefined;
  readonly scenario: Scenario;
  readonly kit: GatewayKit;
  readonly time: TimeMode;
  /** The requests go through the page, so that they show in the browser's developer tools. */
  readonly inDevtools?: boolean;
}

interface Part {
  readonly url: string;
  readonly needed: (need: Need) => boolean;
  /** Begins the sentence when it cannot be loaded. */
  readonly title: string;
}

const namesSubtle = ({ code }: Need): boolean => code.includes('subtle');

const PARTS: Readonly<Record<PartName, Part>> = {
  cors: { url: corsUrl, title: 'The code for CORS', needed: ({ scenario }) => isOnAnotherOrigin(scenario) },
  decode: { url: decodeUrl, title: 'The code for compressed responses', needed: ({ kit }) => mayBeEncoded(kit) },
  imports: { url: importsUrl, title: 'The code for imports', needed: ({ imports }) => imports !== undefined },
  pageFetch: {
    url: pageFetchUrl,
    title: 'The code for Show in DevTools',
    needed: ({ inDevtools }) => inDevtools === true,
  },
  realTime: {
    url: realTimeUrl,
    title: 'The code for real time',
    needed: ({ time, inDevtools }) => time !== 'instant' || inDevtools === true,
  },
  subtle: { url: subtleUrl, title: 'The code for crypto.subtle', needed: namesSubtle },
  subtleServer: { url: subtleServerUrl, title: 'The code for crypto.subtle', needed: namesSubtle },
  // What a library asks for, the program does not say.
  rareFetch: {
    url: rareFetchUrl,
    title: 'The code for rare requests',
    needed: ({ code, imports }) => imports !== undefined || asksForRareThings(code),
  },
  // In a browser axios speaks XMLHttpRequest.
  xhr: {
    url: xhrUrl,
    title: 'The code for XMLHttpRequest',
    needed: ({ code, imports }) => code.includes('XMLHttpRequest') || imports?.libraries.axios !== undefined,
  },
};

/** The parts that a program needs. Throws a sentence when one cannot be had. */
export async function partsFor(need: Need): Promise<PartTexts> {
  const wanted = (Object.keys(PARTS) as PartName[]).filter((name) => PARTS[name].needed(need));
  const texts = await Promise.all(wanted.map((name) => scriptText(PARTS[name].url, PARTS[name].title)));
  return Object.fromEntries(wanted.map((name, index) => [name, texts[index]]));
}

const known = new Map<string, string>();

/**
 * The text of a script that the page hands on to the sandbox, fetched once a page. Throws a sentence for readers.
 * @param what names it in that sentence, e.g. `The library ky`
 */
export async function scriptText(url: string, what: string): Promise<string> {
  const before = known.get(url);
  if (before !== undefined) return before;
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) throw new Error(`${what} could not be loaded. Check your connection and press Run again.`);
  const text = await response.text();
  known.set(url, text);
  return text;
}
