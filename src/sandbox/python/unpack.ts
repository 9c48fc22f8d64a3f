/** One file of a container. */
export interface PackedFile {
  /** Absolute, as in the interpreter's file system. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The files of a container: the length of an index (4 bytes, big-endian), the index as JSON (`[{path, start, length}]`, start
 * from the end of the index), and the bytes of all files. Throws when it is damaged.
 */
export function unpack(container: Uint8Array): readonly PackedFile[] {
  const view = new DataView(container.buffer, container.byteOffset, container.byteLength);
  const from = 4 + view.getUint32(0);
  const index = JSON.parse(new TextDecoder().decode(container.subarray(4, from))) as readonly IndexEntry[];
  return index.map(({ path, start, length }) => ({
    path,
    bytes: container.subarray(from + start, from + start + length),
  }));
}

interface IndexEntry {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/** The container of some files. */
export function pack(files: readonly PackedFile[]): Uint8Array {
  let start = 0;
  const index = files.map(({ path, bytes }) => {
    const entry = { path, start, length: bytes.length };
    start += bytes.length;
    return entry;
  });
  const head = new TextEncoder().encode(JSON.stringify(index));
  const container = new Uint8Array(4 + head.length + start);
  new DataView(container.buffer).setUint32(0, head.length);
  container.set(head, 4);
  files.forEach(({ bytes }, position) => container.set(bytes, 4 + head.length + (index[position]?.start ?? 0)));
  return container;
}
