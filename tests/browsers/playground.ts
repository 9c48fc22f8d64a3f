import type { TimeMode } from '../../src/sandbox/protocol.ts';
import { shareHash } from '../../src/playground/share-link.ts';
import { until, type TestPage } from './page.ts';

/** The guide whose first playground the tests read and run. */
export const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** What the first playground of the page shows, found by the roles and names that a screen reader says. */
export const seen = (page: TestPage) =>
  page.evaluate(() => {
    const region = document.querySelector<HTMLElement>('[aria-label^="Playground: "]');
    const named = (selector: string, name: string): Element | undefined =>
      [...(region?.querySelectorAll(selector) ?? [])].find((element) => {
        const label = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
        return [element.getAttribute('aria-label'), label?.textContent, element.querySelector('caption')?.textContent]
          .filter((text) => typeof text === 'string')
          .some((text) => text.trim() === name);
      });
    const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';
    const rows = [...(named('table', 'Network')?.querySelectorAll('tbody tr') ?? [])];
    const statusOf = (row: Element): string =>
      [...row.children].map(({ textContent }) => /^\W*([1-5]\d\d)\b/.exec(textContent)?.[1]).find(Boolean) ?? '';
    return {
      state: region?.dataset['state'] ?? '',
      status: textOf(region?.querySelector('[role=status]')),
      console: textOf(named('[role=log]', 'Console')),
      gatewayLog: textOf(named('[role=log]', 'Gateway log')),
      statuses: rows.map(statusOf),
      code: region?.querySelector('textarea')?.value ?? '',
      /** Null before Monaco has taken the place of the text area. */
      editor: region?.querySelector('.monaco-editor .view-lines')?.textContent ?? null,
    };
  });

/** Clicks a button of the first playground. */
export const clickButton = (page: TestPage, name: string): Promise<void> =>
  page.click((wanted) => {
    const region = document.querySelector('[aria-label^="Playground: "]');
    const buttons = [...(region?.querySelectorAll('button') ?? [])];
    return buttons.find(({ textContent, disabled }) => textContent.trim() === wanted && !disabled) ?? null;
  }, name);

/** Presses Run and waits until the program has ended. */
export async function runToTheEnd(page: TestPage): ReturnType<typeof seen> {
  await clickButton(page, 'Run');
  return until(
    'the program has ended',
    () => seen(page),
    ({ state }) => state === 'done' || state === 'error',
  );
}

/** Opens the guide with `code` in its first playground, as a share link does. */
export async function openShared(
  page: TestPage,
  origin: string,
  code: string,
  time: TimeMode = 'instant',
): Promise<void> {
  const hash = await shareHash({
    ...{ id: 'first-502', page: GUIDE, title: 'Shared', file: 'client.js', code: { 'client.js': code }, time },
    scenario: { id: 'first-two-attempts-fail' },
  });
  await page.goto(`${origin}${GUIDE}${hash}`);
  await until(
    'the shared code is there',
    () => seen(page),
    (playground) => playground.code === code,
  );
}
