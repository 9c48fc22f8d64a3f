import { toBytes } from '../gateway/http-message.ts';

/** Bytes (latin1 text, one char per byte) as the text that they are in UTF-8; null when they are none. */
export function utf8Text(latin1: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(toBytes(latin1));
  } catch {
    return null;
  }
}

/** Bytes (latin1 text) as base64. */
export const base64 = (latin1: string): string => btoa(latin1);

/** Whether bytes are text that a person can read: UTF-8 without control characters but tab and line ends. */
export function isReadable(latin1: string): boolean {
  return utf8Text(latin1) !== null && !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(latin1);
}
