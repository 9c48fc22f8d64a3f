/**
 * Makes the files with which the page runs Python, so that neither the tests nor the build have to wait for them: fetches
 * the packages with pip and compiles them. Part of the set-up of the tests; what is missing, it says in one sentence.
 */
import { pythonFiles } from '../src/build/python-files.ts';

const python = await pythonFiles(process.cwd());
if (python) {
  const sum = python.files.reduce((total, { bytes }) => total + bytes, 0);
  console.log(`Python in the page: Pyodide ${python.version}, ${(sum / 1e6).toFixed(0)} MB before compression.`);
}
