import { describe, expect, it } from 'vitest';
import { parseScenario } from './scenarios.ts';

const WELL_FORMED = `format: 1
title: The API restarts
summary: A deploy replaces the process while clients call it.
gateway: { id: nginx, readTimeout: 5s }
routes:
  - match: GET /orders/42
    fault: close-after-request
`;

describe('a scenario file', () => {
  it('comes out with every default filled in and durations in ms', () => {
    const scenario = parseScenario(WELL_FORMED, 'x.yaml');
    expect(scenario.gateway).toMatchObject({ readTimeout: 5000, connectTimeout: 60_000 });
    expect(scenario.routes[0]?.response).toMatchObject({ status: 200, delay: 20 });
  });

  it.each([
    [
      'a bare number for a duration',
      WELL_FORMED.replace('5s', '5'),
      /x\.yaml:4: gateway\.readTimeout: .*unit, such as 250ms/,
    ],
    [
      'a duration without a unit',
      WELL_FORMED.replace('5s', '"5"'),
      /x\.yaml:4: gateway\.readTimeout: "5" is not a duration/,
    ],
    [
      'a match without a method',
      WELL_FORMED.replace('GET /orders/42', '/orders'),
      /x\.yaml:6: routes\.0\.match: must be a method/,
    ],
    [
      'an unknown key',
      WELL_FORMED.replace('fault:', 'fualt:'),
      /x\.yaml:7: There is no field .fualt. here\. Did you mean fault/,
    ],
    ['a future format', WELL_FORMED.replace('format: 1', 'format: 9'), /x\.yaml:1: format: must be 1/],
    ['broken YAML', WELL_FORMED.replace('nginx, ', 'nginx, ]'), /x\.yaml:4: /],
  ])('with %s names file, line and fix', (_, source, message) => {
    expect(() => parseScenario(source, 'x.yaml')).toThrow(message);
  });
});
