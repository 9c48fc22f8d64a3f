import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AiProxySet } from '../../../src/schema/ai-proxy.ts';
import { freePort } from '../ports.ts';
import { configOf, environmentOf, PROXY_KEY, startLiteLlm, type LiteLlm } from './litellm.ts';
import { start, TIMEOUT_S } from './meet-model.ts';
import { modelFault } from './model-faults.ts';

const PROGRAM = fileURLToPath(new URL('./programs/ask-openai.py', import.meta.url));
const PATIENCE_MS = 120_000;
const run = promisify(execFile);

type SdkRecording = AiProxySet['sdk'][number];

/** What is asked: the fault, and how often the proxy tries again; null asks the model server with no proxy between. */
export type SdkCase = readonly [fault: string, retries: number | null];

/** What OpenAI's own Python client makes of a failing model server. It runs on the proxy's Python and packages. */
export async function recordSdk(program: LiteLlm, [fault, retries]: SdkCase): Promise<SdkRecording> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-sdk-'));
  const { server: script, stream = false } = modelFault(fault);
  const server = await start(script, folder);
  const { host, port } = server.target;
  const proxy =
    retries === null
      ? null
      : await startLiteLlm(
          program,
          configOf([{ name: 'chat', targets: [server.target], fallback: null }], {
            retries,
            timeout: TIMEOUT_S,
            cooldowns: false,
          }),
          { folder: path.join(folder, 'proxy'), port: await freePort(), environment: {} },
        );
  try {
    const url = `http://${proxy ? `127.0.0.1:${proxy.port}` : `${host}:${port}`}/v1`;
    const question = JSON.stringify({ url, key: PROXY_KEY, model: 'chat', stream });
    const { stdout } = await run(program.python, [PROGRAM, question], { env: environmentOf(), timeout: PATIENCE_MS });
    const said = JSON.parse(stdout) as Pick<SdkRecording, 'words' | 'finish' | 'error'>;
    return { fault, retries, stream, attempts: server.contacts().length, ...said };
  } finally {
    await proxy?.stop();
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
