import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checklistOf } from './cause-checklist.ts';

it('leads from a cause to its own list once there is one, and to the first five minutes until then', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'checklists-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  expect(checklistOf('upstream-refused', folder)).toBe('/checklists/first-five-minutes/');
  writeFileSync(path.join(folder, 'upstream-refused.mdx'), '');
  expect(checklistOf('upstream-refused', folder)).toBe('/checklists/upstream-refused/');
  expect(checklistOf('upstream-dns', folder)).toBe('/checklists/first-five-minutes/');
});
