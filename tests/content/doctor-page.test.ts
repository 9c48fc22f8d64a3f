import { expect, test } from 'vitest';
import { commonLines } from '../../src/build/common-lines.ts';
import { doctorData } from '../../src/build/doctor-page.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import { reproduceLink } from '../../src/doctor/page/reproduce-link.ts';
import { CAUSE_IDS } from '../../src/gateway/ids.ts';
import { openShare } from '../../src/playground/share-link.ts';

/** The page `/doctor/` against the rest of the site: what it takes from it and where it leads to. */

test('“Reproduce it” is a link that the playground opens, with the gateway and the fault, at every request', async () => {
  const address = await reproduceLink({ gateway: 'haproxy', fault: 'close-after-request' });
  const [path, hash = ''] = address.split('#');
  expect(path).toBe('/playground/');
  const opened = await openShare(`#${hash}`);
  expect(opened).toMatchObject({
    ok: true,
    share: {
      id: 'free',
      file: 'client.js',
      scenario: { id: 'your-own', adjust: { gateway: 'haproxy', fault: 'close-after-request', failFirst: null } },
    },
  });
});

test('every cause has the title of its page, and a list to go on with', () => {
  const { causes } = doctorData();
  for (const id of CAUSE_IDS) {
    expect(causes[id].title, id).not.toBe(id);
    expect(causes[id].checklist, id).toMatch(/^\/checklists\/[a-z0-9-]+\/$/);
  }
});

const expected = [
  'upstream-refused',
  'upstream-closed-early',
  'upstream-timeout',
  'upstream-reset-midbody',
  'client-tls',
  'header-too-big',
  'undecided',
];

test.each(doctorData().examples.map((example, index) => ({ ...example, means: expected[index] ?? '' })))(
  'the example “$label” means $means',
  ({ text, means }) => {
    const { causes, undecided } = diagnose(text);
    expect(undecided ? 'undecided' : causes[0]?.cause).toBe(means);
  },
);

test('the lines without a script are diagnosed as the page says', () => {
  const programs = commonLines();
  expect(programs.length).toBeGreaterThan(3);
  for (const { program, lines } of programs)
    for (const { example, cause } of lines)
      expect(
        diagnose(example).causes.map((answer) => answer.cause),
        `${program}: ${example}`,
      ).toContain(cause);
});
