import type { ClientId } from '../../../src/schema/client-words.ts';
import type { Kind } from '../../../src/gateway/client-words-kinds.ts';
import type { Met } from './lab.ts';

/**
 * Puts placeholders in place of what belongs to one meeting: names, ports, times, and the numbers of the kind.
 * @param kind what this wire is to the client, which tells the numbers that its words may mention
 */
export function maskWords(
  client: ClientId,
  said: string,
  { host, port, address }: Met,
  path: string,
  seconds: number,
  kind: Kind | null,
): string {
  let text = said.replace(/0x[0-9a-f]{6,}/g, '0x…').replace(/(?<= )[0-9A-F]{16}(?=:error:)/, '…');
  if (client === 'node') text = text.replaceAll(`${address}:${port}`, '{address}:{port}');
  text = text.replaceAll(host, '{host}').replaceAll(path, '{path}');
  text = text.replaceAll(new RegExp(`(?<=port[ =]|:)${port}(?!\\d)`, 'g'), '{port}');
  // curl says how long it took, give or take a few ms.
  text = text
    .replace(/(?<=timed out after )\d+(?= milliseconds)/, '{limitMs}')
    .replace(/(?<= after )\d+(?= ms:)/, kind?.id === 'connect-timeout' ? '{limitMs}' : '{ms}');
  text = text.replace(new RegExp(`(?<=timeout=)${seconds}(?=\\D)`), '{seconds}');
  // Longer values first: one may be part of another.
  const values = Object.entries(kind?.values ?? {}).sort(([, a], [, b]) => String(b).length - String(a).length);
  for (const [name, value] of values) {
    if (value === '' || value === 0) continue;
    const literal = String(value).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    text = text.replaceAll(new RegExp(`(?<![\\w{])${literal}(?!\\w)`, 'g'), `{${name}}`);
  }
  return text;
}
