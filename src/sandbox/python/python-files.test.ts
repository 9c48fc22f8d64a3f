import { expect, test } from 'vitest';
import { filesFrom, PYTHON_FILES, type ArrivedFile } from './python-files.ts';

function page() {
  const { port1, port2 } = new MessageChannel();
  return { files: filesFrom(port2), send: (file: ArrivedFile): void => port1.postMessage(file), end: port1 };
}

test('each file is there as soon as it has come, whatever the order', async () => {
  const { files, send, end } = page();
  send({ name: 'wasm', content: new Blob(['machine']) });
  send({ name: 'lock', content: new Blob(['{}']) });
  expect(await (await files.lock).text()).toBe('{}');
  expect(await (await files.wasm).text()).toBe('machine');
  const late = Promise.race([files.packages, Promise.resolve('not here yet')]);
  expect(await late).toBe('not here yet');
  end.close();
});

test('one that cannot be had is said by name, and the others come all the same', async () => {
  const { files, send, end } = page();
  send({ name: 'stdlib', content: null });
  send({ name: 'packages', content: new Blob(['requests']) });
  await expect(files.stdlib).rejects.toThrow("Python's stdlib could not be loaded");
  expect(await (await files.packages).text()).toBe('requests');
  end.close();
});

test('when the last has come, the port is closed on both sides', async () => {
  const { files, send, end } = page();
  const closed = new Promise((resolve) => end.addEventListener('close', resolve));
  for (const name of PYTHON_FILES) send({ name, content: new Blob([name]) });
  await Promise.all(Object.values(files));
  await closed;
});
