import { describe, expect, it } from 'vitest';
import { practicedLists, practicesFor } from './practice.ts';
import { practiceChoice, recordedIncident } from './practice-data.ts';

/** What the pages fetch of the incidents in content/practice. */
const recorded = practicedLists().flatMap((list) => practicesFor(list));

it('there is something to practice on', () => {
  expect(recorded).not.toEqual([]);
});

describe.each(practicedLists())('the choice of %s', (list) => {
  const { incidents, causes } = practiceChoice(list);

  it('tells what was reported, and nothing of the cause', () => {
    expect(incidents.map(({ incident }) => incident)).toEqual(practicesFor(list).map(({ incident }) => incident));
    for (const { cause } of practicesFor(list)) expect(JSON.stringify(incidents)).not.toContain(cause);
    for (const { title, story } of incidents)
      for (const cause of causes) expect(`${title} ${story}`.toLowerCase()).not.toContain(cause.title.toLowerCase());
  });

  it('offers every cause that its incidents have', () => {
    const offered = causes.map(({ id }) => id);
    for (const { cause } of practicesFor(list)) expect(offered).toContain(cause);
    for (const { checklist } of causes) expect(checklist).toMatch(/^\/checklists\/[a-z0-9-]+\/$/);
  });
});

describe.each(recorded.map((practice) => ({ practice, name: `${practice.list}/${practice.incident}` })))(
  '$name',
  ({ practice }) => {
    const data = recordedIncident(practice);

    it('carries every step as it was recorded', () => {
      for (const [id, step] of Object.entries(practice.steps)) {
        expect(data.steps[id]?.output).toBe(step.output);
        if (step.output === null) expect(data.steps[id]?.why).toMatch(/\.$/);
      }
      expect(data.recordedWith).toBe(`nginx ${practice.version}`);
    });

    it('names lines of the deciding output only', () => {
      const lines = (practice.steps[practice.deciding]?.output ?? '').split('\n');
      for (const line of data.proof) expect(lines[line]?.trim()).toBeTruthy();
    });
  },
);

it('marks the line of a log that proves a refused connection', () => {
  const practice = recorded.find(({ cause, deciding }) => cause === 'upstream-refused' && deciding === 'gateway-log');
  if (!practice) throw new Error('content/practice has no incident in which nobody listens.');
  const { proof, steps } = recordedIncident(practice);
  const lines = (steps['gateway-log']?.output ?? '').split('\n');
  expect(proof.length).toBeGreaterThan(0);
  for (const line of proof) expect(lines[line]).toContain('Connection refused');
});
