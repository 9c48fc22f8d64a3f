import { describe, expect, test } from 'vitest';
import { clockText, fullTime } from './clock-text.ts';
import { UNTOUCHED } from './incident.ts';
import { asJson, asMarkdown, type Report } from './report.ts';

const AT = new Date(2026, 10, 22, 3, 12, 45).getTime();
const report: Report = {
  list: 'first-five-minutes',
  title: 'First five minutes',
  address: 'https://lab.example.com/checklists/x/',
  incident: 'Incident 1',
  practice: null,
  values: [],
  steps: [
    { id: 'ask-again', text: 'Ask again', step: { ...UNTOUCHED, ticked: true } },
    { id: 'read-log', text: 'Read the log', step: UNTOUCHED },
  ],
  left: [],
};

describe('as Markdown', () => {
  test('carries the ticks and the address of the list', () => {
    expect(asMarkdown(report)).toBe(
      '## First five minutes\n\n- [x] Ask again\n- [ ] Read the log\n\nhttps://lab.example.com/checklists/x/\n',
    );
  });

  test('says above all when it was practice', () => {
    const practice = 'Practice on an incident recorded with nginx 1.22.1 on 2026-11-22.';
    expect(asMarkdown({ ...report, incident: 'Practice', practice })).toMatch(
      /^## First five minutes: Practice\n\n> Practice on an incident recorded with nginx 1\.22\.1 on 2026-11-22\.\n\n- \[x\]/,
    );
  });

  test('carries times, outcomes and notes under their step, then values and what is left of older editions', () => {
    const seen = { id: 'refused', words: 'Connection\nrefused', at: AT + 1000 };
    const full = asMarkdown({
      ...report,
      incident: 'Night of the 22nd',
      values: [{ id: 'path', label: 'Path', value: '/a`b' }],
      steps: [{ id: 'a', text: 'Ask', step: { ticked: true, at: AT, note: 'three\nof five\n', seen } }],
      left: [{ id: 'old-step', text: 'old-step', step: { ...UNTOUCHED, note: 'kept' } }],
    });
    expect(full.replaceAll(/ [+-]\d\d:\d\d/g, ' +00:00')).toBe(
      [
        '## First five minutes: Night of the 22nd',
        '',
        '- [x] Ask',
        '  - Ticked: 2026-11-22 03:12:45 +00:00',
        '  - Seen 2026-11-22 03:12:46 +00:00: Connection refused',
        '  - Note: three\n    of five',
        '',
        'From an older edition of this list:',
        '',
        '- [ ] old-step',
        '  - Note: kept',
        '',
        'Filled in: Path `` /a`b ``',
        '',
        'https://lab.example.com/checklists/x/',
        '',
      ].join('\n'),
    );
  });
});

test('as JSON has the same for programs', () => {
  const [first] = report.steps;
  const parsed: unknown = JSON.parse(
    asJson({
      ...report,
      values: [{ id: 'host', label: 'Host', value: 'shop.test' }],
      steps: first ? [{ ...first, step: { ...first.step, at: 0, seen: { id: 'x', words: 'X', at: 1000 } } }] : [],
    }),
  );
  expect(parsed).toEqual({
    format: 'gateway-lab checklist',
    version: 1,
    list: 'first-five-minutes',
    title: 'First five minutes',
    address: 'https://lab.example.com/checklists/x/',
    incident: 'Incident 1',
    practice: null,
    values: { host: 'shop.test' },
    steps: [
      {
        id: 'ask-again',
        text: 'Ask again',
        ticked: true,
        at: '1970-01-01T00:00:00.000Z',
        note: '',
        outcome: { id: 'x', words: 'X', at: '1970-01-01T00:00:01.000Z' },
      },
    ],
    left: [],
  });
});

test('a time has its day when it is another than today, and says for others how far it is from UTC', () => {
  expect(clockText(AT, AT + 3_600_000)).toBe('03:12:45');
  expect(clockText(AT, AT + 48 * 3_600_000)).toBe('2026-11-22 03:12:45');
  const text = fullTime(AT);
  expect(text).toMatch(/^2026-11-22 03:12:45 [+-]\d\d:\d\d$/);
  expect(Date.parse(text.replace(' ', 'T').replace(' ', ''))).toBe(AT);
});
