import { describe, expect, test } from 'vitest';
import { FIRST, ticked, withStep, type Incident } from './incident.ts';
import { incidentHash, incidentInHash } from './link-text.ts';

const incident: Incident = {
  ...withStep(FIRST, 'ask-again', [], { ...ticked(true, 1_795_000_000_000), note: 'three of five → 502 ½' }),
  values: { host: 'shop.test' },
};

describe('a link', () => {
  test('carries an incident and no more', async () => {
    const hash = await incidentHash('list', incident);
    expect(hash).toMatch(/^#checklist=1\.[\w-]+$/);
    expect(await incidentInHash('list', hash)).toEqual({ ok: true, incident });
  });

  test.each([
    ['cut', async () => (await incidentHash('list', incident)).slice(0, -9), /damaged/],
    ['of another list', () => incidentHash('another', incident), /damaged/],
    ['empty', () => Promise.resolve('#checklist=1.'), /damaged/],
    ['no link', () => Promise.resolve('#checklist=1.AAAA'), /damaged/],
    ['newer', () => Promise.resolve('#checklist=2.AAAA'), /newer version/],
    ['larger than any incident', () => incidentHash('list', { ...incident, name: 'x'.repeat(300_000) }), /damaged/],
  ])('that is %s says so', async (_, hash, why) => {
    const carried = await incidentInHash('list', await hash());
    expect(carried.ok ? '' : carried.why).toMatch(why);
  });
});

test('an incident with everything noted fits a link', async () => {
  let full = incident;
  for (let step = 0; step < 12; step += 1) {
    const note = `upstream ${step * 7919} prematurely closed connection while reading response header, id ${step * 104_729}`;
    full = withStep(full, `step-${step}`, [], { ...ticked(true, 1_795_000_000_000 + step * 61_234), note });
  }
  expect((await incidentHash('list', full)).length).toBeLessThan(2000);
});
