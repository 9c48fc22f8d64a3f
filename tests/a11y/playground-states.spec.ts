import { expect, test, type Page } from '@playwright/test';
import { GUIDE, linkTo, partsOf, playgroundsOf, type PlaygroundParts } from '../setup/playground-page.ts';
import { violations } from '../setup/violations.ts';

/** Every state that a playground can be in, in both themes, on a screen and on a narrow window: axe finds nothing. */

interface Visit {
  readonly page: Page;
  readonly playground: PlaygroundParts;
}
type Reach = (visit: Visit) => Promise<void>;

const FREE = '/playground/';
const ENDLESS = 'console.log("begun");\nawait new Promise((resolve) => setTimeout(resolve, 3_600_000));';

/** The states, in the order in which one visit reaches them. Each comes from the one before. */
const VISITS: readonly { address: string; before?: (page: Page) => Promise<unknown>; states: Record<string, Reach> }[] =
  [
    {
      address: GUIDE,
      states: {
        'idle, before anybody has reached for it': async ({ playground }) => {
          await expect(playground.region).toHaveAttribute('data-state', 'idle');
        },
        done: async ({ playground }) => {
          await playground.button('Run').click();
          await expect(playground.region).toHaveAttribute('data-state', 'done');
        },
        'More menu open': async ({ playground: { region, button } }) => {
          await button('More').click();
          await expect(region.getByRole('group', { name: 'More actions' })).toBeVisible();
        },
        'keyboard help open': async ({ playground: { region } }) => {
          await region.getByRole('button', { name: 'Keyboard shortcuts' }).click();
          await expect(region.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
        },
        'controls open': async ({ page, playground: { region } }) => {
          await page.keyboard.press('Escape');
          await region.getByText('Change what fails').click();
          await expect(region.getByRole('combobox', { name: 'Gateway' })).toBeVisible();
        },
        'list of faults open': async ({ playground: { region } }) => {
          await region.getByRole('combobox', { name: 'Fault' }).click();
          await expect(region.getByRole('listbox')).toBeVisible();
        },
        'What-if open, with its result': async ({ page, playground: { region, button } }) => {
          await page.keyboard.press('Escape');
          await region.getByText('Change what fails').click();
          await region.getByText('What if another gateway answered?').click();
          await button('Run both').click();
          await expect(region.getByRole('table', { name: 'What differs' })).toBeVisible();
        },
        'paused in a step run': async ({ playground: { region, button, status } }) => {
          await region.getByText('What if another gateway answered?').click();
          await button('Step').click();
          await expect(status).toContainText('Paused at');
          await button('Step').click();
          await expect(status).toContainText('1 request');
        },
        stopped: async ({ playground: { region, button } }) => {
          await button('Stop').click();
          await expect(region).toHaveAttribute('data-state', 'stopped');
        },
        'share notice': async ({ playground: { region, button } }) => {
          await button('Share').click();
          await expect(region.locator('.play-notice').getByRole('textbox')).toBeVisible();
        },
      },
      // A browser that refuses the clipboard is shown the link.
      before: (page) =>
        page.addInitScript(() => {
          Object.defineProperty(navigator, 'clipboard', {
            value: { writeText: () => Promise.reject(new Error('no')) },
          });
        }),
    },
    {
      address: GUIDE,
      states: {
        'editor open (Monaco)': async ({ playground: { region, editor } }) => {
          await editor.focus();
          await expect(region.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
          await expect(editor).toBeFocused();
        },
        'error, in Monaco: the program throws': async ({ page, playground: { region } }) => {
          await page.keyboard.press('ControlOrMeta+a');
          await page.keyboard.insertText("console.warn('careful');\nconsole.table([{ id: 1 }]);\nnull.x;");
          await page.keyboard.press('ControlOrMeta+Enter');
          await expect(region).toHaveAttribute('data-state', 'error');
        },
        'plain editor': async ({ playground: { region, editor } }) => {
          await region.getByRole('button', { name: 'Plain editor' }).click();
          await expect(region.locator('.monaco-editor')).toHaveCount(0);
          await expect(editor).toBeFocused();
        },
        'error: the program does not parse': async ({ playground: { editor, button, status } }) => {
          await editor.fill('const two = ;');
          await button('Run').click();
          await expect(status).toContainText('Not started, error on line 1');
        },
        running: async ({ playground }) => {
          await playground.editor.fill(ENDLESS);
          await playground.time('Real').click();
          await playground.button('Run').click();
          await expect(playground.console).toContainText('begun');
          await expect(playground.region).toHaveAttribute('data-state', 'running');
        },
        'draft notice': async ({ page, playground: { region } }) => {
          await page.reload();
          await expect(region).toContainText('Restored your edits');
        },
      },
    },
    {
      address: GUIDE,
      states: {
        starting: async ({ playground: { region, button } }) => {
          await button('Run').click();
          await expect(region).toHaveAttribute('data-state', 'starting');
        },
      },
      // The sandbox never gets its script.
      before: (page) => page.route(/\/sandbox\/guest\//, () => undefined),
    },
    {
      address: GUIDE,
      states: {
        'could not start: no way to the sandbox': async ({ playground: { region, button } }) => {
          await button('Run').click();
          await expect(region).toHaveAttribute('data-state', 'error');
        },
      },
      before: (page) => page.route(/\/sandbox\/guest\//, (route) => route.abort()),
    },
    {
      address: GUIDE + linkTo("console.log('from a link');"),
      states: {
        'link notice': async ({ playground: { region } }) => {
          await expect(region).toContainText('Code from a link');
        },
        'DevTools mode on': async ({ playground: { region, button, status } }) => {
          await button('More').click();
          await region.getByRole('switch', { name: 'Show in DevTools' }).click();
          await expect(status).toContainText('now show in DevTools');
          await expect(region.getByRole('switch', { name: 'Show in DevTools' })).toBeChecked();
        },
        'DevTools mode on, menu closed': async ({ page, playground: { region } }) => {
          await page.keyboard.press('Escape');
          await expect(region.getByRole('group', { name: 'More actions' })).toBeHidden();
        },
      },
    },
    {
      address: FREE,
      states: {
        'free page, idle': async ({ playground: { region } }) => {
          await region.hover();
          await expect(region.getByRole('combobox', { name: 'Gateway', exact: true })).toBeVisible();
        },
        'free page, scenario in Monaco': async ({ playground: { region } }) => {
          await region.getByRole('tab', { name: 'Scenario', exact: true }).click();
          await region.getByRole('textbox', { name: 'Scenario editor' }).focus();
          await expect(region.locator('.free-monaco .monaco-editor').first()).toBeVisible({ timeout: 30_000 });
        },
        'free page, mistakes in the scenario': async ({ page, playground: { region } }) => {
          await page.keyboard.press('ControlOrMeta+a');
          await page.keyboard.insertText('gateway: { id: ngnix }\nfualt: 1\n');
          await expect(region.getByRole('region', { name: 'Mistakes in the scenario' })).toContainText('Line 1');
        },
        'could not start: a mistake in the scenario': async ({ playground: { button, status } }) => {
          await button('Run').click();
          await expect(status).toContainText('The scenario has a mistake');
        },
      },
    },
    {
      address: `${FREE}?embed`,
      states: {
        'embedded, idle': async ({ page, playground: { region } }) => {
          await expect(page.getByRole('banner')).toBeHidden();
          await expect(region).toHaveAttribute('data-state', 'idle');
        },
        'embedded, done': async ({ playground }) => {
          await playground.button('Run').click();
          await expect(playground.region).toHaveAttribute('data-state', 'done');
        },
      },
    },
  ];

for (const width of [1280, 390]) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`at ${width} px, ${theme}`, () => {
      test.use({ viewport: { width, height: 844 }, colorScheme: theme });

      for (const { address, before, states } of VISITS) {
        test(Object.keys(states).join('; '), async ({ page }) => {
          test.slow();
          await before?.(page);
          await page.goto(address);
          await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
          const visit = { page, playground: partsOf(playgroundsOf(page).first()) };
          for (const [state, reach] of Object.entries(states)) {
            await test.step(state, async () => {
              await reach(visit);
              const within = `.play[aria-label="${await nameOf(visit)}"]`;
              expect.soft(await violations(page, within), state).toEqual([]);
            });
          }
        });
      }
    });
  }
}

const nameOf = async ({ playground }: Visit): Promise<string> =>
  (await playground.region.getAttribute('aria-label')) ?? '';
