import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../../tools/recorder/find-program.ts';

/** gunicorn and uvicorn, which tests/setup/fetch-python-servers.ts fetches. */
export const SERVERS_FOLDER = fileURLToPath(new URL('../../../.cache/python-servers/', import.meta.url));

export const WITHOUT_SERVERS = 'gunicorn and uvicorn are not there: npm run setup:tests fetches them.';

/** Python, and the environment in which it finds the servers; null when they were not fetched. */
export function pythonWithServers(): { command: string; env: NodeJS.ProcessEnv } | null {
  const command = findProgram('python3');
  if (command === null || !existsSync(`${SERVERS_FOLDER}gunicorn`)) return null;
  return { command, env: { ...process.env, PYTHONPATH: SERVERS_FOLDER, PYTHONDONTWRITEBYTECODE: '1' } };
}
