import { describe, expect, test } from 'vitest';
import { FIRST, cleared, leftSteps, stepOf, ticked, withIncident, withStep } from './incident.ts';
import { formatIncidents, incidentFrom, parseIncidents } from './stored.ts';

const AT = Date.UTC(2026, 10, 22, 3, 12, 45);
const worked = withStep(
  withStep(FIRST, 'ask-again', [], { ...ticked(true, AT), note: 'three of five' }),
  'gateway-log',
  [],
  { seen: { id: 'connection-refused', words: 'Connection refused', at: AT + 1000 } },
);
const kept = (...incidents: Parameters<typeof formatIncidents>[0]) => parseIncidents(formatIncidents(incidents));

describe('an incident', () => {
  test('comes back from storage as it went in', () => {
    expect(kept(worked, { ...FIRST, id: 'b', name: 'The other', values: { host: 'shop.test' } })).toEqual([
      worked,
      { id: 'b', name: 'The other', values: { host: 'shop.test' }, steps: {} },
    ]);
  });

  test('keeps the time of a tick, and forgets it with the tick', () => {
    expect(stepOf(worked, 'ask-again')).toMatchObject({ ticked: true, at: AT });
    const again = withStep(worked, 'ask-again', [], ticked(false, AT + 5000));
    expect(stepOf(again, 'ask-again')).toMatchObject({ ticked: false, at: null, note: 'three of five' });
  });

  test('when it is cleared, keeps its name and its values', () => {
    const named = { ...worked, name: 'Night', values: { host: 'shop.test' } };
    expect(cleared(named)).toEqual({ id: 'first', name: 'Night', values: { host: 'shop.test' }, steps: {} });
  });

  test('takes the place of the one with its id, or comes last', () => {
    const other = { ...FIRST, id: 'b' };
    expect(withIncident([FIRST, other], worked)).toEqual([worked, other]);
    expect(withIncident([FIRST], other)).toEqual([FIRST, other]);
  });
});

describe('a new edition of the list', () => {
  const [incident = FIRST] = kept(worked);

  test('with its steps in another order finds what is known of each under its id', () => {
    const order = ['gateway-log', 'ask-again'];
    expect(order.map((id) => stepOf(incident, id).ticked)).toEqual([false, true]);
  });

  test('with a step more has nothing known of it', () => {
    expect(stepOf(incident, 'a-new-step')).toEqual({ ticked: false, at: null, note: '', seen: null });
    expect(stepOf(incident, 'constructor')).toEqual({ ticked: false, at: null, note: '', seen: null });
  });

  test('without a step still has what was known of it', () => {
    const later = withStep(incident, 'gateway-log', [], ticked(true, AT));
    expect(leftSteps(later, ['gateway-log'])).toEqual([['ask-again', stepOf(incident, 'ask-again')]]);
    expect(leftSteps(withStep(incident, 'untouched', [], {}), ['ask-again', 'gateway-log'])).toEqual([]);
  });

  test('with a step renamed finds it under its earlier id', () => {
    expect(stepOf(incident, 'ask-five-times', ['ask-again'])).toMatchObject({ ticked: true, note: 'three of five' });
  });

  test('with a step renamed leaves it to older copies of the page, and does not take it back from there', () => {
    const off = withStep(incident, 'ask-five-times', ['ask-again'], ticked(false, AT));
    expect(stepOf(off, 'ask-five-times', ['ask-again'])).toMatchObject({ ticked: false, note: 'three of five' });
    expect(stepOf(off, 'ask-again').ticked).toBe(true);
  });
});

describe('what the storage holds', () => {
  test('in the first format is ticks without a time', () => {
    const [read = worked] = parseIncidents('{"format":1,"done":["ask-again",3,null,"gateway-log"]}');
    expect(Object.keys(read.steps)).toEqual(['ask-again', 'gateway-log']);
    expect(stepOf(read, 'ask-again')).toMatchObject({ ticked: true, at: null });
  });

  test.each([null, '', 'null', '[]', '{"done":7}', '{"done":', '"done"', '{"incidents":[]}', '{"incidents":[7,{}]}'])(
    'when it is %j is one incident with nothing done',
    (text) => {
      expect(parseIncidents(text)).toEqual([FIRST]);
    },
  );

  test('loses what is not ours, and keeps the rest', () => {
    expect(
      incidentFrom({
        id: 'a',
        name: 'Night',
        values: { host: 'shop.test', port: 80 },
        steps: {
          one: { ticked: 'yes', at: 1e99, note: 4, seen: { id: 'x' } },
          two: 7,
          three: { ticked: true, at: AT },
        },
        more: 1,
      }),
    ).toEqual({
      id: 'a',
      name: 'Night',
      values: { host: 'shop.test' },
      steps: {
        one: { ticked: false, at: null, note: '', seen: null },
        three: { ticked: true, at: AT, note: '', seen: null },
      },
    });
  });
});
