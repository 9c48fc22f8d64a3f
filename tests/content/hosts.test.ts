import { expect, test } from 'vitest';
import { foreignHosts } from './hosts.ts';
import { pageSources } from './page-sources.ts';

test('samples name only hosts that are reserved for samples', () => {
  const foreign = pageSources().flatMap(({ file, fences }) =>
    fences.flatMap(({ code, lang, line }) => foreignHosts(code, lang).map((host) => `${file}:${line}: ${host}`)),
  );
  expect(foreign, 'write *.example.com, *.test, or an address such as 192.0.2.10').toEqual([]);
});

test('a host that belongs to somebody is found', () => {
  expect(foreignHosts('curl -sS https://api.shop.com/orders', 'sh')).toEqual(['api.shop.com']);
  expect(foreignHosts('dig +short shop.io @8.8.8.8', 'sh')).toEqual(['8.8.8.8', 'shop.io']);
  expect(foreignHosts("await fetch('http://shop.dev:8080/');", 'js')).toEqual(['shop.dev']);
});

test('reserved and private hosts pass', () => {
  const code =
    'curl --resolve api.example.com:443:203.0.113.7 -o body.json https://api.example.com/ http://app:8000 "$URL"';
  expect(foreignHosts(code, 'sh')).toEqual([]);
  expect(foreignHosts('server 10.0.0.5:8000;\nproxy_pass http://orders.test;\nset $v 1.2.3;', 'nginx')).toEqual([]);
});
