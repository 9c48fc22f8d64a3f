import type { Recording } from '../../src/gateway/recording.ts';

/**
 * Puts one program's name in place of another's, to compare two versions in everything else. Where the name stands in a
 * body, the lengths in the response's head and in the access log change with it.
 */
export function withProgram(recording: Recording, from: string, to: string): Recording {
  if (from === to) return recording;
  const rename = (text: string): string => text.replaceAll(from, to);
  let access = recording.log.access.map(rename);
  const wire = recording.wire.map((event) => {
    if (event.kind !== 'bytes') return event;
    const bodyStart = event.bytes.indexOf('\r\n\r\n') + 4;
    const named = event.bytes.slice(bodyStart).split(from).length - 1;
    const length = /^Content-Length: (\d+)/im.exec(event.bytes)?.[1];
    const bytes = rename(event.bytes);
    if (named === 0 || length === undefined) return { ...event, bytes };
    const newLength = String(Number(length) + named * (to.length - from.length));
    access = access.map((line) => line.replace(` ${length} `, ` ${newLength} `));
    return { ...event, bytes: bytes.replace(/(?<=^Content-Length: )\d+/im, newLength) };
  });
  return { ...recording, wire, log: { access, error: recording.log.error.map(rename) } };
}
