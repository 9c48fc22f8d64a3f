/** How calls of `crypto.subtle` travel from the worker, which has none, to the frame's document, which has. */

export const SUBTLE_METHODS = [
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'digest',
  'generateKey',
  'deriveKey',
  'deriveBits',
  'importKey',
  'exportKey',
  'wrapKey',
  'unwrapKey',
] as const;

export type SubtleMethod = (typeof SUBTLE_METHODS)[number];

/** A value on its way. Keys stay in the document; the program holds handles. */
export type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Packed[] }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, Packed])[] }
  | { readonly kind: 'key'; readonly handle: number; readonly facts: KeyFacts | null };

/** What a program may know of a key. */
export interface KeyFacts {
  readonly type: KeyType;
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithm;
  readonly usages: readonly KeyUsage[];
}

export interface SubtleCall {
  readonly id: number;
  readonly method: SubtleMethod;
  readonly values: readonly Packed[];
}

export type SubtleAnswer =
  { readonly id: number; readonly result: Packed } | { readonly id: number; readonly error: SubtleError };

/** `dom`: a DOMException of this name; else one of JavaScript's own errors. */
export interface SubtleError {
  readonly dom: boolean;
  readonly name: string;
  readonly message: string;
}
