import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Where the kernel of this system counts memory by group (cgroup v1, or v2 alone). */
const ROOTS = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup'];

export interface MemoryGroup {
  readonly folder: string;
  /** As the kernel writes it into its log. */
  readonly name: string;
  /** Takes the group away, once all of its processes have ended. */
  readonly remove: () => void;
}

/** Makes a group whose processes may have so many bytes in all. Throws a sentence where this system does not allow it. */
export function makeMemoryGroup(bytes: number, name = `orders-api-${process.pid}-${Date.now()}`): MemoryGroup {
  for (const root of ROOTS) {
    const folder = path.join(root, name);
    try {
      fs.mkdirSync(folder);
    } catch {
      continue;
    }
    for (const [file, value] of [
      ['memory.limit_in_bytes', bytes],
      ['memory.memsw.limit_in_bytes', bytes],
      ['memory.max', bytes],
      ['memory.swap.max', 0],
    ] as const) {
      if (fs.existsSync(path.join(folder, file))) fs.writeFileSync(path.join(folder, file), String(value));
    }
    return { folder, name: `/${name}`, remove: () => fs.rmdirSync(folder) };
  }
  throw new Error(
    'This system lets nobody make a memory group (cgroup), which an application that runs out of memory needs.',
  );
}
