/** What the page and the frame that sends its requests say to each other. Both are of this site; the port is theirs alone. */

/** Page to frame: once as a window message, with the control port. */
export interface FrameGreeting {
  readonly kind: 'open-devtools-frame';
}

/** Page to frame, on the control port. `run` brings the port of a guest. */
export type FrameOrder =
  | { readonly kind: 'run'; readonly run: number }
  /** The run is over, or was stopped. */
  | { readonly kind: 'end'; readonly run: number }
  | { readonly kind: 'close' };

/** Frame to page, on the control port. */
export type FrameReport =
  | { readonly kind: 'ready' }
  /** The service worker did not start. `reason` is the browser's. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** A request was not answered by the service worker but left alone. */
  | { readonly kind: 'bypassed'; readonly run: number }
  | { readonly kind: 'closed' };
