import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { staticSite } from '../../tools/static-site.ts';
import { DIST } from './built-site.ts';
import { openOutsideWorld } from './outside-world.ts';

/** The built site under a name of its own, as a reader meets it who is not on this machine, and all that goes over the wire. */
export interface SitePlaces {
  /** Not a secure context: browsers trust plain http from `localhost` only. */
  readonly http: string;
  /** With a certificate that it has signed itself; null where openssl is missing. */
  readonly https: string | null;
  /** What the site's servers were asked for, in order. */
  readonly asked: readonly string[];
  /** What came to the names that the programs ask since this was last called. */
  readonly takeStrays: () => readonly string[];
  /**
   * With these the browser finds the site, and takes the names that programs ask for a place that writes down who comes.
   * Other names, the browser's own errands, lead nowhere.
   */
  readonly browserArgs: readonly string[];
  close(): Promise<void>;
}

export const WITHOUT_CERTIFICATE = 'The program openssl is missing, so there is no certificate for an https page.';

const NAME = 'lab.test';

/** Serves the built site on free ports. */
export async function openSitePlaces(): Promise<SitePlaces> {
  const asked: string[] = [];
  const site = staticSite(resolve(DIST));
  const listener: RequestListener = (request, response) => {
    asked.push(request.url ?? '');
    site(request, response);
  };
  const plain = createServer(listener);
  const certificate = makeCertificate();
  const secure = certificate && createSecureServer(certificate, listener);
  const outside = await openOutsideWorld();
  const servers = secure ? [plain, secure] : [plain];
  const simulated = ['*.example.com', '*.example.org', '*.test'].map((names) => `MAP ${names} ${outside.host}`);
  const rules = [`MAP ${NAME} 127.0.0.1`, ...simulated, 'MAP * ~NOTFOUND'];
  let taken = 0;
  const [http, https] = await Promise.all(servers.map(portOf));
  return {
    http: `http://${NAME}:${http}`,
    https: https === undefined ? null : `https://${NAME}:${https}`,
    asked,
    takeStrays: () => outside.arrivals.slice(taken, (taken = outside.arrivals.length)),
    browserArgs: [`--host-resolver-rules=${rules.join(', ')}`],
    close: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await outside.close();
    },
  };
}

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function makeCertificate(): { readonly key: Buffer; readonly cert: Buffer } | null {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
  const files = ['-keyout', key, '-out', cert, '-days', '2'];
  const { status } = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...names]);
  const made = status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : null;
  rmSync(folder, { recursive: true });
  return made;
}
