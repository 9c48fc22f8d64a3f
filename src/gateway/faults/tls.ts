import type { Fault, HttpServer, TcpServer, TlsServer } from '../fault.ts';
import { bytes, close, reset, stall } from './broken-response.ts';
import { NGINX_TLS_PORT } from './nginx-400.ts';

const TLS = { tls: true } as const;

const speaks = (tls: TlsServer): readonly [HttpServer] => [{ kind: 'http', tls }];

/** Meets the ClientHello with these events. */
const meetsHello = (play: TcpServer['play']): readonly [TcpServer] => [{ kind: 'tcp', after: 'bytes', play }];

/** A fatal TLS alert (RFC 8446 §6): handshake_failure, number 40. */
const HANDSHAKE_FAILURE = '\x15\x03\x03\x00\x02\x02\x28';

/** Gateway and upstream disagree about TLS: whether to speak it, which version, with which certificate. */
export const TLS_FAULTS: readonly Fault[] = [
  {
    id: 'tls-plain-upstream',
    group: 'tls',
    cause: 'protocol-mismatch',
    summary: 'speaks plain HTTP where the gateway expects TLS',
    lesson:
      '“Wrong version number” is rarely about versions: the first bytes of the answer were no TLS record at all. Take the s out of the upstream’s https, or turn TLS on behind it.',
    route: TLS,
    servers: meetsHello(() => [
      bytes('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'),
      close(),
    ]),
  },
  {
    id: 'tls-self-signed',
    group: 'tls',
    cause: 'tls-certificate',
    summary: 'shows a certificate that it signed itself, and the gateway verifies',
    lesson:
      'The gateway cannot know whose certificate this is. Give it the authority that signs your upstreams; switching verification off accepts everybody’s.',
    route: TLS,
    servers: speaks({ certificate: 'selfsigned' }),
  },
  {
    id: 'tls-expired',
    group: 'tls',
    cause: 'tls-certificate',
    summary: 'shows a certificate of a trusted authority that expired years ago',
    lesson:
      'It worked yesterday and nobody deployed anything: look at the dates. Renew, reload the upstream, then watch the date that it really serves.',
    route: TLS,
    servers: speaks({ certificate: 'expired' }),
  },
  {
    id: 'tls-wrong-name',
    group: 'tls',
    cause: 'tls-certificate',
    summary: 'shows a valid certificate for another name than the one that the gateway asks for',
    lesson:
      'The name to verify is a setting of its own, and not always the name that is connected to. Compare it with the certificate’s subjectAltName.',
    route: TLS,
    servers: speaks({ certificate: 'wrongname' }),
  },
  {
    id: 'tls-handshake-reset',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'resets the connection when the ClientHello arrives',
    lesson:
      'No TLS alert, only a reset: something that does not speak TLS decided, such as a firewall, a proxy in between, or a crashed process.',
    route: TLS,
    servers: meetsHello(() => [reset()]),
  },
  {
    id: 'tls-handshake-close',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'closes the connection when the ClientHello arrives',
    lesson:
      'The upstream read the first message and hung up without an alert. Servers do so for a name that they do not host (SNI) or a client that they do not want.',
    route: TLS,
    servers: meetsHello(() => [close()]),
  },
  {
    id: 'tls-handshake-stall',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'never answers the ClientHello',
    lesson:
      'The connection stands, so no connect timer may be running any more. Which timer covers the handshake differs from gateway to gateway; the recordings show how long each one waits.',
    route: TLS,
    servers: [{ kind: 'tcp', after: 'accept', play: () => [stall()] }],
    timer: 'readMs',
    patienceMs: 12_000,
  },
  {
    id: 'tls-old-protocol',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'offers TLS 1.0 and nothing newer',
    lesson:
      'Current libraries refuse TLS 1.0 and 1.1. Update the upstream; lowering the gateway’s minimum is for the day on which that is impossible.',
    route: TLS,
    servers: speaks({ certificate: 'good', maxVersion: 'TLSv1' }),
  },
  {
    id: 'tls-alert-handshake-failure',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'answers the ClientHello with the fatal alert 40, handshake failure',
    lesson:
      'Alert 40 means that the upstream found nothing in common with the gateway, mostly no cipher suite. Compare both lists; the upstream’s log often says which one it missed.',
    route: TLS,
    servers: meetsHello(() => [bytes(HANDSHAKE_FAILURE), close()]),
  },
  {
    id: 'tls-client-cert-required',
    group: 'tls',
    cause: 'tls-handshake',
    summary: 'demands a client certificate, and the gateway has none',
    lesson:
      'With TLS 1.3 the refusal comes after the handshake looked finished, so it can surface as a failed read. Look for “certificate required” in the gateway’s log.',
    route: TLS,
    servers: speaks({ certificate: 'good', demandsClientCertificate: true }),
  },
  {
    id: 'plain-to-tls-node',
    group: 'tls',
    cause: 'protocol-mismatch',
    summary: 'is a Node.js TLS server that a gateway asks in plain HTTP',
    lesson:
      'The upstream expects a ClientHello, gets “GET /” and hangs up. It looks like any early close: check the scheme before you search the application.',
    servers: [{ kind: 'tls-only' }],
  },
  {
    id: 'plain-to-tls-nginx',
    group: 'tls',
    cause: 'protocol-mismatch',
    summary: 'is nginx’s TLS port that a gateway asks in plain HTTP',
    lesson:
      'nginx answers such a request with a 400 page of its own, and every gateway passes it on. The client sees a client error although its request was fine.',
    servers: NGINX_TLS_PORT,
  },
];
