import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { Practice } from '../../src/schema/practice.ts';

export const LIST = '/checklists/first-five-minutes/';
export const DATA = '/data/practice/first-five-minutes';

/** An incident as it was recorded; what the page shows is compared with it. */
export const recorded = JSON.parse(
  readFileSync('content/practice/first-five-minutes/after-the-maintenance.json', 'utf8'),
) as Practice;
export const outputOf = (id: string): string => recorded.steps[id]?.output ?? '';
export const RIGHT = /refused|listens/i;

export const LOG_STEP = 'Read the gateway’s error log for that second.';
export const box = (page: Page, name: string | RegExp) => page.getByRole('checkbox', { name });
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
export const toPractice = (page: Page) => button(page, 'Practice on a recorded incident');
export const banner = (page: Page) => page.getByRole('region', { name: 'Practice', exact: true });
export const cause = (page: Page) => page.getByRole('region', { name: 'Cause of the incident' });
export const choice = (page: Page) => page.getByRole('group', { name: 'Practice', exact: true });
export const log = (page: Page, step: string) => page.getByRole('log', { name: `Output: ${step}` });
export const tryIt = (page: Page, step: string) => button(page, `Try it: ${step}`);
export const says = (page: Page, words: string | RegExp) =>
  expect(page.locator('.checklist-note').getByRole('status')).toContainText(words);
export const kept = (page: Page) => page.evaluate(() => JSON.stringify(Object.entries(localStorage).sort()));

export async function begin(page: Page): Promise<void> {
  await toPractice(page).click();
  await page.getByRole('radio', { name: recorded.title }).check();
  await button(page, 'Start').click();
  await expect(banner(page)).toContainText(recorded.story);
}

/** The cause of the incident as the select has it. */
export const titleOfCause = (page: Page): Promise<string> =>
  page.locator(`.practice-cause option[value="${recorded.cause}"]`).innerText();
