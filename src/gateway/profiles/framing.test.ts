import { describe, expect, it } from 'vitest';
import type { Header } from '../exchange.ts';
import { framingOf, withoutFraming } from './framing.ts';

const head = (headers: readonly Header[], status = 200) => ({ version: 'HTTP/1.1', status, reason: 'OK', headers });
const LENGTH: Header = ['Content-Length', '5'];
const CHUNKED: Header = ['Transfer-Encoding', 'chunked'];
const TYPE: Header = ['Content-Type', 'text/plain'];

describe('the framing of a response', () => {
  it('is what ends its body', () => {
    expect(framingOf(head([LENGTH]))).toBe('length');
    expect(framingOf(head([LENGTH, CHUNKED]))).toBe('chunked');
    expect(framingOf(head([TYPE]))).toBe('close');
    expect(framingOf(head([LENGTH], 204))).toBe('none');
  });

  it('is taken off, but for a length that counts', () => {
    expect(withoutFraming(head([TYPE, LENGTH]))).toEqual([TYPE, LENGTH]);
    expect(withoutFraming(head([TYPE, LENGTH, CHUNKED]))).toEqual([TYPE]);
    expect(withoutFraming(head([TYPE, LENGTH], 204))).toEqual([TYPE]);
    expect(withoutFraming(head([TYPE, LENGTH], 304))).toEqual([TYPE, LENGTH]);
  });
});
