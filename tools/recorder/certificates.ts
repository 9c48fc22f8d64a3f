import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CannotPlay } from './full-queue.ts';

/** The names that the certificates of a lab are for. */
interface CertificateNames {
  /** For all of them but one. */
  readonly good: string;
  readonly wrongname: string;
}

const LAB_NAMES: CertificateNames = { good: 'upstream.test', wrongname: 'other.test' };

/**
 * Makes a certificate authority (`ca.pem`) and with it, in `folder`, a `.pem` and a `.key` for each of: `good`, `expired`
 * (until 2021), `wrongname` (for another name), and `selfsigned`, which no authority signed. RSA 2048, as most servers have.
 * Needs the program openssl; throws CannotPlay when it is missing or fails.
 */
export function makeCertificates(folder: string, names: CertificateNames = LAB_NAMES): void {
  fs.mkdirSync(folder, { recursive: true });
  const openssl = (...args: readonly string[]): void => {
    const { status, stderr, error } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status === 0) return;
    const words = error?.message ?? stderr.trim().slice(-500);
    throw new CannotPlay(`the lab's certificates need the program openssl, which said: ${words}`);
  };
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '3650',
    '-subj',
    '/CN=Lab Test CA',
    // Python 3.13 and newer insist.
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  );
  const leaf = (id: string, name: string, until: string): void => {
    openssl('req', ...newKey, '-keyout', `${id}.key`, '-out', `${id}.csr`, '-subj', `/CN=${name}`);
    const files = { ext: `${id}.ext`, conf: `${id}.cnf`, index: `${id}.index`, serial: `${id}.serial` };
    const write = (file: string, text: string): void => fs.writeFileSync(path.join(folder, file), text);
    write(files.ext, `subjectAltName=DNS:${name}\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid\n`);
    write(files.index, '');
    write(files.serial, '01');
    // Only `openssl ca` takes a start and an end date.
    write(
      files.conf,
      `[ca]\ndefault_ca=lab\n[lab]\ndatabase=${files.index}\nserial=${files.serial}\nnew_certs_dir=.\ncertificate=ca.pem\n` +
        `private_key=ca.key\ndefault_md=sha256\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n`,
    );
    const dates = ['-startdate', '20200101000000Z', '-enddate', until];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      files.conf,
      '-in',
      `${id}.csr`,
      '-out',
      `${id}.pem`,
      ...dates,
      '-extfile',
      files.ext,
    );
  };
  leaf('good', names.good, '20491231000000Z');
  leaf('expired', names.good, '20210101000000Z');
  leaf('wrongname', names.wrongname, '20491231000000Z');
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', 'selfsigned.key', '-out', 'selfsigned.pem', '-days', '3650'],
    ...['-subj', `/CN=${names.good}`, '-addext', `subjectAltName=DNS:${names.good}`],
  );
  // A gateway's worker may run as another user.
  for (const file of fs.readdirSync(folder)) fs.chmodSync(path.join(folder, file), 0o644);
}
