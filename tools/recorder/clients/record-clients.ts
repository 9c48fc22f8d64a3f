/**
 * Records what curl, Python requests and Node's fetch say about every way in which an answer can arrive or fail to:
 * `npm run record:clients`. All three must be installed (`npm run setup:tests` fetches requests). Writes
 * content/client-words/recorded.json. Exit code 1: a client is missing, or a kind cannot be played here.
 */
import fs from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { kindFor } from '../../../src/gateway/client-words-kinds.ts';
import { CLIENT_IDS, clientWordsSchema, type ClientWords } from '../../../src/schema/client-words.ts';
import { SAMPLE_KINDS } from './kinds.ts';
import { openClientLab, type ClientLab } from './lab.ts';
import { maskWords } from './mask.ts';

const FILE = fileURLToPath(new URL('../../../content/client-words/recorded.json', import.meta.url));
/** Found again in what a client says. */
const PATH = '/asked/for';

async function record(lab: ClientLab): Promise<ClientWords['words']> {
  const words: ClientWords['words'] = {};
  for (const { id, schemes, wire: wireOf, seconds } of SAMPLE_KINDS) {
    for (const scheme of schemes) {
      const wire = wireOf(1);
      const met = await lab.meet({ wire, scheme, path: PATH, seconds });
      for (const [client, said] of met.said) {
        const kind = kindFor(client, wire, 'GET');
        // What is another kind to this client is recorded with that one.
        if (kind?.id !== id) continue;
        const text = maskWords(client, said, met, PATH, seconds, kind);
        words[id] = { ...words[id], [scheme]: { ...words[id]?.[scheme], [client]: text } };
        console.log(`${id} over ${scheme}, ${client}: ${text}`);
      }
    }
  }
  return words;
}

async function main(): Promise<number> {
  const lab = await openClientLab(CLIENT_IDS);
  try {
    for (const why of lab.missing.values()) console.error(why);
    if (lab.missing.size > 0) return 1;
    const recorded = clientWordsSchema.parse({
      format: 1,
      date: new Date().toISOString().slice(0, 10),
      platform: `${os.type()} ${os.machine()}`,
      clients: Object.fromEntries(lab.clients.map(({ id, version, program }) => [id, { version, program }])),
      words: await record(lab),
    });
    fs.writeFileSync(FILE, `${JSON.stringify(recorded, null, 2)}\n`);
    return 0;
  } finally {
    lab.close();
  }
}

process.exitCode = await main();
