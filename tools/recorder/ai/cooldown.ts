import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientViewOf } from '../../../src/gateway/client-view.ts';
import type { AiProxySet } from '../../../src/schema/ai-proxy.ts';
import { freePort } from '../ports.ts';
import { configOf, startLiteLlm, type LiteLlm } from './litellm.ts';
import { maskAnswer } from './mask.ts';
import { chat, start, TIMEOUT_S } from './meet-model.ts';
import { modelFault } from './model-faults.ts';

const REQUESTS = 16;
const PAUSE_MS = 100;

/** What a proxy says, request after request, when both servers of a model fail and it takes them out by its own rules. */
export async function recordCooldown(program: LiteLlm, fault: string): Promise<AiProxySet['cooldown']> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-pair-'));
  const servers = [await start(modelFault(fault).server, folder), await start(modelFault(fault).server, folder)];
  const models = [{ name: 'pair', targets: servers.map(({ target }) => target), fallback: null }];
  const proxy = await startLiteLlm(program, configOf(models, { retries: 0, timeout: TIMEOUT_S, cooldowns: true }), {
    folder: path.join(folder, 'proxy'),
    port: await freePort(),
    environment: {},
  });
  try {
    const statuses: number[] = [];
    let lastBody = '';
    for (let request = 0; request < REQUESTS; request++) {
      const { status, body } = clientViewOf(maskAnswer(await chat(proxy.port, 'pair', false)), 'POST');
      statuses.push(status ?? 0);
      lastBody = body;
      await sleep(PAUSE_MS);
    }
    return { fault, statuses, attempts: servers.map(({ contacts }) => contacts().length), lastBody };
  } finally {
    await proxy.stop();
    for (const server of servers) server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
