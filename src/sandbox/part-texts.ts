/** Names of the parts that a guest imports; `guest-parts.ts` says what each of them holds. */
export type GuestPartName = 'cors' | 'decode' | 'imports' | 'pageFetch' | 'rareFetch' | 'realTime' | 'subtle' | 'xhr';

/** `subtleServer` is a script of the frame's document, which answers the guest's part `subtle`. */
export type PartName = GuestPartName | 'subtleServer';

/** The texts of the parts that a run needs. */
export type PartTexts = Readonly<Partial<Record<PartName, string>>>;

/** Ports that the page gives to a run, each for the part that talks on it. */
export interface GuestPorts {
  /** Sends requests through the page, so that they show in the browser's developer tools. */
  readonly pageFetch?: MessagePort;
  /** Leads to the frame's document, which has `crypto.subtle`. */
  readonly subtle?: MessagePort;
  /** Leads to the reader, whom Python programs may ask for input. */
  readonly keyboard?: MessagePort;
}
