/**
 * Where things were while a gateway was recorded. They change from session to session whatever the gateway, so they are
 * masked before the gateway's own rules run.
 */
export interface Places {
  /** `host:port` of each server of the route, in order. */
  readonly addresses: readonly string[];
  /** Path of the server's unix socket, if it has one. */
  readonly socket: string | null;
  /** Folder in which the gateway and its applications run. */
  readonly folder: string | null;
}

/** Folder of the simulated gateway's applications. */
export const SIMULATED_FOLDER = '/srv/app';
export const SIMULATED_SOCKET = '/run/app/app.sock';

/** Name of the placeholder for the address of a server. @param index its position in the fault's list, from 0 */
const addressName = (index: number): string => (index === 0 ? 'upstream-address' : `upstream-address-${index + 1}`);

/** Puts placeholders in place of addresses and paths. */
export function maskPlaces(text: string, { addresses, socket, folder }: Places): string {
  let masked = text;
  if (socket !== null) masked = masked.replaceAll(socket, '{{upstream-socket}}');
  if (folder !== null) masked = masked.replaceAll(folder, '{{folder}}');
  for (const [index, address] of addresses.entries()) {
    masked = masked.replace(
      new RegExp(`(?<![\\d.])${address.replaceAll('.', String.raw`\.`)}(?!\\d)`, 'g'),
      `{{${addressName(index)}}}`,
    );
  }
  return masked;
}

/** What a placeholder of {@link maskPlaces} stands for; null when it is none of them. */
export function placeOf(name: string, { addresses, socket, folder }: Places): string | null {
  if (name === 'upstream-socket') return socket;
  if (name === 'folder') return folder;
  const index = addresses.findIndex((_, position) => name === addressName(position));
  return addresses[index] ?? null;
}

/**
 * Address of the n-th server of a route whose first one is known: the next host of the same network, or the next port
 * where the host is a name or this machine.
 * @param first `host:port`
 */
export function serverAddress(first: string, index: number): string {
  const [, host = first, port = '80'] = /^(.*):(\d+)$/.exec(first) ?? [];
  const address = /^((?!127\.)\d+\.\d+\.\d+\.)(\d+)$/.exec(host);
  if (address) return `${address[1] ?? ''}${(Number(address[2]) + index) % 256}:${port}`;
  return `${host}:${Number(port) + index}`;
}

/** Names that do not resolve, each in its own way: those of the recorder, and of scenarios that give an address only. */
export const UNRESOLVABLE_HOSTS = {
  nxdomain: 'no-such-host.invalid',
  servfail: 'servfail.test',
  timeout: 'timeout.test',
} as const;
