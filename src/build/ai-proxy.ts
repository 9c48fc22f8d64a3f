import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { clientViewOf } from '../gateway/client-view.ts';
import type { ClientView } from '../gateway/exchange.ts';
import { aiProxySchema, type AiCase, type AiProxySet, type AiRecording } from '../schema/ai-proxy.ts';

const FOLDER = path.resolve('content/ai-proxies');

/** The recorded proxies for language models. Throws where a file is not what the recorder writes. */
export const aiProxies = (): AiProxySet[] =>
  readdirSync(FOLDER).map((file) => aiProxySchema.parse(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))));

/** The newest recording of a proxy. Throws a sentence where there is none. */
export function aiProxy(name: string): AiProxySet {
  const [newest] = aiProxies()
    .filter(({ proxy }) => proxy === name)
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
  if (!newest) throw new Error(`There is no recording of "${name}" in content/ai-proxies.`);
  return newest;
}

/** What a proxy did with one fault of its model server. Throws a sentence where that was not recorded. */
export function aiRecording({ proxy, recordings }: AiProxySet, { fault, retries, fallback }: AiCase): AiRecording {
  const found = recordings.find(
    (candidate) => candidate.fault === fault && candidate.retries === retries && candidate.fallback === fallback,
  );
  if (found) return found;
  const known = [...new Set(recordings.map((recording) => recording.fault))].join(', ');
  throw new Error(
    `${proxy} was not recorded with "${fault}", ${retries} retries and ${fallback ? 'a' : 'no'} fallback; there is ${known}.`,
  );
}

/** The answer as a client reads it: head, body without its framing, and how it ended. */
export const aiAnswer = ({ wire }: AiRecording): ClientView => clientViewOf(wire, 'POST');

const PLACEHOLDER = /\{\{\w+\}\}/g;

/** The recording for a reader: what changes from run to run is left out. */
export const readable = (recording: AiRecording): AiRecording => {
  const plain = (text: string): string => text.replaceAll(PLACEHOLDER, '…');
  const { wire, log } = recording;
  return {
    ...recording,
    // Bytes are latin1, which has no ellipsis.
    wire: wire.map((event) =>
      event.kind === 'bytes' ? { ...event, bytes: event.bytes.replaceAll(PLACEHOLDER, '...') } : event,
    ),
    log: { access: log.access.map(plain), error: log.error.map(plain) },
  };
};
