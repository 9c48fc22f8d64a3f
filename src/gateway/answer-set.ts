import type { DocumentedSet } from '../schema/documented.ts';
import type { RecordingSet } from './recording.ts';

/** Everything that is known of a gateway's answers: its recordings, or what its vendor documents. */
export type AnswerSet = RecordingSet | DocumentedSet;

export const isDocumented = (set: AnswerSet): set is DocumentedSet => 'answers' in set;
