import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkedWheels, fetchWheels, REQUIREMENTS } from './wheels.ts';

const WHEEL = 'some_package-1.2-py3-none-any.whl';
const hash = createHash('sha256').update('the wheel').digest('hex');
const requirements = `# A comment.\nsome-package==1.2 \\\n    --hash=sha256:${hash}\n`;

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wheels-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('the wheels', () => {
  test('are the files that the requirements name by their hashes', () => {
    fs.writeFileSync(path.join(folder, WHEEL), 'the wheel');
    expect(checkedWheels(requirements, folder)).toEqual([path.join(folder, WHEEL)]);
  });

  test('are refused when a byte has changed', () => {
    fs.writeFileSync(path.join(folder, WHEEL), 'the whee1');
    expect(() => checkedWheels(requirements, folder)).toThrow(
      `${path.join(folder, WHEEL)} is not the file that the requirements name: its SHA-256 is another. Delete it.`,
    );
  });

  test('are missed when they are not there', () => {
    expect(() => checkedWheels(requirements, folder)).toThrow(`some-package 1.2 is not in ${folder}.`);
    expect(() => checkedWheels(requirements, path.join(folder, 'nowhere'))).toThrow('some-package 1.2 is not in');
  });

  test('each have a hash in the project, and are the packages that a client needs', () => {
    const text = fs.readFileSync(REQUIREMENTS, 'utf8');
    const names = [...text.matchAll(/^([\w-]+)==[\w.]+ \\\n {4}--hash=sha256:[0-9a-f]{64}$/gm)].map(([, name]) => name);
    expect(names).toHaveLength([...text.matchAll(/^[^#\s]/gm)].length);
    expect(names).toEqual(expect.arrayContaining(['requests', 'urllib3', 'httpx', 'tenacity', 'certifi', 'idna']));
  });

  test('are done without where there is no pip, which a sentence says', async () => {
    fs.mkdirSync(path.join(folder, path.dirname(REQUIREMENTS)), { recursive: true });
    fs.writeFileSync(path.join(folder, REQUIREMENTS), requirements);
    expect(await fetchWheels(folder, ['no-such-python'])).toMatch(
      /^There is no Python with pip here, so Python programs are shown, but do not run: install pip .*\.$/,
    );
  });
});
