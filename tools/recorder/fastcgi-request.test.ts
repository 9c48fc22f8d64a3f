import { expect, it } from 'vitest';
import { fastCgiRequest } from './fastcgi-request.ts';

it('frames a request as FastCGI records: begin, parameters, and the ends of both streams', () => {
  expect(fastCgiRequest({ AB: 'c' }).toString('hex')).toBe(
    // version, type, request id, length, padding, reserved; then the content
    [
      '0101000100080000' + '0001000000000000',
      '0104000100050000' + '0201' + '414263',
      '0104000100000000',
      '0105000100000000',
    ].join(''),
  );
});

it('refuses a value whose length needs more than one byte', () => {
  expect(() => fastCgiRequest({ SCRIPT_FILENAME: 'x'.repeat(128) })).toThrow('SCRIPT_FILENAME is too long');
});
