import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CAUSE_IDS, GATEWAY_IDS } from '../../src/gateway/ids.ts';
import { pageSources } from './page-sources.ts';
import { missingSections } from './sections.ts';

/** Everything that has an id has its page, and there are guides for the whole path; but for what is named here. */

/** Pages that nobody has written yet. A page that is written leaves the list, and none comes to it. */
const STILL_TO_WRITE: Readonly<Record<'causes' | 'gateways' | 'status', readonly string[]>> = {
  causes: [],
  gateways: [],
  status: [],
};

/** Parts of the path without a guide, and how many guides there are at least. */
const PARTS_TO_WRITE: readonly string[] = [];
const GUIDES = 30;

/** The registered codes, and the unofficial ones that a client or an operator can meet. */
const STATUS_CODES = [
  ...[100, 101, 102, 103, 104],
  ...[200, 201, 202, 203, 204, 205, 206, 207, 208, 218, 226],
  ...[300, 301, 302, 303, 304, 305, 306, 307, 308],
  ...[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 419, 420, 421, 422,
    423, 424, 425, 426, 428, 429, 430, 431, 440, 444, 449, 450, 451, 460, 463, 464, 494, 495, 496, 497, 498, 499,
  ],
  ...[
    500, 501, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 520, 521, 522, 523, 524, 525, 526, 527, 529, 530, 540,
    561, 598, 599,
  ],
];

const withoutPage = (folder: string, ids: readonly (string | number)[]): string[] =>
  ids.map(String).filter((id) => !existsSync(`content/${folder}/${id}.mdx`));

test('every cause has its page', () => {
  expect(withoutPage('causes', CAUSE_IDS)).toEqual(STILL_TO_WRITE.causes);
});

test('every gateway has its page', () => {
  expect(withoutPage('gateways', GATEWAY_IDS)).toEqual(STILL_TO_WRITE.gateways);
});

test('every cause and every gateway has its checklist', () => {
  expect(withoutPage('checklists', [...CAUSE_IDS, ...GATEWAY_IDS])).toEqual([]);
});

test('every status code has its page', () => {
  expect(withoutPage('status', STATUS_CODES)).toEqual(STILL_TO_WRITE.status);
});

test('every status code that a page names has its page', () => {
  const named = pageSources().flatMap(({ source }) =>
    [...source.matchAll(/<Status code=\{(\d+)\}/g)].map(([, code = '']) => code.padStart(3, '0')),
  );
  expect(withoutPage('status', [...new Set(named)])).toEqual([]);
});

test('every part of the path has guides', () => {
  const learning = pageSources().filter(
    ({ folder, file }) => ['guides', 'encryption'].includes(folder) && !file.endsWith('/index.mdx'),
  );
  const parts = new Set(learning.map(({ frontmatter }) => frontmatter['part']));
  expect(['A', 'B', 'C', 'D', 'E', 'F'].filter((part) => !parts.has(part))).toEqual(PARTS_TO_WRITE);
  expect(learning.filter(({ folder }) => folder === 'guides').length).toBeGreaterThanOrEqual(GUIDES);
});

const kinds = pageSources().filter(({ folder }) =>
  ['causes', 'gateways', 'status', 'guides', 'encryption'].includes(folder),
);

describe.each(kinds)('$file', (page) => {
  test('has the sections of its kind', () => {
    expect(missingSections(page)).toEqual([]);
  });
});
