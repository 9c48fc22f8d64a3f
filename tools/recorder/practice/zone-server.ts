import dgram from 'node:dgram';
import fs from 'node:fs';
import { ZONE } from './machine-plan.ts';

/** Where the practice machine's name server listens; its /etc/resolv.conf says so. */
export const ZONE_SERVER = '10.0.0.53';

const RCODE = { noError: 0, nxdomain: 3 } as const;
const TYPE_A = 1;
const HEADER_BYTES = 12;

/**
 * Starts the machine's name server: it reads {@link ZONE} at each question, and says NXDOMAIN to names that do not stand there.
 * Nobody may keep its answers, so that a name that goes is gone at once.
 */
export async function startZoneServer(): Promise<void> {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answerTo(query), from.port, from.address));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, ZONE_SERVER, resolve);
  });
}

function answerTo(query: Buffer): Buffer {
  const labels: string[] = [];
  let position = HEADER_BYTES;
  for (let length = query[position]; length; length = query[position]) {
    labels.push(query.toString('latin1', position + 1, position + 1 + length));
    position += 1 + length;
  }
  const name = labels.join('.').toLowerCase();
  const lines = fs.readFileSync(ZONE, 'utf8').split('\n');
  const address = lines.map((line) => line.split(' ')).find(([, known]) => known === name)?.[0];
  const isForAddress = query.readUInt16BE(position + 1) === TYPE_A;
  const question = query.subarray(HEADER_BYTES, position + 5);
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  // QR, RD and RA.
  header.writeUInt16BE(0x8180 | (address === undefined ? RCODE.nxdomain : RCODE.noError), 2);
  header.writeUInt16BE(1, 4);
  if (address === undefined || !isForAddress) return Buffer.concat([header, question]);
  header.writeUInt16BE(1, 6);
  // Pointer to the question's name, type A, class IN, TTL 0, length 4, the address.
  const record = Buffer.from('c00c00010001000000000004', 'hex');
  return Buffer.concat([header, question, record, Buffer.from(address.split('.').map(Number))]);
}
