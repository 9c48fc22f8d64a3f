import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { bundled } from '../../../src/build/guest-bundle.ts';
import type { PartTexts } from '../../../src/sandbox/part-texts.ts';
import type { SandboxHost } from '../../../src/sandbox/host.ts';
import type { GuestMessage, PageRequest } from '../../../src/sandbox/protocol.ts';
import { DIST } from '../../setup/built-site.ts';

const ASSETS = path.join(DIST, '_astro');

/** The text of a part as the site serves it. */
function partText(name: string): string {
  const file = readdirSync(ASSETS).find((candidate) => new RegExp(`^${name}\\.[\\w-]{8}\\.js$`).test(candidate));
  if (file === undefined) throw new Error(`The built site has no part ${name}.`);
  return readFileSync(path.join(ASSETS, file), 'utf8');
}

export const partTexts = (names: readonly (keyof PartTexts)[]): PartTexts =>
  Object.fromEntries(names.map((name) => [name, partText(name)]));

/** Runs a program in the site's own sandbox and gives everything that it was heard to say. */
export async function runInSandbox(page: Page, guest: string, request: PageRequest): Promise<GuestMessage[]> {
  const root = process.cwd();
  const host = await bundled(root, path.join(root, 'src/sandbox/host.ts'), 'iife');
  await page.evaluate(`${host}; globalThis.createHost = gatewayLab.createHost;`);
  const json = await page.evaluate(
    async ([guestUrl = '', requestText = '']) => {
      const { createHost } = globalThis as unknown as { createHost: (url: string) => SandboxHost };
      const heard: unknown[] = [];
      const run = createHost(guestUrl).run(JSON.parse(requestText) as PageRequest, (messages) =>
        heard.push(...messages),
      );
      return JSON.stringify([await run.done, heard]);
    },
    [`/sandbox/guest/${guest}.js`, JSON.stringify(request)],
  );
  const [end, heard] = JSON.parse(json) as [string, GuestMessage[]];
  if (end !== 'finished') throw new Error(`The run ended otherwise: ${end}. ${JSON.stringify(heard.at(-1))}`);
  return heard;
}
