/** A message to the reader above the code. */
export type Notice =
  | { readonly kind: 'draft' }
  /** The reader's own draft is not what is shown, and can be had back. @see drafts-aside.ts */
  | { readonly kind: 'aside' }
  /** The code came with a link or a file. @see store-sharing.ts */
  | { readonly kind: 'link'; readonly from: 'link' | 'file'; readonly title: string }
  | {
      readonly kind: 'problem';
      readonly sentence: string;
      readonly link?: { readonly text: string; readonly href: string };
    }
  /** Something was done, or could not be done; a button does what helps. */
  | { readonly kind: 'offer'; readonly sentence: string; readonly action: string; readonly act: () => void }
  /** Something large is on its way; both in bytes. */
  | { readonly kind: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  /** A text for the reader to copy by hand, because the clipboard refused it. */
  | { readonly kind: 'copy'; readonly label: string; readonly text: string };
