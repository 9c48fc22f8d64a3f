import { signal, type ReadonlySignal } from '@preact/signals';
import partUrl from 'virtual:part/python';
import { PYTHON } from 'virtual:python-files';
import type { PythonFileName } from '../sandbox/python/python-files.ts';
import { scriptText } from './parts.ts';

const bytesSoFar = signal<{ readonly done: number; readonly total: number } | null>(null);

/** Bytes of Python's files that have come, and that there are; null before and after. */
export const progress: ReadonlySignal<{ readonly done: number; readonly total: number } | null> = bytesSoFar;

/** Python on its way to this page. */
export interface Download {
  readonly script: Promise<string>;
  readonly files: ReadonlyMap<PythonFileName, Promise<Blob>>;
  /** All of it is here. Rejects with a sentence. */
  readonly whole: Promise<unknown>;
}

let download: Download | null = null;

/** Fetches Python, once a page; what has failed is tried again. Throws a sentence where the site has none. */
export function fetchPython(): Download {
  if (download) return download;
  const begun = begin();
  download = begun;
  begun.whole.catch(() => {
    if (download === begun) download = null;
  });
  return begun;
}

/**
 * In the order in which an interpreter needs them; the small ones come beside the first. All at once, the first would
 * be as late as the last.
 */
const LARGE = ['wasm', 'stdlib', 'packages'] as const satisfies readonly PythonFileName[];
const SMALL = ['lock', 'loader', 'runtime'] as const satisfies readonly PythonFileName[];

/** How much of a large file has to be here before the next one is asked for. The connection is never idle. */
const ENOUGH = 0.4;

function begin(): Download {
  if (PYTHON === null)
    throw new Error('This copy of the site was built without Python, so its programs are shown only.');
  const { files: built } = PYTHON;
  const total = Object.values(built).reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  let over = false;
  bytesSoFar.value = { done, total };
  const fetched = (name: PythonFileName, onBytes?: (soFar: number) => void): Promise<Blob> => {
    let counted = 0;
    return readAll(built[name].url, (soFar) => {
      done += soFar - counted;
      counted = soFar;
      if (!over) bytesSoFar.value = { done, total };
      onBytes?.(soFar);
    });
  };
  const script = scriptText(partUrl, 'The code for Python');
  const files = new Map<PythonFileName, Promise<Blob>>(SMALL.map((name) => [name, fetched(name)]));
  let turn = Promise.resolve(null);
  for (const name of LARGE) {
    const enough = Promise.withResolvers<null>();
    const file = turn.then(() =>
      fetched(name, (soFar) => {
        if (soFar >= ENOUGH * built[name].bytes) enough.resolve(null);
      }),
    );
    file.catch(enough.reject);
    files.set(name, file);
    turn = enough.promise;
  }
  turn.catch(() => undefined);
  const whole = Promise.all([script, ...files.values()]).finally(() => {
    over = true;
    bytesSoFar.value = null;
  });
  return { script, files, whole };
}

const UNREACHABLE = 'Python could not be loaded. Check your connection, then press Run again.';

/** What is at an address. Not by `fetch`, which tells how far it is only to who takes every byte through this thread. */
function readAll(url: string, onBytes: (soFar: number) => void): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'blob';
    request.onprogress = ({ loaded }) => onBytes(loaded);
    request.onerror = () => reject(new Error(UNREACHABLE));
    request.onload = () => {
      const content = request.response as Blob;
      if (request.status === 200) {
        onBytes(content.size);
        resolve(content);
      } else reject(new Error(`${UNREACHABLE} (The server answered ${request.status}.)`));
    };
    request.send();
  });
}
