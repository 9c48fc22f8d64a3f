import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from '../certificates.ts';
import { FIRST_TRAFFIC, TRAFFIC, UPSTREAM, type Incident } from './incidents.ts';
import { openMachine, type PracticeMachine } from './machine.ts';
import { makeMemoryGroup } from './memory-group.ts';
import { nginxFiles } from './nginx-files.ts';

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
      '/etc/nginx/tls/ca.pem': text('ca.pem'),
      '/etc/nginx/tls/api.pem': text('good.pem'),
      '/etc/nginx/tls/api.key': text('good.key'),
      '/srv/orders-api/tls/orders.pem': text('wrongname.pem'),
      '/srv/orders-api/tls/orders.key': text('wrongname.key'),
    };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Starts a practice machine, lets all be well for a moment, breaks it, and lets the world notice. */
export async function stageIncident(incident: Incident, certificates: Certificates): Promise<PracticeMachine> {
  const {
    gateway,
    orders,
    hosts = { [UPSTREAM.name]: UPSTREAM.address },
    memory,
    breaks,
    traffic = TRAFFIC,
  } = incident;
  const names = Object.entries({ localhost: '127.0.0.1', 'api.example.com': '127.0.0.1', ...hosts });
  const memoryGroup = memory === undefined ? undefined : makeMemoryGroup(memory);
  const machine = await openMachine({
    addresses: [UPSTREAM.address],
    application: INSTALLED,
    orders,
    ...(memoryGroup ? { memoryGroup } : {}),
    files: {
      ...nginxFiles(gateway),
      ...certificates,
      [INSTALLED]: fs.readFileSync(APPLICATION, 'utf8'),
      '/etc/hosts': names.map(([name, address]) => `${address} ${name}\n`).join(''),
      '/etc/resolv.conf': 'nameserver 127.0.0.53\n',
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
      if (output !== '')
        throw new Error(`The incident ${incident.id} did not come about (exit code ${exit}): ${output}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ...machine, close };
}
