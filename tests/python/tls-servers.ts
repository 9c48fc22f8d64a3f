import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';

/** Real servers whose TLS is wrong in one way each, with certificates made for the occasion. */

/** As a scenario's `client.trouble` names it. */
export type TlsTrouble = 'tls-expired' | 'tls-wrong-host' | 'tls-self-signed' | 'tls-handshake';

export interface TlsServer {
  readonly origin: string;
  /** Makes Python trust the authority that signed the certificate; who signed himself is not trusted. */
  readonly environment: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Null where there is no program to make certificates with. @param folder for keys and certificates */
export async function startTlsServer(trouble: TlsTrouble, folder: string): Promise<TlsServer | null> {
  const file = (name: string): string => path.join(folder, name);
  const openssl = (...words: readonly string[]): boolean => spawnSync('openssl', words).status === 0;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const made =
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      file('ca.key'),
      '-out',
      file('ca.pem'),
      '-days',
      '2',
      '-subj',
      '/CN=CA',
    ) && openssl('req', ...key, '-keyout', file('own.key'), '-out', file('own.csr'), '-subj', '/CN=server');
  if (!made) return null;
  writeFileSync(file('names'), `subjectAltName=${trouble === 'tls-wrong-host' ? 'DNS:other.test' : 'IP:127.0.0.1'}`);
  const signer =
    trouble === 'tls-self-signed' ? ['-key', file('own.key')] : ['-CA', file('ca.pem'), '-CAkey', file('ca.key')];
  const days = trouble === 'tls-expired' ? '-1' : '1';
  const asked = ['x509', '-req', '-in', file('own.csr'), ...signer, '-CAcreateserial', '-days', days];
  if (!openssl(...asked, '-extfile', file('names'), '-out', file('own.pem'))) return null;

  // A server without a certificate has no cipher in common with anybody.
  const options: TlsOptions =
    trouble === 'tls-handshake' ? {} : { key: readFileSync(file('own.key')), cert: readFileSync(file('own.pem')) };
  const server = createServer(options, (socket) => socket.destroy());
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bundle = file('ca.pem');
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    environment: { SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
