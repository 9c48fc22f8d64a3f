import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { WireEvent } from '../../../src/gateway/exchange.ts';
import type { AiCase, AiRecording } from '../../../src/schema/ai-proxy.ts';
import { resolverEnvironment } from '../lab-resolver.ts';
import { LogWindow } from '../log-window.ts';
import { startNameServer } from '../name-server.ts';
import { freePort } from '../ports.ts';
import { exchangeRaw } from '../raw-client.ts';
import { ownPlace, startUpstream, type UpstreamServer } from '../upstream-server.ts';
import { steadyWire } from '../wire-text.ts';
import { maskAnswer, maskLines } from './mask.ts';
import { configOf, PROXY_KEY, startLiteLlm, type LiteLlm, type Model, type RunningProxy } from './litellm.ts';
import { FALLBACK, HEALTHY, modelFault, STREAMING_FALLBACK, type ModelFault } from './model-faults.ts';

/** Lets LiteLLM meet failing model servers, all in one process of it, one request after the other. */

const PATH = '/v1/chat/completions';
/** Seconds that the proxy gives a model server. */
export const TIMEOUT_S = 2;
/** A client that waits longer than any timer of the proxy. */
const PATIENCE_MS = 20_000;
const LOG_PATIENCE_MS = 3000;
/** The error record may follow the answer. */
const LOG_SETTLES_MS = 300;

/** Its first request takes seconds: it loads what it did not need to start. */
const WARM_UP = 'warm-up';

const caseName = ({ fault, fallback }: AiCase): string => (fallback ? `${fault}-with-fallback` : fault);

export interface AiLab {
  /** Sends one request, and tells what came of it. */
  readonly ask: (asked: AiCase) => Promise<AiRecording>;
  readonly close: () => Promise<void>;
}

/** The servers that belong to one model. */
interface Served {
  readonly fault: ModelFault;
  readonly server: UpstreamServer;
  readonly fallback: UpstreamServer | null;
}

/** Starts LiteLLM with one model for each case. All cases have the same number of retries. */
export async function openAiLab(program: LiteLlm, cases: readonly AiCase[]): Promise<AiLab> {
  const retries = cases[0]?.retries ?? 0;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-lab-'));
  const nameServer = await startNameServer();
  const served = new Map<string, Served>();
  const healthy = await start(HEALTHY, folder);
  const models: Model[] = [{ name: WARM_UP, targets: [healthy.target], fallback: null }];
  for (const asked of cases) {
    const fault = modelFault(asked.fault);
    const server = await start(fault.server, folder);
    const fallback = asked.fallback ? await start(fault.stream ? STREAMING_FALLBACK : FALLBACK, folder) : null;
    const name = caseName(asked);
    served.set(name, { fault, server, fallback });
    models.push({ name, targets: [server.target], fallback: fallback ? `${name}-fallback` : null });
    if (fallback) models.push({ name: `${name}-fallback`, targets: [fallback.target], fallback: null });
  }
  const config = configOf(models, { retries, timeout: TIMEOUT_S, cooldowns: false });
  const proxy = await startLiteLlm(program, config, {
    folder: path.join(folder, 'proxy'),
    port: await freePort(),
    environment: resolverEnvironment({ folder, nameServer: nameServer.address }),
  });
  await chat(proxy.port, WARM_UP, false);
  return {
    ask: async (asked) => {
      const name = caseName(asked);
      const entry = served.get(name);
      if (!entry || asked.retries !== retries) throw new Error(`"${name}" was not prepared.`);
      return askOnce(proxy, asked, entry);
    },
    close: async () => {
      await proxy.stop();
      nameServer.close();
      healthy.close();
      for (const { server, fallback } of served.values()) {
        server.close();
        fallback?.close();
      }
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts a model server on a port of its own. */
export async function start(script: ModelFault['server'], folder: string): Promise<UpstreamServer> {
  const never = (): never => {
    throw new Error('A model server needs no certificates and no CGI program here.');
  };
  const surroundings = { folder, certificates: never, cgi: never, asRoot: false, upAtStart: false };
  const server = await startUpstream(script, surroundings, await ownPlace());
  await server.prepare?.();
  return server;
}

/** Sends one chat request over a connection of its own. */
export const chat = (port: number, model: string, stream: boolean): Promise<WireEvent[]> =>
  exchangeRaw(port, {
    method: 'POST',
    target: PATH,
    headers: [
      ['Authorization', `Bearer ${PROXY_KEY}`],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify({
      model,
      messages: [{ role: 'user', content: 'Two plus two?' }],
      ...(stream ? { stream: true } : {}),
    }),
    patienceMs: PATIENCE_MS,
  });

async function askOnce(proxy: RunningProxy, asked: AiCase, { fault, server, fallback }: Served): Promise<AiRecording> {
  const access = new LogWindow(proxy.logs.access);
  const error = new LogWindow(proxy.logs.error);
  const sentAt = performance.now();
  const since = ({ contacts }: UpstreamServer): number => contacts().filter((at) => at >= sentAt).length;
  const wire = await chat(proxy.port, caseName(asked), fault.stream === true);
  await access.waitFor(`${PATH} HTTP`, LOG_PATIENCE_MS);
  await sleep(LOG_SETTLES_MS);
  const blind = ['closed', 'blackhole', 'unresolvable'].includes(fault.server.kind);
  return {
    ...{ fault: asked.fault, retries: asked.retries, fallback: asked.fallback, stream: fault.stream === true },
    wire: maskAnswer(steadyWire(wire)),
    attempts: blind ? null : since(server),
    fallbackAttempts: fallback ? since(fallback) : 0,
    log: maskLines([...access.lines(), ...error.lines()]),
  };
}
