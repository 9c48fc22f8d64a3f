import dgram from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { UNRESOLVABLE_HOSTS } from '../../src/gateway/places.ts';

/** A name with two addresses, 127.0.0.1 and 127.0.0.2. */
export const ROUND_ROBIN_HOST = 'rr.test';
/** Names that resolve to 127.0.0.1. */
const KNOWN = new Set(['upstream.test', 'gw.test', 'localhost', ROUND_ROBIN_HOST]);

const RCODE = { noError: 0, servfail: 2, nxdomain: 3 } as const;
const TYPE_A = 1;

export interface NameServer {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly close: () => void;
}

/** Starts a DNS server (RFC 1035, UDP only) on a free port of 127.0.0.1. It knows the lab's names and no others. */
export async function startNameServer(): Promise<NameServer> {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (query, from) => {
    const answer = answerTo(query);
    if (answer) socket.send(answer, from.port, from.address);
  });
  const { port } = await new Promise<AddressInfo>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => resolve(socket.address()));
  });
  return { address: `127.0.0.1:${port}`, close: () => socket.close() };
}

/** The response to one query, or null when the lab plays a dead server. */
function answerTo(query: Buffer): Buffer | null {
  const labels: string[] = [];
  let position = 12;
  for (let length = query[position]; length; length = query[position]) {
    labels.push(query.toString('latin1', position + 1, position + 1 + length));
    position += 1 + length;
  }
  const name = labels.join('.').toLowerCase();
  if (name === UNRESOLVABLE_HOSTS.timeout) return null;
  const type = query.readUInt16BE(position + 1);
  const question = query.subarray(12, position + 5);
  const known = KNOWN.has(name);
  const addresses =
    known && type === TYPE_A ? (name === ROUND_ROBIN_HOST ? ['7f000001', '7f000002'] : ['7f000001']) : [];
  // An A record: pointer to the question's name, type A, class IN, TTL 1 s, length 4, the address.
  const records = Buffer.from(addresses.map((address) => `c00c0001000100000001` + `0004${address}`).join(''), 'hex');
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  const rcode = known ? RCODE.noError : name === UNRESOLVABLE_HOSTS.servfail ? RCODE.servfail : RCODE.nxdomain;
  header.writeUInt16BE(0x8580 | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  return Buffer.concat([header, question, records]);
}
