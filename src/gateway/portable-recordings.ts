import { expandRecording } from './expand-recording.ts';
import { faultById } from './faults/index.ts';
import { passedOnBy, type PassedOn } from './pass-on.ts';
import type { Profile } from './profile.ts';
import type { PassedOnOf } from './recorded-fault.ts';
import type { RecordingSet } from './recording.ts';

/**
 * The recordings of one version of a gateway with everything that only its profile could tell, as plain JSON: what a page
 * needs in order to pack the kit of any scenario, without the code of any gateway.
 */
export interface PortableRecordings {
  readonly set: RecordingSet;
  /** How an answer was passed on, by the id of the recorded fault; faults whose answer was not passed on are left out. */
  readonly passedOn: Readonly<Record<string, PassedOn>>;
}

/** How `profile` passed the recorded answers of a set on. */
export const passedOnWith =
  ({ program }: RecordingSet, profile: Profile): PassedOnOf =>
  (variant, recording) =>
    passedOnBy(variant, recording, profile, program);

/** @param profile of the gateway that was recorded */
export function portableRecordings(set: RecordingSet, profile: Profile): PortableRecordings {
  const passedOnOf = passedOnWith(set, profile);
  const passedOn = set.recordings.flatMap((recording) => {
    const found = passedOnOf(faultById(recording.fault), expandRecording(recording));
    return found ? [[recording.fault, found] as const] : [];
  });
  return { set, passedOn: Object.fromEntries(passedOn) };
}
