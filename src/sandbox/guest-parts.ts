import type * as realTime from '../gateway/real-clock.ts';
import type * as cors from '../network/cors.ts';
import type * as decode from '../network/decode.ts';
import type * as pageFetch from '../network/page-fetch.ts';
import type * as rareFetch from '../network/rare-fetch.ts';
import type * as xhr from '../network/xhr.ts';
import type * as imports from './link-imports.ts';
import type { GuestPartName } from './part-texts.ts';
import type * as subtle from './subtle.ts';

/**
 * Code that few programs need. Each part is built as a script of its own (`src/build/guest-parts.ts`), chosen on the page
 * (`src/playground/parts.ts`), handed to the guest as text and imported there. Having a part that a program does not use
 * must change nothing: under Node all parts are there.
 */
export interface GuestParts extends Readonly<Record<GuestPartName, object>> {
  /** What a browser enforces when the program's page has another origin than the API. */
  readonly cors: Pick<typeof cors, 'createPolicy'>;
  /** Undoes Content-Encoding. */
  readonly decode: Pick<typeof decode, 'createDecode'>;
  /** Ties imports to the client libraries. */
  readonly imports: Pick<typeof imports, 'linkImports'>;
  /** Sends requests through the page, on the port of the same name. */
  readonly pageFetch: Pick<typeof pageFetch, 'playThroughPage'>;
  /** Time as long as in life, or ten times as fast. */
  readonly realTime: Pick<typeof realTime, 'RealClock'>;
  /** `crypto.subtle`. */
  readonly subtle: Pick<typeof subtle, 'installSubtle'>;
  /** What few programs do with `fetch`. */
  readonly rareFetch: Pick<typeof rareFetch, 'extendFetch'>;
  /** `XMLHttpRequest`. */
  readonly xhr: Pick<typeof xhr, 'createXMLHttpRequest'>;
}
