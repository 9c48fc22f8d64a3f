/** Bytes shown before the rest is only counted. */
const SHOWN = 6000;

/** Raw bytes of a connection, made readable. */
export interface VisibleBytes {
  /** Lines with their line ends written out as `\r\n` or `\n`; what is not printable ASCII as `\xNN`. */
  readonly lines: readonly { readonly text: string; readonly end: string }[];
  /** Bytes that were left off at the end. */
  readonly more: number;
}

/**
 * Makes raw bytes readable without hiding one of them.
 * @param bytes latin1 text, one char per byte
 */
export function visibleBytes(bytes: string): VisibleBytes {
  const shown = bytes.slice(0, SHOWN);
  const lines = [...shown.matchAll(/([^\n]*?)(\r?\n|$)/g)]
    .map(([, text = '', end = '']) => ({ text: printable(text), end: end.replace('\r', '\\r').replace('\n', '\\n') }))
    .filter(({ text, end }, index, all) => index < all.length - 1 || text !== '' || end !== '');
  return { lines, more: bytes.length - shown.length };
}

const printable = (text: string): string =>
  text.replace(/[^\t -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
