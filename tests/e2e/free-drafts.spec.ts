import { expect, test } from '@playwright/test';
import { openPlainScenario } from '../setup/free-page.ts';
import { runToTheEnd } from '../setup/playground-page.ts';

/** Nothing that the reader of the free playground wrote is lost. */

test('starts from one of the scenarios, and brings the reader’s own text back', async ({ page }) => {
  const free = await openPlainScenario(page);
  const own = (await free.yaml.inputValue()).replace('# Any method', '# My own note. Any method');
  await free.yaml.fill(own);
  await free.scenario.selectOption('cold-start');
  await expect(free.yaml).not.toHaveValue(/My own note/);
  await free.button('Bring back what was there before').click();
  await expect(free.yaml).toHaveValue(own);
  await expect(free.button('Bring back what was there before')).toBeHidden();
});

test('keeps a draft of code and scenario, says so, and starts again', async ({ page }) => {
  const free = await openPlainScenario(page);
  await free.yaml.fill((await free.yaml.inputValue()).replace('nginx', 'squid').replace('fault:', 'fualt:'));
  await expect(free.mistakes).toContainText('There is no field "fualt" here.');
  await page.reload();
  await expect(free.region).toContainText('Restored your edits');
  await free.tab('Scenario').click();
  await expect(free.yaml).toHaveValue(/id: squid/);
  await expect(free.mistakes).toContainText('There is no field "fualt" here.');
  await free.button('Start again').click();
  await expect(free.yaml).toHaveValue(/id: nginx/);
  await expect(free.mistakes).toHaveText('');
  await runToTheEnd(free.region);
  await expect(free.rows).toHaveText([/Status/, /502/, /502/, /200/]);
});
