import path from 'node:path';
import { recordedVersions, recordingsFor } from '../../src/build/scenarios.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import type { TakeHomeGateway } from '../../src/take-home/gateway-kit.ts';
import { ADAPTORS } from '../../tools/recorder/gateways/index.ts';

/** A gateway that is installed here, with what was recorded of it. */
export interface InstalledGateway {
  readonly program: string;
  readonly recordings: RecordingSet;
  /** The recording is of another version. */
  readonly otherVersion: boolean;
  /** Where its program is. */
  readonly folder: string;
}

/** The gateway with its recordings, or why it cannot be tested. */
export function installed(id: TakeHomeGateway): InstalledGateway | string {
  const found = ADAPTORS.find((adaptor) => adaptor.id === id)?.find() ?? null;
  if (!found) return `${id} is not installed.`;
  if (!recordedVersions().some(({ gateway }) => gateway === id)) return `There are no recordings of ${id}.`;
  const recordings = recordingsFor(id, found.version);
  return {
    program: found.program,
    recordings,
    otherVersion: recordings.version !== found.version,
    folder: path.dirname(found.command),
  };
}
