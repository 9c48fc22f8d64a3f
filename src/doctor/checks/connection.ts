import { check, type Checks } from './check.ts';

/** Causes that end before a byte of the request was sent. */
export const CONNECTION = {
  'upstream-refused': {
    confirmBy: [
      check(
        'nc -vz -w 3 {address} {port}',
        ['Connection refused', 'Nothing listens there now either. Start the program, or correct the port.'],
        ['succeeded, or open', 'Something listens again. Look at when it was started.'],
        ['no answer for three seconds', 'Nobody refuses: the packets are dropped, which is another cause.'],
      ),
      check(
        'ss -ltn sport = :{port}',
        ['no line on the upstream’s machine', 'No program listens on this port.'],
        ['127.0.0.1 before the port', 'It listens for its own machine only; the gateway on another one is refused.'],
        [
          '0.0.0.0, * or the address before the port',
          'It listens. The gateway went to another machine or another port.',
        ],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
        ['any HTTP status, from the gateway’s own machine', 'The connection opens, so this is over or was never so.'],
        ['Connection refused', 'It stands.'],
      ),
    ],
  },
  'upstream-unreachable': {
    confirmBy: [
      check(
        'nc -vz -w 3 {address} {port}',
        ['no answer for three seconds', 'Packets are dropped, or the machine is not there.'],
        ['No route to host', 'A router or a firewall on the way says no.'],
        ['Connection refused', 'The machine is there and nothing listens, which is another cause.'],
        ['succeeded, or open', 'The way is open now. Compare with the second of the failure.'],
      ),
      check(
        'ip route get {address}',
        ['unreachable, or an interface that you did not expect', 'The route is wrong on this machine.'],
        ['the interface that you expect', 'The packets leave rightly. Look at the firewall of the other machine.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s --max-time 10 -o /dev/null -w '%{time_connect} %{http_code}\\n' http://{upstream}{path}",
        ['a time and a status', 'The connection opens from here. Run it on the gateway’s own machine to be sure.'],
        ['0.000000 000', 'No connection from here either.'],
      ),
    ],
  },
  'upstream-dns': {
    confirmBy: [
      check(
        'getent ahosts {address}',
        ['no line', 'The gateway’s machine cannot resolve the name.'],
        ['addresses', 'It can. Does the gateway ask another resolver, or keep an old answer?'],
      ),
      check(
        'cat /etc/resolv.conf; dig +short +time=2 +tries=1 {address}',
        ['no servers could be reached', 'The resolver does not answer: this is a failure of DNS as a whole.'],
        [
          'nothing',
          'The resolver answers that there is no such name. Look for a typing error, or a record that is gone.',
        ],
        ['addresses', 'The name is fine now.'],
      ),
    ],
    ruleOutBy: [
      check(
        'nc -vz -w 3 {address} {port}',
        ['succeeded, or refused', 'The name has an address, so it is not the name.'],
        ['Name or service not known', 'It stands.'],
      ),
    ],
  },
  'socket-missing-or-denied': {
    confirmBy: [
      check(
        'namei -l {socket}',
        ['No such file or directory', 'The application is not running, or writes its socket elsewhere.'],
        ['a part without x, or a socket without rw, for the gateway’s user', 'Correct the owner or the mode.'],
        ['every part is open to the gateway’s user', 'Ask SELinux or AppArmor: ausearch -m avc, journalctl -k.'],
      ),
      check(
        'ss -xl | grep -F {socket}',
        ['no line', 'No program listens on this socket, whatever files are there.'],
        ['a line', 'The application listens. It is a matter of rights.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s -o /dev/null -w '%{http_code}\\n' --unix-socket {socket} http://localhost{path}",
        ['a status, as the gateway’s user', 'The socket can be opened, so it is another cause.'],
        ['000', 'It stands.'],
      ),
    ],
  },
  'tls-handshake': {
    confirmBy: [
      check(
        'openssl s_client -connect {upstream} -servername {host} -brief </dev/null',
        ['alert protocol version, or no protocols available', 'The two have no TLS version in common.'],
        ['alert handshake failure', 'No cipher in common, or the upstream wants a client certificate.'],
        ['wrong version number', 'The upstream speaks no TLS on this port, which is another cause.'],
        ['CONNECTION ESTABLISHED', 'openssl gets a session. Give it the gateway’s versions, ciphers and name.'],
      ),
    ],
    ruleOutBy: [
      check(
        'openssl s_client -connect {upstream} -servername {host} -tls1_2 -brief </dev/null',
        ['CONNECTION ESTABLISHED', 'The oldest version that gateways still speak works. Look at certificates next.'],
        ['an alert', 'It stands.'],
      ),
    ],
  },
  'tls-certificate': {
    confirmBy: [
      check(
        'openssl s_client -connect {upstream} -servername {host} -verify_return_error -brief </dev/null',
        ['certificate has expired', 'Renew it, and reload the upstream.'],
        ['unable to get local issuer certificate', 'The chain is incomplete, or the gateway lacks the authority.'],
        ['self-signed certificate', 'Give the gateway this certificate as an authority of its own.'],
        ['Verification: OK', 'The chain is fine. Compare the name, below.'],
      ),
      check(
        'openssl s_client -connect {upstream} -servername {host} </dev/null 2>/dev/null | openssl x509 -noout -subject -issuer -dates -ext subjectAltName',
        ['notAfter in the past', 'It has expired.'],
        ['names without the one that the gateway asks for', 'The name does not match: set the name in the gateway.'],
        ['the right name and dates', 'The certificate is fine; the gateway’s list of authorities is not.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null --resolve {host}:{port}:{address} https://{host}:{port}{path}',
        ['SSL certificate verify ok', 'A strict client accepts it. Compare the authorities of the gateway.'],
        ['SSL certificate problem', 'It stands, and the words name which.'],
      ),
    ],
  },
  'protocol-mismatch': {
    confirmBy: [
      check(
        "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 {address} {port} | head -c 64 | xxd",
        ['15 03', 'The upstream speaks TLS; the gateway must, too.'],
        ['HTTP/1', 'The upstream speaks plain HTTP. Is the gateway set to TLS, HTTP/2 or FastCGI?'],
        ['nothing readable', 'It is another protocol: FastCGI, uWSGI, gRPC, a database.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -sv --http1.1 --max-time 5 -o /dev/null http://{upstream}{path}',
        ['a status line', 'It speaks plain HTTP/1.1. With a gateway set to just that, it is another cause.'],
        ['Received HTTP/0.9, or an empty reply', 'It stands.'],
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Checks>>;
