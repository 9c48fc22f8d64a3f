import { expandRecording } from './expand-recording.ts';
import type { Fault } from './fault.ts';
import { faultById, faultForMethod } from './faults/index.ts';
import type { PassedOn } from './pass-on.ts';
import type { Recording, RecordingSet } from './recording.ts';

/** A fault with what the gateway was recorded to make of it. */
export interface RecordedFault {
  /** The fault as it was asked for. */
  readonly fault: Fault;
  /** The catalogue's entry that was recorded: the fault itself, or its variant for the method of the request. */
  readonly variant: Fault;
  /** Written out in full. */
  readonly recording: Recording;
  /** Null when the gateway answered itself, or not at all. */
  readonly passedOn: PassedOn | null;
  /** The fault is the client's, who leaves. Until it does all is well, and the recording is that of a healthy upstream. */
  readonly untilClientLeaves: boolean;
}

/** What the story of a run has to know of what a gateway makes of a fault. */
export interface Reaction {
  readonly variant: Fault;
  readonly recording: Pick<Recording, 'attempts' | 'tried'>;
  readonly passedOn: PassedOn | null;
}

/** By fault and method. Throws a sentence on a fault that the gateway's answers do not tell of. */
export type Reactions = (id: string, method: string) => Reaction;

/** Finds recordings by fault and method, and remembers what it found. */
export type RecordedFaults = (id: string, method: string) => RecordedFault;

/** Tells whether a recorded answer was passed on, and how. */
export type PassedOnOf = (variant: Fault, recording: Recording) => PassedOn | null;

/** Throws a sentence on a fault that does not exist or that was not recorded. */
export function recordedFaultsIn(recordings: RecordingSet, passedOnOf: PassedOnOf): RecordedFaults {
  const stored = new Map(recordings.recordings.map((recording) => [recording.fault, recording]));
  const found = new Map<string, RecordedFault>();
  return (id, method) => {
    const key = `${method} ${id}`;
    const known = found.get(key);
    if (known) return known;
    const fault = faultById(id);
    const other = faultForMethod(fault, method);
    const variant = stored.has(other.id) ? other : fault;
    const untilClientLeaves = variant.request?.leavesAfterMs !== undefined;
    const compact = stored.get(untilClientLeaves ? 'ok' : variant.id);
    if (!compact) throw new Error(`${recordings.program} was not recorded with the fault ${id}.`);
    const recording = expandRecording(compact);
    const passedOn = untilClientLeaves ? { by: 'profile' as const, share: 1 } : passedOnOf(variant, recording);
    const recorded = { fault, variant, recording, passedOn, untilClientLeaves };
    found.set(key, recorded);
    return recorded;
  };
}
