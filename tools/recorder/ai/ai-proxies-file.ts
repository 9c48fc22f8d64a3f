import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aiProxySchema, type AiProxySet } from '../../../src/schema/ai-proxy.ts';

const FOLDER = fileURLToPath(new URL('../../../content/ai-proxies/', import.meta.url));

/** Stores what a proxy answered; returns the file. */
export function writeAiProxy(set: AiProxySet): string {
  const file = path.join(FOLDER, `${set.proxy}@${set.version}.json`);
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(aiProxySchema.parse(set), null, 2)}\n`);
  return file;
}
