import path from 'node:path';
import type { PythonPaths } from '../sandbox/python/boot-in-node.ts';
import { startPythonInNode, type PythonInNode } from '../sandbox/python/run-python-in-node.ts';
import { PYTHON_FOLDER, pythonFiles } from './python-files.ts';

const started = new Map<string, Promise<PythonInNode | null>>();

/**
 * The page's Python under Node, one for all programs; null, after a sentence on the console, where its packages cannot be
 * had. It takes seconds to come up.
 * @param root the project's folder
 */
export function pythonInNode(root: string): Promise<PythonInNode | null> {
  const python = started.get(root) ?? start(root);
  started.set(root, python);
  return python;
}

/** Where the build put what an interpreter under Node needs; null, after a sentence, where the packages cannot be had. */
export async function pythonPaths(root: string): Promise<PythonPaths | null> {
  const built = await pythonFiles(root);
  if (built === null) return null;
  const file = (name: string): string =>
    path.join(root, PYTHON_FOLDER, built.files.find((one) => one.name === name)?.address ?? '');
  return { stdlib: file('stdlib'), packages: file('packages') };
}

async function start(root: string): Promise<PythonInNode | null> {
  const paths = await pythonPaths(root);
  return paths && startPythonInNode(paths);
}
