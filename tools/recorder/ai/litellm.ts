import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../find-program.ts';
import { startGateway, type GatewayProcess } from '../gateway-process.ts';
import type { Target } from '../adaptor.ts';

/** LiteLLM's proxy, from pip, as a program that can be started on this machine. */

/** Where fetch-litellm.ts puts it. */
export const LITELLM_PACKAGES = fileURLToPath(new URL('../../../.cache/ai/python', import.meta.url));

export const HOW_TO_FETCH = 'node tools/recorder/ai/fetch-litellm.ts fetches it, some 700 MB';

export interface LiteLlm {
  readonly python: string;
  /** Version number alone. */
  readonly version: string;
  /** With what it is built on. */
  readonly program: string;
}

const ASK_VERSIONS = [
  'import platform, importlib.metadata as m',
  "print(m.version('litellm'), m.version('openai'), m.version('aiohttp'), platform.python_version())",
].join('\n');

/** LiteLLM, where it was fetched; null elsewhere. */
export function findLiteLlm(): LiteLlm | null {
  const python = findProgram('python3');
  if (python === null || !fs.existsSync(path.join(LITELLM_PACKAGES, 'litellm'))) return null;
  const { stdout } = spawnSync(python, ['-c', ASK_VERSIONS], { encoding: 'utf8', env: environmentOf() });
  const [version, openai, aiohttp, runtime] = stdout.trim().split(' ');
  if (!version || !openai || !aiohttp || !runtime) return null;
  return {
    python,
    version,
    program: `LiteLLM proxy ${version} (openai ${openai}, aiohttp ${aiohttp}, Python ${runtime})`,
  };
}

/** No call home: prices of models from the package, no telemetry, no check for news. */
export const environmentOf = (): Record<string, string> => ({
  ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }),
  PYTHONPATH: LITELLM_PACKAGES,
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONUNBUFFERED: '1',
  LITELLM_LOCAL_MODEL_COST_MAP: 'True',
  LITELLM_TELEMETRY: 'False',
  NO_DOCS: 'True',
});

/** One model of the proxy: all requests that name it go to these servers. */
export interface Model {
  readonly name: string;
  readonly targets: readonly Target[];
  /** Name of the model that is asked when this one fails. */
  readonly fallback: string | null;
}

export interface LiteLlmSettings {
  readonly retries: number;
  /** Seconds that the proxy gives a model server. */
  readonly timeout: number;
  /** Takes servers out that failed, as it does by default. */
  readonly cooldowns: boolean;
}

export const PROXY_KEY = 'sk-lab';
/** Requests on its standard output, everything else on the other one. */
const LOGS = { access: 'access.log', error: 'error.log' } as const;
/** It loads some hundred megabytes of Python first. */
const STARTS_WITHIN_MS = 120_000;

/** The configuration file. LiteLLM reads YAML, of which JSON is a part. */
export function configOf(models: readonly Model[], { retries, timeout, cooldowns }: LiteLlmSettings): string {
  const fallbacks = models.flatMap(({ name, fallback }) => (fallback === null ? [] : [{ [name]: [fallback] }]));
  return JSON.stringify(
    {
      model_list: models.flatMap(({ name, targets }) =>
        targets.map(({ host, port }) => ({
          model_name: name,
          litellm_params: {
            model: 'openai/lab-model',
            api_base: `http://${host}:${port}/v1`,
            api_key: 'sk-model-server',
          },
        })),
      ),
      litellm_settings: { request_timeout: timeout },
      router_settings: {
        num_retries: retries,
        ...(cooldowns ? {} : { disable_cooldowns: true }),
        ...(fallbacks.length > 0 ? { fallbacks } : {}),
      },
      general_settings: { master_key: PROXY_KEY },
    },
    null,
    2,
  );
}

export interface RunningProxy {
  readonly port: number;
  /** Paths. */
  readonly logs: { readonly access: string; readonly error: string };
  readonly stop: GatewayProcess['stop'];
}

/** Starts the proxy in a folder of its own and waits until it listens. */
export async function startLiteLlm(
  { python }: LiteLlm,
  config: string,
  { folder, port, environment }: { folder: string; port: number; environment: Readonly<Record<string, string>> },
): Promise<RunningProxy> {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'config.yaml'), config);
  const proxy = await startGateway(
    python,
    {
      files: {},
      args: [
        ...['-c', 'from litellm import run_server; run_server()'],
        ...['--config', 'config.yaml', '--host', '127.0.0.1', '--port', String(port), '--telemetry', 'False'],
      ],
      environment: { ...environmentOf(), HOME: folder, ...environment },
      stdout: LOGS.access,
      stderr: LOGS.error,
      startsWithinMs: STARTS_WITHIN_MS,
      settlesMs: 500,
      logs: LOGS,
    },
    folder,
    port,
  );
  const logs = { access: path.join(folder, LOGS.access), error: path.join(folder, LOGS.error) };
  return { port, logs, stop: proxy.stop };
}
