import type { Track } from './response.ts';

/** A form as bytes, with the Content-Type that a browser sets for it. */
export interface EncodedForm {
  readonly body: ArrayBuffer;
  readonly contentType: string;
}

const BOUNDARY = '----gateway-lab-form-boundary';

/**
 * A form as `multipart/form-data`, in the same bytes every time: a browser would put a random text between the parts.
 */
export async function multipart(form: FormData, track: Track): Promise<EncodedForm> {
  const parts: BlobPart[] = [];
  for (const [name, value] of form) {
    const file = typeof value === 'string' ? '' : `; filename="${quoted(value.name)}"`;
    const type = typeof value === 'string' ? '' : `Content-Type: ${value.type || 'application/octet-stream'}\r\n`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n${type}\r\n`;
    parts.push(head, value, '\r\n');
  }
  parts.push(`--${BOUNDARY}--\r\n`);
  const bytes = await track(new Blob(parts).arrayBuffer());
  return { body: bytes, contentType: `multipart/form-data; boundary=${BOUNDARY}` };
}

const quoted = (text: string): string => text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
