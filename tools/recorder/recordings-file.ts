import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compactText } from '../../src/gateway/compact-text.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import type { RecordedOutcome, Recording, RecordingSet } from '../../src/gateway/recording.ts';
import type { Adaptor, InstalledProgram } from './adaptor.ts';

const FOLDER = fileURLToPath(new URL('../../content/recordings/', import.meta.url));

/** Where the recordings of one version are stored. */
const recordingsPath = (gateway: GatewayId, version: string): string => path.join(FOLDER, gateway, `${version}.json`);

/** The stored recordings of one version; null when there are none. */
export function readRecordings(gateway: GatewayId, version: string): RecordingSet | null {
  const file = recordingsPath(gateway, version);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as RecordingSet) : null;
}

/** Versions of a gateway that are stored, newest first. */
export function recordedVersions(gateway: GatewayId): string[] {
  const folder = path.join(FOLDER, gateway);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/**
 * Puts fresh recordings into the stored set of this version, in the order of the fault catalogue. Recordings that were
 * not made again stay, and then the set keeps its older date too.
 * @param gone faults that this gateway cannot meet any more; their recordings go
 */
export function mergeRecordings(
  adaptor: Adaptor,
  program: InstalledProgram,
  fresh: readonly Recording[],
  gone: readonly string[],
  today: string,
): RecordingSet {
  const stored = readRecordings(adaptor.id, program.version);
  const kept = (stored?.recordings ?? []).filter(
    (old) => !gone.includes(old.fault) && !fresh.some(({ fault }) => fault === old.fault),
  );
  const order = new Map(FAULTS.map(({ id }, index) => [id, index]));
  const recordings = [...kept, ...fresh.map(compact)]
    .filter(({ fault }) => order.has(fault))
    .sort((a, b) => (order.get(a.fault) ?? 0) - (order.get(b.fault) ?? 0));
  return {
    format: 1,
    gateway: adaptor.id,
    version: program.version,
    program: program.program,
    platform: platform(),
    date: stored && kept.length > 0 ? stored.date : today,
    timeouts: adaptor.timeouts,
    settings: adaptor.settings,
    recordings,
  };
}

function compact(recording: Recording): Recording {
  const { others } = recording;
  return { ...recording, ...compactOutcome(recording), ...(others ? { others: others.map(compactOutcome) } : {}) };
}

const compactOutcome = <Outcome extends RecordedOutcome>(outcome: Outcome): Outcome => ({
  ...outcome,
  wire: outcome.wire.map((event) => (event.kind === 'bytes' ? { ...event, bytes: compactText(event.bytes) } : event)),
  log: { access: outcome.log.access.map(compactText), error: outcome.log.error.map(compactText) },
});

/** Writes a set as JSON that reads well and changes little from one recording to the next. */
export function writeRecordings(set: RecordingSet): string {
  const file = recordingsPath(set.gateway, set.version);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(set, null, 2)}\n`);
  return file;
}

/** The system's own name for itself, e.g. `Debian GNU/Linux 12 (bookworm)`. */
function platform(): string {
  const release = '/etc/os-release';
  const name = fs.existsSync(release)
    ? /^PRETTY_NAME="?([^"\n]+)/m.exec(fs.readFileSync(release, 'utf8'))?.[1]
    : undefined;
  return name ?? `${os.type()} ${os.release()}`;
}
