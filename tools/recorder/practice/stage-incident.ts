import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from '../certificates.ts';
import { FIRST_TRAFFIC, NEW_ADDRESS, ORDERS_TLS, TRAFFIC, UPSTREAM, type Incident } from './incidents.ts';
import { APPLICATION_LOG, CA_FILE } from './machine-plan.ts';
import { openMachine, type PracticeMachine } from './machine.ts';
import { makeMemoryGroup } from './memory-group.ts';
import { nginxFiles } from './nginx-files.ts';
import { ZONE_SERVER } from './zone-server.ts';

const APPLICATION = fileURLToPath(new URL('./orders-api.ts', import.meta.url));
/** Where the machine has its copy. */
const INSTALLED = '/srv/orders-api/orders-api.ts';
const PREPARED_WITHIN_S = 60;

/** The gateway's and the upstream's certificates, as files of a practice machine. */
export type Certificates = Readonly<Record<string, string>>;

/** Makes the certificates that all practice machines of a session share. Needs the program openssl. */
export function certificatesOfMachine(): Certificates {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'practice-'));
  try {
    makeCertificates(folder, { good: 'api.example.com', wrongname: 'old-orders.internal.example.com' });
    const text = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8');
    return {
      [CA_FILE]: text('ca.pem'),
      '/etc/nginx/tls/api.pem': text('good.pem'),
      '/etc/nginx/tls/api.key': text('good.key'),
      [ORDERS_TLS.cert]: text('wrongname.pem'),
      [ORDERS_TLS.key]: text('wrongname.key'),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/**
 * Starts a practice machine, lets all be well for a moment, breaks it, and lets the world notice.
 * @param hurried commands do not wait
 */
export async function stageIncident(
  incident: Incident,
  certificates: Certificates,
  hurried?: true,
): Promise<PracticeMachine> {
  const { gateway, orders, memory, breaks, edits, traffic = TRAFFIC } = incident;
  const memoryGroup = memory === undefined ? undefined : makeMemoryGroup(memory);
  const machine = await openMachine({
    addresses: [UPSTREAM.address, NEW_ADDRESS, ZONE_SERVER],
    application: INSTALLED,
    orders,
    names: { [UPSTREAM.name]: UPSTREAM.address },
    ...(memoryGroup ? { memoryGroup } : {}),
    ...(edits === undefined ? {} : { edits }),
    ...(hurried ? { hurried } : {}),
    files: {
      ...nginxFiles(gateway),
      ...certificates,
      [INSTALLED]: fs.readFileSync(APPLICATION, 'utf8'),
      '/etc/hosts': '127.0.0.1 localhost\n127.0.0.1 api.example.com\n',
      '/etc/resolv.conf': `nameserver ${ZONE_SERVER}\n`,
    },
  });
  const close = async (): Promise<void> => {
    await machine.close();
    memoryGroup?.remove();
  };
  try {
    for (const command of [
      'systemctl start orders-api && systemctl start nginx',
      FIRST_TRAFFIC,
      breaks ?? 'true',
      traffic,
    ]) {
      const { output, exit } = await machine.run(command, PREPARED_WITHIN_S);
      if (output === '') continue;
      const log = await machine.run(`tail -n 20 ${APPLICATION_LOG}`, PREPARED_WITHIN_S);
      throw new Error(`The incident ${incident.id} did not come about (exit code ${exit}): ${output}${log.output}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...machine, close };
}
