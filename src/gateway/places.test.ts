import { describe, expect, it } from 'vitest';
import { maskPlaces, placeOf, serverAddress, type Places } from './places.ts';

const PLACES: Places = {
  addresses: ['127.0.0.1:2001', '127.0.0.1:20015'],
  socket: '/tmp/lab-1/missing.sock',
  folder: '/tmp/lab-1',
};

describe('the places of a recording', () => {
  it('are masked whole: no address inside a longer one, no folder inside the socket’s path', () => {
    expect(maskPlaces('127.0.0.1:2001, 127.0.0.1:20015; unix:/tmp/lab-1/missing.sock in /tmp/lab-1/www', PLACES)).toBe(
      '{{upstream-address}}, {{upstream-address-2}}; unix:{{upstream-socket}} in {{folder}}/www',
    );
  });

  it('are found again by the name of their placeholder', () => {
    for (const name of ['upstream-address', 'upstream-address-2', 'upstream-socket', 'folder']) {
      expect(maskPlaces(placeOf(name, PLACES) ?? '', PLACES)).toBe(`{{${name}}}`);
    }
    expect(placeOf('date', PLACES)).toBeNull();
  });
});

describe('the second server of a route', () => {
  it.each([
    ['10.0.0.12:8080', '10.0.0.13:8080'],
    ['127.0.0.1:8081', '127.0.0.1:8082'],
    ['orders.test:80', 'orders.test:81'],
  ])('of %s is %s', (first, second) => {
    expect(serverAddress(first, 0)).toBe(first);
    expect(serverAddress(first, 1)).toBe(second);
  });
});
