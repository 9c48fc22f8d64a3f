import { expect, it } from 'vitest';
import { CAUSE_IDS } from '../../gateway/ids.ts';
import { asMarkdown } from './as-markdown.ts';
import type { DoctorData } from './doctor-data.ts';
import { examine } from './examine.ts';
import type { Examined } from './protocol.ts';

const data: DoctorData = {
  causes: Object.fromEntries(
    CAUSE_IDS.map((id) => [id, { title: `Title of ${id}`, checklist: '/checklists/x/' }]),
  ) as DoctorData['causes'],
  gateways: { haproxy: 'HAProxy' },
  examples: [],
};

async function examined(source: string): Promise<Examined> {
  const outcome = await examine({ source, hidePlaces: false }, () => undefined);
  if (outcome.kind !== 'examined') throw new Error(outcome.problem);
  return outcome;
}

const HAPROXY =
  'haproxy[12]: 203.0.113.9:40000 [02/Mar/2026:10:00:00.000] fe be/s1 0/0/1/-1/3 502 217 - - SH-- 1/1/0/0/0 0/0 "GET /cart HTTP/1.1"';

it('a ticket holds cause, proof, next command, and links that lead to the site', async () => {
  const ticket = asMarkdown(
    await examined(`Authorization: Bearer abcdefgh12345678\n${HAPROXY}`),
    data,
    'https://lab.test',
  );
  expect(ticket).toContain('### Title of upstream-closed-early\n\n**Certain.**');
  expect(ticket).toContain('Gateway: HAProxy');
  expect(ticket).toContain(`\`\`\`\n${HAPROXY}\n\`\`\``);
  expect(ticket).toMatch(/Next:\n\n```sh\n.+\n```/);
  expect(ticket).toContain('<https://lab.test/causes/upstream-closed-early/>');
  expect(ticket).toContain('Hidden before anything was shown: 1 credential.');
  expect(ticket).not.toContain('abcdefgh');
});

it('a fence inside the evidence does not end the fence around it', async () => {
  const ticket = asMarkdown(await examined(`\`\`\` ${HAPROXY}`), data, 'https://lab.test');
  expect(ticket).toContain(`\`\`\`\`\n\`\`\` ${HAPROXY}\n\`\`\`\``);
});

it('a ticket says what contradicts itself, and at how many more places a proof stands', async () => {
  const refused =
    '2026/03/02 10:00:00 [error] 2#2: *7 connect() failed (111: Connection refused) while connecting to upstream, request: "GET /cart HTTP/1.1", upstream: "http://10.0.0.5:8080/cart"';
  const answered =
    '203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 200 512 "-" "curl" upstream_addr=10.0.0.5:8080';
  const conflict = asMarkdown(await examined(`${refused}\n${answered}`), data, 'https://lab.test');
  expect(conflict).toMatch(
    /The text contradicts itself\. “connect\(\).*” says that no connection was opened, and “200” says/,
  );
  const many = asMarkdown(
    await examined(Array.from({ length: 40 }, () => refused).join('\n')),
    data,
    'https://lab.test',
  );
  expect(many).toContain('The same stands at 28 more places.');
});

it('words that fit several causes are quoted once', async () => {
  const page =
    '<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n<center><h1>502 Bad Gateway</h1></center>\n</body>\n</html>';
  const found = await examined(page);
  expect(found.diagnosis.undecided).toBe(true);
  expect(found.diagnosis.causes.length).toBeGreaterThan(1);
  const ticket = asMarkdown(found, data, 'https://lab.test');
  expect(ticket.split('<title>502 Bad Gateway</title>')).toHaveLength(2);
});
