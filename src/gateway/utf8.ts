import { toBytes } from './http-message.ts';

/** Bytes (as latin1 text) as the text that they are in UTF-8; null when they are none. */
export function utf8(latin1: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toBytes(latin1));
  } catch {
    return null;
  }
}
