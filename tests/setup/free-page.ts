import { expect, type Locator, type Page } from '@playwright/test';

/** The free playground. */
export const PAGE = '/playground/';

/** The parts of the free playground, by the names that a screen reader says. */
export function freeOf(page: Pick<Page, 'getByRole'>) {
  const region = page.getByRole('region', { name: /^Playground: / });
  return {
    region,
    button: (name: string): Locator => region.getByRole('button', { name, exact: true }),
    gateway: region.getByRole('combobox', { name: 'Gateway', exact: true }),
    fault: region.getByRole('combobox', { name: 'Fault', exact: true }),
    scenario: region.getByRole('combobox', { name: 'Scenario', exact: true }),
    yaml: region.getByRole('textbox', { name: 'Scenario editor' }),
    mistakes: region.getByRole('region', { name: 'Mistakes in the scenario' }),
    rows: region.getByRole('table', { name: 'Network' }).getByRole('row'),
    status: region.getByRole('status'),
    tab: (name: string): Locator => region.getByRole('tab', { name, exact: true }),
  };
}
export type Free = ReturnType<typeof freeOf>;

/** Opens the free playground, and reaches for it. */
export async function openPage(page: Page, address = PAGE): Promise<Free> {
  await page.goto(address);
  const free = freeOf(page);
  // The controls are drawn at the first sign of interest, and are in the page before.
  await free.region.hover();
  return free;
}

/** Opens the scenario as a reader does whose browser cannot load the large editor. */
export async function openPlainScenario(page: Page): Promise<Free> {
  await page.route(/open-scenario-editor/, (route) => route.abort());
  const free = await openPage(page);
  await free.tab('Scenario').click();
  await free.yaml.focus();
  await expect(free.region.getByText('This plain one works too')).toBeVisible();
  return free;
}
