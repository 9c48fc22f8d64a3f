import { isReadable, utf8Text } from '../byte-text.ts';

/** Words that a shell leaves as they are. */
const PLAIN = /^[\w%+,./:=@-]+$/;

/**
 * One argument for bash, zsh, ksh and every shell that follows POSIX.1-2024.
 * @param bytes latin1 text without NUL bytes, which no argument can hold
 */
export function shellWord(bytes: string): string {
  const text = isReadable(bytes) && !bytes.includes('\r') ? utf8Text(bytes) : null;
  if (text === null) return `$'${escaped(bytes)}'`;
  if (PLAIN.test(text)) return text;
  if (!text.includes("'")) return `'${text}'`;
  return `$'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
}

/** A command that writes these bytes, NUL bytes too, to its standard output. */
export const printCommand = (bytes: string): string =>
  `printf '${escaped(bytes.replaceAll('%', '%%')).replace(/^-/, '\\055')}'`;

/** Inside `$'…'` and for `printf`: octal, because its three digits cannot be taken for more. */
const escaped = (bytes: string): string =>
  bytes.replace(/[^ -~]|['\\]/g, (char) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }[char];
    return known ?? `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
