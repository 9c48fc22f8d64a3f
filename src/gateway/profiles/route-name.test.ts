import { expect, it } from 'vitest';
import { routeName } from './route-name.ts';

it.each([
  ['/f/connect-refused/haproxy/raw', 'connect_refused'],
  ['/orders/42?full=1', 'orders'],
  ['/order-items', 'order_items'],
  ['/f', 'f'],
  ['/?q=1', 'root'],
])('names the route of %s %s', (path, name) => {
  expect(routeName(path)).toBe(name);
});
