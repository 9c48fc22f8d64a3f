import { readFileSync } from 'node:fs';
import path from 'node:path';
import { clientWordsSchema, type ClientWords } from '../schema/client-words.ts';

const FILE = path.resolve('content/client-words/recorded.json');

/** What the clients said when they were recorded. Throws where the file is not what the recorder writes. */
export const recordedClientWords = (): ClientWords =>
  clientWordsSchema.parse(JSON.parse(readFileSync(FILE, 'utf8')) as unknown);
