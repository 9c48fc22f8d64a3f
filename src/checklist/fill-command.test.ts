import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fillCommand, fillEdits } from './fill-command.ts';

const fill = (command: string, value: string, placeholder = '/orders/42') =>
  fillCommand(command, [{ placeholder, value }]);

describe('a value in a command', () => {
  test.each([
    ['curl https://api.example.com/orders/42', '/a', 'curl https://api.example.com/a'],
    ['curl https://api.example.com/orders/42', '/a?b=1&c=2', "curl https://api.example.com'/a?b=1&c=2'"],
    ['curl "https://api.example.com/orders/42"', '/a?b=$HOME', String.raw`curl "https://api.example.com/a?b=\$HOME"`],
    ["curl 'https://api.example.com/orders/42'", "/it's", String.raw`curl 'https://api.example.com/it'\''s'`],
    ['curl "$(echo /orders/42)"', '/a;b', `curl "$(echo '/a;b')"`],
    ['# ask /orders/42', '/a b', '# ask /a b'],
    ['echo "a\\"/orders/42"', '/x y', 'echo "a\\"/x y"'],
  ])('%s with %s is quoted for its place', (command, value, expected) => {
    expect(fill(command, value)).toBe(expected);
  });

  test('goes in wherever its placeholder stands as a whole word', () => {
    const command = "ss -ltn | grep ':8080\\b'; curl http://10.0.0.12:8080/ http://10.0.0.12:18080/ x-8080 8080.5";
    expect(fill(command, '9000', '8080')).toBe(command.replaceAll(':8080', ':9000'));
    expect(fill('my-api.example.com api.example.com.test api.example.com', 'shop.test', 'api.example.com')).toBe(
      'my-api.example.com api.example.com.test shop.test',
    );
  });

  test('is not filled again where it looks like another placeholder', () => {
    const fillings = [
      { placeholder: 'api.example.com', value: '10.0.0.12' },
      { placeholder: '10.0.0.12', value: 'upstream.test' },
    ];
    expect(fillCommand('curl api.example.com 10.0.0.12', fillings)).toBe('curl 10.0.0.12 upstream.test');
  });

  test('that is the placeholder itself changes nothing', () => {
    expect(fillEdits('curl /orders/42', [{ placeholder: '/orders/42', value: '/orders/42' }])).toEqual([]);
  });

  const places = [
    ['none', 'printf %s p@@'],
    ['single', "printf %s 'p@@'"],
    ['double', 'printf %s "p@@"'],
    ['ansi', "printf %s $'p@@'"],
    ['substitution', 'printf %s "$(printf %s "p@@")"'],
    ['loop', 'for path in p@@; do printf %s "$path"; done # @@'],
  ] as const;
  const anything = fc.oneof(
    fc.stringMatching(/^\/[!-~ ]{0,40}$/),
    fc.constantFrom("/'", '/"', '/$(touch x)', '/`id`', '/\\', '/a\\\\b', "/'$(id)'", '/!!', '/;exit 3', '/*?[a]'),
  );
  test.each(places)('reaches the program as it was written, whatever it holds: %s', (_, command) => {
    fc.assert(
      fc.property(anything, (value) => {
        const script = fill(command.replaceAll('@@', '/orders/42'), value);
        expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' }), script).toBe(`p${value}`);
      }),
      { numRuns: 60 },
    );
  });
});
