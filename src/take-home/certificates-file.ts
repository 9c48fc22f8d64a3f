import type { Plan } from './plan.ts';

/**
 * Text of `certificates.sh`, which makes an authority and the certificates that the scenario's TLS servers show; null when
 * none of them speaks TLS. Private keys are made on the reader's machine, so that none is published.
 */
export function certificatesFile({ lanes }: Plan): string | null {
  const servers = lanes.flatMap((lane) => lane.servers);
  const wanted = new Set(
    servers.flatMap((server) =>
      server.kind === 'tls-only' ? ['good'] : server.kind === 'kept' && server.tls ? [server.tls.certificate] : [],
    ),
  );
  const speaksTls = wanted.size > 0 || lanes.some(({ needs }) => needs.tls);
  if (!speaksTls) return null;
  const leaves = [...wanted].map((certificate) => LEAVES[certificate]);
  return `#!/bin/sh
# Makes the authority that the gateway trusts, and the certificates of the upstream's TLS servers. Needs openssl.
set -eu
mkdir -p certificates
cd certificates
openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 3650 -subj '/CN=Lab Test CA'
# leaf FILE NAMES LAST_DAY: only openssl ca takes the dates.
leaf() {
  printf 'subjectAltName=%s\\nextendedKeyUsage=serverAuth\\n' "$2" > "$1.ext"
  : > "$1.index"
  echo 01 > "$1.serial"
  cat > "$1.cnf" <<END
[ca]
default_ca=lab
[lab]
database=$1.index
serial=$1.serial
new_certs_dir=.
certificate=ca.pem
private_key=ca.key
default_md=sha256
policy=any
unique_subject=no
[any]
commonName=supplied
END
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj '/CN=upstream'
  openssl ca -batch -notext -config "$1.cnf" -in "$1.csr" -out "$1.pem" -startdate 20200101000000Z -enddate "$3" -extfile "$1.ext"
}
${leaves.map((line) => `${line ?? ''}\n`).join('')}chmod 644 ./*
`;
}

const LEAVES: Readonly<Record<string, string>> = {
  good: 'leaf good DNS:upstream.test,DNS:localhost 20491231000000Z',
  expired: 'leaf expired DNS:upstream.test,DNS:localhost 20210101000000Z',
  wrongname: `leaf wrongname DNS:other.test 20491231000000Z`,
  selfsigned:
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout selfsigned.key -out selfsigned.pem -days 3650 -subj '/CN=upstream.test' -addext 'subjectAltName=DNS:upstream.test,DNS:localhost'",
};
