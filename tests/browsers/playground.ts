import type { TimeMode } from '../../src/sandbox/protocol.ts';
import { shareHash } from '../../src/playground/share-link.ts';
import { until, type TestPage } from './page.ts';

/** The guide whose first playground the tests read and run. */
export const GUIDE = '/guides/502-bad-gateway-in-api-calls/';

/** The page whose reader chooses gateway and fault. */
export const FREE = '/playground/';

/**
 * What a playground of the page shows, found by the roles and names that a screen reader says.
 * @param index its position in the page, from 0
 */
export const seen = (page: TestPage, index = 0) =>
  page.evaluate((position) => {
    const region = document.querySelectorAll<HTMLElement>('[aria-label^="Playground: "]')[position];
    const named = (selector: string, name: string): Element | undefined =>
      [...(region?.querySelectorAll(selector) ?? [])].find((element) => {
        const label = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
        return [element.getAttribute('aria-label'), label?.textContent, element.querySelector('caption')?.textContent]
          .filter((text) => typeof text === 'string')
          .some((text) => text.trim() === name);
      });
    const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';
    /** The single texts, without what is folded away: before the reader opens it, it may not be there. */
    const textsOf = (element: Element | undefined): string[] => {
      const texts: string[] = [];
      const walk = (node: Node): void => {
        if (node instanceof Text) texts.push(node.data.trim());
        const folds = node instanceof HTMLDetailsElement;
        for (const child of node.childNodes)
          if (!folds || (child instanceof HTMLElement && child.tagName === 'SUMMARY')) walk(child);
      };
      if (element) walk(element);
      return texts.filter((text) => text !== '');
    };
    const rows = [...(named('table', 'Network')?.querySelectorAll('tbody tr') ?? [])];
    const statusOf = (row: Element): string =>
      [...row.children].map(({ textContent }) => /^\W*([1-5]\d\d)\b/.exec(textContent)?.[1]).find(Boolean) ?? '';
    return {
      state: region?.dataset['state'] ?? '',
      status: textOf(region?.querySelector('[role=status]')),
      console: textOf(named('[role=log]', 'Console')),
      printed: textsOf(named('[role=log]', 'Console')),
      gatewayLog: textOf(named('[role=log]', 'Gateway log')),
      statuses: rows.map(statusOf),
      gateways: rows.map(({ children }) => textOf(children[5])),
      code: region?.querySelector('textarea')?.value ?? '',
      /** Null before Monaco has taken the place of the text area. */
      editor: region?.querySelector('.monaco-editor .view-lines')?.textContent ?? null,
    };
  }, index);

/** Clicks a button of a playground. */
export const clickButton = (page: TestPage, name: string, index = 0): Promise<void> =>
  page.click(
    (wanted, position) => {
      const region = document.querySelectorAll('[aria-label^="Playground: "]')[position];
      const buttons = [...(region?.querySelectorAll('button') ?? [])];
      return buttons.find(({ textContent, disabled }) => textContent.trim() === wanted && !disabled) ?? null;
    },
    name,
    index,
  );

/** Chooses from a list of the page's first playground, as the browser does when the reader has. */
export const choose = (page: TestPage, name: string, value: string): Promise<void> =>
  page.evaluate(
    (label, chosen) => {
      const lists = document.querySelectorAll<HTMLSelectElement>('[aria-label^="Playground: "] select');
      const list = [...lists].find((one) => [...one.labels].some(({ textContent }) => textContent.startsWith(label)));
      if (!list) throw new Error(`There is no list "${label}".`);
      list.focus();
      list.value = chosen;
      list.dispatchEvent(new Event('input', { bubbles: true }));
      list.dispatchEvent(new Event('change', { bubbles: true }));
    },
    name,
    value,
  );

/** Presses Run and waits until the program has ended. */
export async function runToTheEnd(page: TestPage, index = 0): ReturnType<typeof seen> {
  await clickButton(page, 'Run', index);
  return until(
    'the program has ended',
    () => seen(page, index),
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
