import { words, type RuleSet } from '../rule.ts';
import { NGINX, nginxLine as line } from './nginx-line.ts';

/** nginx on TLS with the upstream and on names that do not resolve. */
export const NGINX_NAMES: RuleSet = {
  ...NGINX,
  rules: [
    words(
      'nginx.tls-to-plain',
      ['protocol-mismatch', 'tls-handshake'],
      'certain',
      /SSL_do_handshake\(\) failed \(SSL: [^)]{0,300}(?:wrong version number|unknown protocol|http request|packet length too long)[^)]{0,200}\)(?: \([^)]{0,60}\))? while SSL handshaking (?:to|with) upstream/,
      'nginx speaks TLS to a port that answers in plain text.',
      line(
        'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      ),
      { faults: ['tls-plain-upstream'] },
    ),
    words(
      'nginx.tls-verify',
      'tls-certificate',
      'certain',
      /upstream SSL certificate (?:verify error: \(\d{1,3}:[^)]{1,200}\)|does not match)|cannot load certificate "[^"]{1,200}" while SSL handshaking to upstream/,
      'TLS worked, and nginx does not accept the certificate: its issuer, its dates or its name.',
      line('upstream SSL certificate verify error: (10:certificate has expired) while SSL handshaking to upstream'),
      { faults: ['tls-expired', 'tls-self-signed', 'tls-wrong-name'] },
    ),
    words(
      'nginx.tls-certificate-handshake',
      ['tls-certificate', 'tls-handshake'],
      'likely',
      /SSL_do_handshake\(\) failed \(SSL: [^)]{0,300}(?:certificate verify failed|certificate expired|unknown ca|bad certificate)[^)]{0,200}\)(?: \([^)]{0,60}\))? while SSL handshaking (?:to|with) upstream/,
      'The handshake with the upstream broke off over a certificate.',
      line(
        'SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking to upstream',
      ),
    ),
    words(
      'nginx.tls-handshake',
      'tls-handshake',
      'certain',
      /(?:SSL_do_handshake\(\) failed [^\n]{0,400}|peer closed connection in SSL handshake[^\n]{0,120}) while SSL handshaking (?:to|with) upstream/,
      'The TLS handshake with the upstream broke off: version, cipher, server name or client certificate.',
      line(
        'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
      ),
      {
        faults: ['tls-alert-handshake-failure'],
        unless:
          /wrong version number|unknown protocol|certificate verify failed|certificate expired|unknown ca|bad certificate|http request|packet length too long/,
      },
    ),
    words(
      'nginx.tls-read',
      'tls-handshake',
      'certain',
      /SSL_(?:read|write|shutdown)\(\) failed \(SSL: [^)]{0,300}\)[^\n]{0,40} while (?:reading response header from|sending request to) upstream/,
      'The upstream ended the TLS session with an alert, such as a missing client certificate.',
      line(
        'SSL_read() failed (SSL: error:0A00045C:SSL routines::tlsv13 alert certificate required:SSL alert number 116) while reading response header from upstream',
      ),
      { faults: ['tls-client-cert-required'] },
    ),
    words(
      'nginx.dns',
      'upstream-dns',
      'certain',
      /\S{1,250} could not be resolved(?: \(\d{1,3}: [^)]{1,80}\))?/,
      'nginx looked the name up while it ran, and its resolver gave no address.',
      line('api.internal.example.com could not be resolved (3: Host not found)'),
      { faults: ['dns-nxdomain'], unless: /curl|Could not resolve|Backend host/ },
    ),
    words(
      'nginx.dns-start',
      ['upstream-dns', 'gateway-misconfig'],
      'certain',
      /host not found in (?:upstream|resolver|"[^"]{1,200}") ?"?[^\s"]{0,200}/,
      'A name in the configuration has no address, so nginx does not start or reload.',
      'nginx: [emerg] host not found in upstream "api.example.com:8080" in /etc/nginx/conf.d/app.conf:12',
      { faults: ['dns-nxdomain-start'] },
    ),
    words(
      'nginx.no-resolver',
      ['gateway-misconfig', 'upstream-dns'],
      'certain',
      /no resolver defined to resolve/,
      'The upstream is named by a variable, and no resolver is configured that could look it up.',
      line('no resolver defined to resolve api.example.com'),
    ),
  ],
};
