import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * When each file under `content/` was last committed, by its path from the project's root.
 * One `git log` for the whole site: one process a page would dominate the build of a large one.
 * Empty where there is no history, such as in an unpacked archive.
 */
export function lastChanges(root: string | URL): ReadonlyMap<string, Date> {
  try {
    const log = execFileSync('git', ['log', '--format=%x00%ct', '--name-only', '--relative', '--', 'content'], {
      cwd: typeof root === 'string' ? root : fileURLToPath(root),
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return parseLog(log);
  } catch {
    return new Map();
  }
}

/** Reads the output of `git log --format=%x00%ct --name-only`: newest commit first, so a file's first mention counts. */
export function parseLog(log: string): ReadonlyMap<string, Date> {
  const changes = new Map<string, Date>();
  for (const commit of log.split('\0').slice(1)) {
    const [seconds = '', ...files] = commit.split('\n').filter(Boolean);
    const date = new Date(Number(seconds) * 1000);
    for (const file of files) if (!changes.has(file)) changes.set(file, date);
  }
  return changes;
}
