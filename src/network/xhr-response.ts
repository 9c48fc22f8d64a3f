/** What an `XMLHttpRequest` makes of the bytes it got, and how many it sends. */

/** The type and charset of a Content-Type; the type is empty when it is none. */
interface MimeType {
  readonly essence: string;
  readonly charset: string | null;
}

const NO_TYPE: MimeType = { essence: '', charset: null };

/** Reads `text/plain; charset="utf-8"`. */
export function mimeType(text: string | null): MimeType {
  const [essence = '', ...parameters] = (text ?? '').split(';').map((part) => part.trim());
  if (!/^[!#$%&'*+.^_`|~\w-]+\/[!#$%&'*+.^_`|~\w-]+$/.test(essence)) return NO_TYPE;
  const charset = parameters
    .map((parameter) => /^charset=(?:"([^"]*)"|([^\s"]*))$/i.exec(parameter))
    .map((found) => found?.[1] ?? found?.[2] ?? '')
    .find((value) => value !== '');
  return { essence: essence.toLowerCase(), charset: charset ?? null };
}

/** The text in the charset that the response names, or UTF-8. A charset that nobody knows counts as none. */
export function decodedText(bytes: Uint8Array, charset: string | null): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** The parsed body; null when it is no JSON, as the standard has it. */
export function parsedJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** All headers, a line each, sorted, with names in lower case. */
export function headerLines(headers: Headers | null): string {
  let lines = '';
  headers?.forEach((value, name) => {
    lines += `${name}: ${value}\r\n`;
  });
  return lines;
}

/** `start` with `rest` behind it. */
export function appended(start: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(start.length + rest.length);
  all.set(start);
  all.set(rest, start.length);
  return all;
}

/** Bytes of a request body, as its progress counts them; of a form it only says that there is one. */
export function lengthOf(body: XMLHttpRequestBodyInit | null): number {
  if (body === null) return 0;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof FormData) return 1;
  return new TextEncoder().encode(String(body)).length;
}
