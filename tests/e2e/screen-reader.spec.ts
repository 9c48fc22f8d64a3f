import { expect, test, type Locator } from '@playwright/test';
import { GUIDE } from '../setup/playground-page.ts';

/** The main task as a screen reader tells it: everything is found by role and name, and what happens is said once. */

interface Heard extends Window {
  heard: string[];
}

/** Writes down each text that the status takes from now on, as a screen reader says it. */
const listenTo = (status: Locator): Promise<void> =>
  status.evaluate((element) => {
    const { heard } = Object.assign(globalThis as unknown as Heard, { heard: [] as string[] });
    new MutationObserver(() => heard.push(element.textContent)).observe(element, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });

/** What the status said since the last call. */
const heard = (status: Locator): Promise<string[]> =>
  status.evaluate(() => (globalThis as unknown as Heard).heard.splice(0));

test('code, run, requests, details, time, share and reset, by role and name alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(GUIDE);
  const playground = page.getByRole('region', { name: 'Playground: A 502, twice, then the answer', exact: true });
  const button = (name: string): Locator => playground.getByRole('button', { name, exact: true });
  const status = playground.getByRole('status');
  const row = (id: number): Locator => playground.getByRole('row', { name: new RegExp(`^${id} ?, show request`) });
  await expect(status).toHaveText(/^Recorded result of the unedited program\. Finished: 3 requests/);
  await listenTo(status);

  await test.step('the playground says what it is made of', async () => {
    await expect(playground).toMatchAriaSnapshot(`
      - 'region "Playground: A 502, twice, then the answer"':
        - tablist "Language":
          - tab "JavaScript" [selected]
          - tab "Python"
        - tabpanel "client.js":
          - toolbar "Editor"
          - textbox "Code editor"
        - button "Run"
        - button "Stop" [disabled]
        - button "Reset" [disabled]
        - button "Share"
        - button "Download"
        - button "More"
        - status
        - radiogroup "Time":
          - radio "Instant" [checked]
          - radio "10×"
          - radio "Real"
        - button "Pause" [disabled]
        - button "Step"
        - table "Network"
        - log "Console"
        - log "Gateway log"
        - tablist "Request 1":
          - tab "Sequence" [selected]
          - tab "Headers"
          - tab "Body"
          - tab "Timing"
          - tab "Wire"
          - tab "What others say"
          - tab "Provenance"
        - tabpanel "Sequence"
    `);
  });
  await test.step('a run says that it starts, that it runs and how it ended, each once', async () => {
    await button('Run').click();
    await expect(status).toHaveText(/^Finished: 3 requests, last status 200, 3\.1 s of simulated time$/);
    // A run that is over at once may leave out what it would have said in between.
    expect((await heard(status)).join(' ')).toMatch(/^(?:Starting… )?(?:Running… )?Finished: 3 requests[^…]*$/);
    await expect(playground.getByRole('log', { name: 'Console' })).toHaveText(
      /attempt 1: 502 Bad Gateway.*attempt 2: 502 Bad Gateway.*attempt 3: 200 OK/s,
    );
    await expect(playground.getByRole('log', { name: 'Gateway log' })).toHaveText(
      /upstream prematurely closed connection/,
    );
  });
  await test.step('the table names its columns and tells which request is shown', async () => {
    const table = playground.getByRole('table', { name: 'Network' });
    await expect(table.getByRole('columnheader')).toHaveText([/#/, 'Method', 'URL', 'Status', 'Duration', 'Gateway']);
    await expect(row(1)).toHaveAttribute('aria-current', 'true');
    await row(3).getByRole('button').click();
    await expect(row(3)).toHaveAttribute('aria-current', 'true');
    await expect(row(1)).not.toHaveAttribute('aria-current');
    await expect(row(3).getByRole('button', { pressed: true })).toHaveCount(1);
    await expect(row(3)).toMatchAriaSnapshot(`
      - row /3 , show request GET \\/orders\\/42 200 \\d+ ms nginx/:
        - rowheader:
          - button /3 , show request/ [pressed]
        - cell "GET"
        - cell "/orders/42"
        - cell "200"
        - cell /\\d+ ms/
        - cell "nginx"
    `);
  });
  await test.step('the diagram is told in words', async () => {
    await expect(
      playground.getByRole('img', {
        name: /^Sequence diagram: GET \/orders\/42 through nginx, 1 attempt upstream: 200 OK after \d+ ms\.$/,
      }),
    ).toBeVisible();
    await row(1).getByRole('button').click();
    await expect(playground.getByRole('img', { name: /^Sequence diagram: .* 502 Bad Gateway after/ })).toBeVisible();
    await playground.getByRole('group').getByText('The same as a table').click();
    await expect(playground.getByRole('row', { name: /breaks here: closes the connection/ })).toBeVisible();
  });
  await test.step('the details are tabs with panels of the same name', async () => {
    for (const name of ['Headers', 'Body', 'Timing', 'Wire', 'What others say', 'Provenance', 'Sequence']) {
      await playground.getByRole('tab', { name, exact: true }).click();
      await expect(playground.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
      await expect(playground.getByRole('tabpanel', { name, exact: true })).toBeVisible();
    }
  });
  expect(await heard(status), 'looking around is no news').toEqual([]);

  await test.step('each step says where time stands', async () => {
    await button('Step').click();
    await expect(status).toHaveText(/^Paused at 0 ms of simulated time: no requests, 1 on its way\./);
    await expect(row(1).or(playground.getByRole('row', { name: /waiting/ }))).toHaveCount(1);
    await button('Step').click();
    await expect(status).toHaveText(/^Paused at 48 ms of simulated time: 1 request, last status 502\./);
    await button('Resume').click();
    await expect(status).toHaveText(/^Finished: 3 requests, last status 200/);
    const said = await heard(status);
    expect(said.filter((sentence) => !/^(?:Starting|Running)…$/.test(sentence))).toEqual([
      expect.stringMatching(/^Paused at 0 ms of simulated time: no requests, 1 on its way\./),
      expect.stringMatching(/^Paused at 48 ms of simulated time: 1 request, last status 502\./),
      expect.stringMatching(/^Finished: 3 requests/),
    ]);
    expect(said.filter((sentence, index) => sentence === said[index - 1])).toEqual([]);
  });
  await test.step('share and reset say what they did, once', async () => {
    await playground.getByRole('textbox', { name: 'Code editor' }).fill("console.log('mine');");
    await button('Share').click();
    await expect(status).toContainText('Link copied');
    await button('Reset').click();
    await expect(status).toHaveText('The program is back as it was.');
    const told = (await heard(status)).filter((sentence) => /Link copied|is back/.test(sentence));
    expect(told).toEqual([expect.stringContaining('Link copied'), 'The program is back as it was.']);
  });
});
