import { expect, test } from '@playwright/test';
import { builtFile } from '../setup/built-site.ts';
import { DOCTOR, doctorOf, REFUSED } from '../setup/doctor-page.ts';
import { listenForNoise } from '../setup/quiet-page.ts';
import { violations } from '../setup/violations.ts';

test.describe('the doctor', () => {
  test('names the cause of a log line, with the proof, and sends nothing', async ({ page }) => {
    const noise = listenForNoise(page);
    const sent: string[] = [];
    await page.goto(DOCTOR);
    const { evidence, button, answers, status, lines, region } = doctorOf(page);
    page.on('request', (request) => {
      if (request.method() !== 'GET' || request.url().includes('?')) sent.push(request.url());
    });
    await evidence.fill(`09:17 it began\n${REFUSED}\n09:18 it ended`);
    await button('Diagnose').click();
    await expect(region).toHaveAttribute('data-state', 'done');
    const first = answers.first();
    await expect(first).toHaveAttribute('data-cause', 'upstream-refused');
    await expect(first).toHaveAttribute('data-confidence', /^(certain|likely)$/);
    await expect(first.getByRole('heading', { level: 3 })).toHaveText(/refused|listen/i);
    await expect(first).toContainText(/Certain|Likely/);
    await expect(status).toContainText(/^(Certain|Likely): /);
    await expect(first.getByText('10.1.2.3 8080')).toBeVisible();
    await expect(lines.locator('mark').first()).toContainText('Connection refused');
    await expect(first.getByRole('link', { name: 'The cause, and how to fix it' })).toHaveAttribute(
      'href',
      '/causes/upstream-refused/',
    );
    const own = '/checklists/upstream-refused/';
    await expect(first.getByRole('link', { name: 'Checklist' })).toHaveAttribute(
      'href',
      builtFile(own) === undefined ? '/checklists/first-five-minutes/' : own,
    );
    expect(sent).toEqual([]);
    expect(noise).toEqual({ complaints: [], foreignRequests: [] });
  });

  test('leads from a quote to its place in the text, by keyboard', async ({ page }) => {
    await page.goto(DOCTOR);
    const { evidence, answers, lines, region } = doctorOf(page);
    await evidence.fill(`${'some line before\n'.repeat(60)}${REFUSED}\n`);
    await evidence.press('ControlOrMeta+Enter');
    await expect(region).toHaveAttribute('data-state', 'done');
    const quote = answers.first().getByRole('list', { name: 'Proof in your text' }).getByRole('button').first();
    await expect(quote).toContainText('line 61');
    await quote.focus();
    await page.keyboard.press('Enter');
    const mark = lines.locator('mark').first();
    await expect(mark).toBeFocused();
    await expect(mark).toBeInViewport();
  });

  test('says that it cannot tell, and which command would decide', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(DOCTOR);
    const { answers, button, region, status } = doctorOf(page);
    await button('Only an error page').click();
    await expect(status).toContainText('Cannot tell');
    await expect(region.getByRole('heading', { name: 'Cannot tell from this text alone' })).toBeVisible();
    for (const answer of await answers.all()) await expect(answer).toHaveAttribute('data-confidence', 'possible');
    // All of them rest on the same words, which are quoted once.
    expect(await answers.count()).toBeGreaterThan(1);
    await expect(region.getByRole('list', { name: 'Proof in your text' })).toHaveCount(1);
    await expect(answers.getByRole('list', { name: 'Proof in your text' })).toHaveCount(0);
    await button('Copy the command that decides').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^(curl|nc|printf|openssl) /);
  });

  test('opens the playground with the gateway and the fault that write this line', async ({ page }) => {
    await page.goto(DOCTOR);
    const { answers, button } = doctorOf(page);
    await button('HAProxy log').click();
    await answers.first().getByRole('link', { name: 'Reproduce it' }).click();
    const playground = page.getByRole('region', { name: /^Playground: / });
    await expect(playground.getByRole('combobox', { name: 'Gateway', exact: true })).toHaveValue(/^haproxy/);
    await expect(playground.getByRole('combobox', { name: 'Fault', exact: true })).toHaveValue('close-after-request');
    await playground.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(playground.getByRole('log', { name: 'Gateway log' })).toContainText('SH--');
  });

  test('has a state of its own for nothing, for foreign text, for a binary file and for two incidents', async ({
    page,
  }) => {
    await page.goto(DOCTOR);
    const { answers, button, evidence, file, region, status } = doctorOf(page);
    await button('Diagnose').click();
    await expect(status).toContainText('nothing to read');
    await evidence.fill('The quick brown fox jumps over the lazy dog.');
    await button('Diagnose').click();
    await expect(answers.first()).toHaveAttribute('data-cause', 'unrelated-text');
    await expect(region.getByRole('heading', { name: 'No evidence of a gateway' })).toBeVisible();
    await file.setInputFiles({
      name: 'core',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]),
    });
    await expect(status).toContainText('not text');
    await button('Clear').click();
    const tooBig = REFUSED.replace('09:17', '14:40')
      .replace(
        'connect() failed (111: Connection refused) while connecting to',
        'upstream sent too big header while reading response header from',
      )
      .replace('*7', '*99');
    await evidence.fill(`${REFUSED}\n${tooBig}`);
    await button('Diagnose').click();
    await expect(region.getByRole('heading', { name: 'Several incidents' })).toBeVisible();
    const causes = await answers.evaluateAll((items) => items.map((item) => item.getAttribute('data-cause')));
    expect(causes.slice(0, 2).sort()).toEqual(['header-too-big', 'upstream-refused']);
  });
});

test.describe('secrets', () => {
  const SECRET = 'tok_5nXq2mVb81LdRk';

  test('are gone from the page, the storage, the link and the ticket', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(DOCTOR);
    const { evidence, button, region, status } = doctorOf(page);
    await evidence.fill(`> Authorization: Bearer ${SECRET}\n> Cookie: sid=${SECRET}\nops@example.com\n${REFUSED}`);
    await button('Diagnose').click();
    await expect(status).toContainText('Hidden before anything was shown: 1 credential, 1 cookie, 1 e-mail address.');
    await expect(evidence).toHaveValue(/Authorization: Bearer \[hidden\]/);
    expect(await region.innerText()).not.toContain(SECRET);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(SECRET);
    await button('Copy as Markdown').click();
    await expect(region.getByText('Copied', { exact: true })).toBeVisible();
    const ticket = await page.evaluate(() => navigator.clipboard.readText());
    expect(ticket).toContain('Connection refused');
    expect(ticket).not.toContain(SECRET);
    await button('Share').click();
    await expect(status).toContainText('Link copied');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await context.newPage();
    await other.goto(link);
    const opened = doctorOf(other);
    await expect(opened.answers.first()).toHaveAttribute('data-cause', 'upstream-refused');
    await expect(opened.evidence).toHaveValue(/\[hidden\]/);
    expect(await opened.evidence.inputValue()).not.toContain(SECRET);
  });

  test('and host names and addresses go when the reader asks for it', async ({ page }) => {
    await page.goto(DOCTOR);
    const { evidence, button, answers, hidePlaces, lines, status } = doctorOf(page);
    await evidence.fill(REFUSED);
    await hidePlaces.check();
    await button('Diagnose').click();
    await expect(answers.first()).toHaveAttribute('data-cause', 'upstream-refused');
    await expect(status).toContainText('1 host name, 2 addresses');
    await expect(lines).toContainText('host-1.example');
    await expect(lines).not.toContainText('shop.example.com');
  });
});

test('keeps a draft on the device, and forgets it when it is cleared', async ({ page }) => {
  await page.goto(DOCTOR);
  const { evidence, button, region } = doctorOf(page);
  await evidence.fill(REFUSED);
  await expect(region.getByText('Kept on this device')).toBeVisible();
  await page.reload();
  await expect(evidence).toHaveValue(REFUSED);
  await button('Clear').click();
  await expect(evidence).toHaveValue('');
  await button('Undo').click();
  await expect(evidence).toHaveValue(REFUSED);
  await button('Clear').click();
  await page.reload();
  await expect(evidence).toHaveValue('');
});

test.describe('50 MB', () => {
  /** Pastes so many lines as a reader's browser would hand them over, with one telling line in the middle. */
  const paste = (lines: number) => ({
    line: `${'request served in 12 ms by worker 7 '.repeat(3)}\n`,
    lines,
    telling: REFUSED,
  });

  test('are read without the page standing still, and can be stopped', async ({ page }) => {
    test.setTimeout(240_000);
    await page.goto(DOCTOR);
    const { evidence, button, answers, region, status, lines } = doctorOf(page);
    await evidence.focus();
    await evidence.evaluate((field, { line, lines: count, telling }) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', `${line.repeat(count / 2)}${telling}\n${line.repeat(count / 2)}`);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, paste(480_000));
    await expect(region.getByText(/What you pasted, [45]\d\.\d MB/)).toBeVisible({ timeout: 60_000 });
    await button('Diagnose').click();
    await expect(region).toHaveAttribute('data-state', 'working');
    await button('Stop').click();
    await expect(status).toContainText('Stopped');
    // Turns of the page's own loop while the worker reads: a page that stands still has none.
    await page.evaluate(() => {
      const place = document.documentElement.dataset;
      place['turns'] = '0';
      const turn = (): void => {
        if (document.querySelector('.doctor')?.getAttribute('data-state') === 'working')
          place['turns'] = String(Number(place['turns']) + 1);
        setTimeout(turn);
      };
      turn();
    });
    await button('Diagnose').click();
    await expect(answers.first()).toHaveAttribute('data-cause', 'upstream-refused', { timeout: 180_000 });
    await expect(lines).toContainText('240001');
    expect(Number(await page.locator('html').getAttribute('data-turns'))).toBeGreaterThan(50);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a diagnosis has no violations in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(DOCTOR);
    const { evidence, button, region } = doctorOf(page);
    await evidence.fill(`${REFUSED}\n`);
    await button('Diagnose').click();
    await expect(region).toHaveAttribute('data-state', 'done');
    expect(await violations(page)).toEqual([]);
    await button('Only an error page').click();
    await expect(region.getByRole('heading', { name: 'Cannot tell from this text alone' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(DOCTOR);
  const { button, region } = doctorOf(page);
  await button('nginx log').click();
  await expect(region).toHaveAttribute('data-state', 'done');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider).toBe(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it would do, and leads from common lines to causes', async ({ page }) => {
    await page.goto(DOCTOR);
    const main = page.getByRole('main');
    await expect(main.getByText('With JavaScript, this page reads what you paste')).toBeVisible();
    await expect(main.getByRole('button', { name: 'Diagnose' })).toBeHidden();
    await expect(main.getByText('Connection refused').first()).toBeVisible();
    await main.locator('a[href="/causes/upstream-refused/"]').first().click();
    await expect(page).toHaveURL(/\/causes\/upstream-refused\/$/);
  });
});
