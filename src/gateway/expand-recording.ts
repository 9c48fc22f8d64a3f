import { expandText } from './compact-text.ts';
import type { Recording } from './recording.ts';

/** A recording with its repetitions written out. */
export const expandRecording = (recording: Recording): Recording => ({
  ...recording,
  wire: recording.wire.map((event) => (event.kind === 'bytes' ? { ...event, bytes: expandText(event.bytes) } : event)),
  log: { access: recording.log.access.map(expandText), error: recording.log.error.map(expandText) },
});
