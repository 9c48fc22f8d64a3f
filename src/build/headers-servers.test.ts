import { describe, expect, test } from 'vitest';
import { headerTable, type HeaderRule } from './headers.ts';
import { caddyConfiguration } from './headers-caddy.ts';
import { nginxConfiguration } from './headers-nginx.ts';

const RULES: readonly HeaderRule[] = [
  { path: '/*', fields: [['X-Everywhere', 'yes']] },
  { path: '/', fields: [['Cache-Control', 'no-cache']] },
  { path: '/404.html', fields: [['Cache-Control', 'no-store']] },
  { path: '/a.b/*', fields: [['Cache-Control', 'say "max"']] },
];
const PLACE = { root: '/srv/my site', port: 8080 };

test('what differs by address is told from what is the same everywhere', () => {
  const { same, varying } = headerTable(RULES);
  expect(same).toEqual([['X-Everywhere', 'yes']]);
  expect(varying).toHaveLength(1);
  expect(varying[0]).toMatchObject({ name: 'Cache-Control', otherwise: 'no-store' });
});

// That nginx and Caddy understand what is written, and send it, is tested with nginx and Caddy (tests/e2e/security.spec.ts).
describe.each([
  ['nginx', nginxConfiguration, '~^/a\\.b/ "say \\"max\\"";', '$'],
  ['Caddy', caddyConfiguration, '~^/a\\.b/ "say \\"max\\""', '{'],
])('the configuration of %s', (_, write, row, special) => {
  test('escapes addresses, quotes and the name of the folder', () => {
    const text = write(RULES, PLACE);
    expect(text).toContain(row);
    expect(text).toContain('"/srv/my site"');
  });

  test('refuses what the server would read as a variable', () => {
    const rules: HeaderRule[] = [{ path: '/*', fields: [['X-Price', `${special}price}`]] }];
    expect(() => write(rules, PLACE)).toThrow('cannot be given');
  });
});
