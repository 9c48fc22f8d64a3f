import { expect, test } from '@playwright/test';
import { openPlainScenario } from '../setup/free-page.ts';
import { GUIDE, linkTo, partsOf, playgroundsOf, runToTheEnd } from '../setup/playground-page.ts';

/** Nothing that a reader wrote is lost. */

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

test('a link that is opened over a draft leaves the way back to it, also after the shared code was edited', async ({
  page,
}) => {
  await page.route(/monaco-editor/, (route) => route.abort());
  await page.goto(GUIDE);
  const { region, editor, button, status } = partsOf(playgroundsOf(page).first());
  const original = await editor.inputValue();
  await editor.fill('console.log("my own draft")');
  await expect(button('Reset')).toBeEnabled();

  await page.goto('about:blank');
  await page.goto(GUIDE + linkTo('console.log("from a friend")'));
  await expect(region).toContainText('Code from a link');
  await expect(editor).toHaveValue('console.log("from a friend")');
  await editor.fill('console.log("from a friend, edited")');
  await page.goto('about:blank');
  await page.goto(GUIDE);
  await expect(region).toContainText('Restored your edits');
  await expect(editor).toHaveValue('console.log("from a friend, edited")');

  await button('Show your other draft').click();
  await expect(editor).toHaveValue('console.log("my own draft")');
  await expect(status).toHaveText('Your draft is back.');
  await button('Show your other draft').click();
  await expect(editor).toHaveValue('console.log("from a friend, edited")');

  // The same link again: nothing is kept twice, and the own draft is the next one.
  await page.goto('about:blank');
  await page.goto(GUIDE + linkTo('console.log("from a friend")'));
  await expect(region).toContainText('Code from a link');
  await button('Bring back your own draft').click();
  await expect(editor).toHaveValue('console.log("my own draft")');

  await button('Start again').click();
  await expect(editor).toHaveValue(original);
  await expect(region).toContainText('Your own draft is kept');
  await page.goto('about:blank');
  await page.goto(GUIDE);
  await button('Bring back your own draft').click();
  await expect(editor).toHaveValue('console.log("from a friend, edited")');
});
