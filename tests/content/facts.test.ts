import { describe, expect, test } from 'vitest';
import { explainLine } from '../../src/build/explain-line.ts';
import { labCell } from '../../src/build/lab-cells.ts';
import { pageFacts } from '../../src/build/page-facts.ts';
import { CAUSE_IDS } from '../../src/gateway/ids.ts';
import { pageSources } from './page-sources.ts';

/** The facts that stand above a page's text can be read, and are what the recordings say. */

describe.each(pageFacts('gateways'))('$id', ({ id, facts }) => {
  test('is the gateway of its file, and answers a refused connection as its page says', () => {
    expect(facts.id).toBe(id);
    const cell = labCell(id, 'connect-refused');
    if (cell.kind === 'exchange') expect(cell.exchange.client.status).toBe(facts.refused);
  });

  test('explains a line that it really writes', () => {
    const told = facts.logLine;
    if (!told) {
      expect(pageOf(`gateways/${id}`)).not.toContain('<LogLine');
      return;
    }
    const cell = labCell(id, told.fault);
    const line = cell.kind === 'exchange' ? cell.exchange.log[told.which][0] : undefined;
    const pieces = explainLine(line ?? '', told.fields);
    expect(pieces.filter(({ means }) => means !== undefined)).toHaveLength(told.fields.length);
  });
});

describe.each(pageFacts('causes'))('$id', ({ id, facts }) => {
  test('is a cause, and shows answers that exist', () => {
    expect(CAUSE_IDS).toContain(id);
    for (const { gateway, fault } of facts.shows) expect(labCell(gateway, fault).kind).toBe('exchange');
    for (const other of facts.confusedWith) expect(CAUSE_IDS).toContain(other);
  });
});

test('each status page is stored under its code', () => {
  const odd = pageFacts('status').filter(({ id, facts }) => Number(id) !== facts.code);
  expect(odd.map(({ id }) => id)).toEqual([]);
});

const pageOf = (id: string): string => pageSources().find(({ path }) => path === `/${id}/`)?.source ?? '';
