import type { ExchangeRequest, Header, WireEvent } from '../gateway/exchange.ts';
import type { ResponseHead } from '../gateway/http-message.ts';

/**
 * What a guest and the page say to each other when requests go through the page, so that they show in the browser's
 * developer tools. The guest simulates as always and tells what is on the wire; the page sends a real request, lets its
 * service worker answer it with just that, and reports what came.
 */

/** Guest to page. */
export type PageFetchOrder =
  | {
      readonly kind: 'send';
      /** Number of the exchange within the run, from 1. */
      readonly id: number;
      readonly request: ExchangeRequest;
      /** What travels on the client's connection. */
      readonly wire: readonly WireEvent[];
    }
  /** The program aborted the request, or has ended. */
  | { readonly kind: 'stop'; readonly id: number };

/** Page to guest, in the order in which a client hears it. */
export type PageFetchNews =
  | { readonly kind: 'head'; readonly id: number; readonly head: ResponseHead }
  | { readonly kind: 'body'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' | 'fail' | 'silence'; readonly id: number };

/** More requests than a guest lets its program send. */
const MAX_ID = 10_000;

/** Is this an order that a guest may give? The reader's program runs beside the guest, so the page looks at each. */
export function isPageFetchOrder(value: unknown): value is PageFetchOrder {
  if (!isRecord(value)) return false;
  const { kind, id, request, wire } = value;
  if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > MAX_ID) return false;
  if (kind === 'stop') return true;
  return kind === 'send' && isRequest(request) && Array.isArray(wire) && wire.every(isWireEvent);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isHeader = (value: unknown): value is Header =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string');

function isRequest(value: unknown): value is ExchangeRequest {
  if (!isRecord(value)) return false;
  const { method, url, headers, body } = value;
  const areTexts = [method, url, body].every((text) => typeof text === 'string');
  return areTexts && Array.isArray(headers) && headers.every(isHeader);
}

const isWireEvent = (value: unknown): value is WireEvent =>
  isRecord(value) &&
  typeof value['at'] === 'number' &&
  typeof value['kind'] === 'string' &&
  (value['kind'] !== 'bytes' || typeof value['bytes'] === 'string');
