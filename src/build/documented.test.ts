import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentedAnswer } from '../gateway/documented/documented-answer.ts';
import { FAULTS } from '../gateway/faults/index.ts';
import { DOCUMENTED_GATEWAY_IDS } from '../gateway/ids.ts';
import { documentedGatewayIds, documentedSetFor, parseDocumentedSet } from './documented.ts';

const MINIMAL = `format: 1
gateway: kong
name: Kong
reviewed: 2026-11-21
sources:
  page: { name: The page, url: 'https://docs.example.com/errors' }
variants:
  - { id: current, name: Kong }
log:
  fields: {}
answers:
  - faults: [connect-refused]
    says: A refused connection is a 502.
    source: page
    answer: { kind: own, status: 502, reason: Bad Gateway, bodyIs: exact }
`;

describe('the files of the documented gateways', () => {
  it('are there for every gateway that cannot be recorded', () => {
    expect(documentedGatewayIds()).toEqual([...DOCUMENTED_GATEWAY_IDS].sort());
  });

  it.each(DOCUMENTED_GATEWAY_IDS)('%s is well-formed and says what happens to a healthy answer', (id) => {
    const set = documentedSetFor(id);
    expect(set.answers.flatMap(({ faults }) => faults)).toEqual(
      expect.arrayContaining(['ok', 'connect-refused', 'read-timeout']),
    );
  });

  it('name the file, the line and the fix of a mistake', () => {
    const parse = (text: string): unknown => parseDocumentedSet(text, 'content/documented/kong.yaml', 'kong');
    expect(() => parse(MINIMAL.replace('source: page', 'source: pgae'))).toThrow(
      'sources has no entry "pgae"; its entries are page',
    );
    expect(() => parse(MINIMAL.replace('kind: own', 'kind: mine'))).toThrow(
      'content/documented/kong.yaml:15: answers.0.answer.kind: kind must be own, passes or client-left',
    );
    expect(() => parse(MINIMAL.replace('connect-refused', 'connect-refusd'))).toThrow(
      'There is no fault "connect-refusd"; the nearest are connect-refused',
    );
    expect(() => parse(MINIMAL.replace('gateway: kong', 'gateway: kongo'))).toThrow('gateway: must be one of aws-alb,');
    expect(() => parse(MINIMAL.replace('gateway: kong', 'gateway: heroku'))).toThrow('the file is named kong.yaml');
  });
});

describe('every fault through every documented gateway', () => {
  it('gives a documented exchange or says that none is documented, the same every time', () => {
    const sets = DOCUMENTED_GATEWAY_IDS.map(documentedSetFor);
    const questions = sets.flatMap((set) =>
      set.variants.flatMap(({ id }) => FAULTS.map((fault) => ({ set, variant: id, fault }))),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...questions),
        fc.record({
          id: fc.integer({ min: 1, max: 10_000 }),
          at: fc.integer({ min: 0, max: 1e9 }),
          method: fc.constantFrom('GET', 'POST', 'HEAD'),
        }),
        fc.nat(500),
        ({ set, variant, fault }, { id, at, method }, delay) => {
          const context = {
            id,
            at,
            request: { method, url: 'https://api.example.com/orders/42?full=1', headers: [], body: '' },
            upstream: '10.0.0.12:8080',
            network: { client: delay, upstream: delay },
            response: null,
            variant,
            timeouts: { connectMs: 60_000, readMs: 60_000, sendMs: 60_000 },
          };
          const result = documentedAnswer(set, fault, context);
          expect(documentedAnswer(set, fault, context)).toEqual(result);
          if (result.kind === 'not-documented') {
            expect(result.why.length).toBeGreaterThan(20);
            return;
          }
          const { client, wire, log, gateway } = result.exchange;
          expect(gateway.provenance.kind).toBe('documented');
          expect(client.status === null).toBe(wire.length === 0);
          expect(client.elapsedMs).toBeGreaterThanOrEqual(0);
          expect(wire.map((event) => event.at)).toEqual(wire.map((event) => event.at).toSorted((a, b) => a - b));
          expect([...log.access, ...log.error].join('\n')).not.toMatch(/\{\{|undefined|NaN/);
          expect(log.access).toHaveLength(1);
        },
      ),
      { numRuns: 4000, seed: 502 },
    );
  });
});
