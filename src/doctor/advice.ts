import type { CauseId } from '../gateway/ids.ts';

/**
 * What to run next for each cause. `{host}`, `{path}`, `{upstream}`, `{address}` and `{port}` are filled in from the
 * reader's own text, quoted for the shell; what the text does not give stays a variable of the shell.
 */
export interface Advice {
  /** The command that confirms the cause or rules it out, and how to read its outcome. */
  readonly run: string;
  readonly expect: string;
  /** What would speak against this cause. */
  readonly against: string;
}

export const ADVICE: Readonly<Record<CauseId, Advice>> = {
  'upstream-refused': {
    run: 'nc -vz -w 3 {address} {port}',
    expect:
      'Refused here too: start the program or correct the port. If it connects, the program came back, or listens for another address than the gateway uses.',
    against: 'The connection opens from the gateway’s own machine or container at the time of the failure.',
  },
  'upstream-unreachable': {
    run: 'nc -vz -w 3 {address} {port}',
    expect:
      'Silence for three seconds: a firewall, a security group, a route or a dead machine. An answer at once means that the way is open now.',
    against: 'A connection from the gateway’s own machine opens at once.',
  },
  'upstream-dns': {
    run: 'getent ahosts {address}',
    expect:
      'No line means that the gateway’s machine cannot resolve the name. Addresses mean that the gateway asks another resolver, or keeps an old answer.',
    against: 'The name resolves with the very resolver that the gateway is configured to use.',
  },
  'upstream-closed-early': {
    run: "curl -sv --max-time 10 -o /dev/null -H 'Connection: close' http://{upstream}{path}",
    expect:
      'An empty reply here too: look into the application’s log of that second for a crash or a limit. An answer every time: compare the idle timeouts, because it is a race on reused connections.',
    against: 'The application logged a complete answer for this request.',
  },
  'keepalive-race': {
    run: "curl -sv --max-time 10 -o /dev/null -H 'Connection: close' http://{upstream}{path}",
    expect:
      'Never fails on a fresh connection: make the upstream’s idle timeout longer than the gateway’s. Fails here too: it is no race.',
    against: 'The failing request was the first on its connection, or it fails every time.',
  },
  'upstream-reset-midbody': {
    run: 'curl -sv --max-time 30 -o /dev/null http://{upstream}{path}',
    expect:
      'curl exit code 18 or 56: the upstream cuts its own answer; look for a crash or a time limit there. A full answer: look at what lies between.',
    against: 'A direct request gets the whole body.',
  },
  'header-too-big': {
    run: 'curl -s -o /dev/null -D - http://{upstream}{path} | wc -c',
    expect:
      'More bytes than the buffer of the gateway: shorten cookies or raise the buffer. Few bytes: send the request with the cookies that the failing client sends.',
    against: 'The header is small for the same user with the same cookies.',
  },
  'invalid-response': {
    run: "printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' {path} {host} | nc -w 5 {address} {port} | head -c 400 | xxd",
    expect: 'The first bytes show it: a status line, TLS (15 03), HTTP/2, or something that is no HTTP.',
    against: 'The bytes form a valid response.',
  },
  'protocol-mismatch': {
    run: "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 {address} {port} | head -c 64 | xxd",
    expect:
      '`HTTP/1` means plain HTTP; 15 03 means TLS; nothing readable means another protocol. Set the gateway to what you see.',
    against: 'The upstream speaks the protocol that the gateway is set to.',
  },
  'tls-handshake': {
    run: 'openssl s_client -connect {upstream} -servername {host} -brief </dev/null',
    expect:
      'An alert or no answer: compare versions, ciphers, server name and client certificate. A session: the gateway is set up differently from this command.',
    against: 'openssl gets a session with the gateway’s settings.',
  },
  'tls-certificate': {
    run: 'openssl s_client -connect {upstream} -servername {host} -verify_return_error -brief </dev/null',
    expect: 'The verify error names it: expired, wrong name, unknown issuer, or an incomplete chain.',
    against: 'openssl verifies the chain and the name with the gateway’s own list of authorities.',
  },
  'upstream-timeout': {
    run: "curl -s --max-time 120 -o /dev/null -w 'connect %{time_connect} first byte %{time_starttransfer} total %{time_total} status %{http_code}\\n' http://{upstream}{path}",
    expect:
      'A first byte later than the gateway’s read timeout: the upstream is slow. Quick: it was slow at that moment, so look at its load and its locks then.',
    against: 'The upstream logged a quick answer to this very request.',
  },
  'no-healthy-upstream': {
    run: 'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
    expect:
      'Fails: this is the failure that took the servers out; diagnose its words. Answers: look at path, port and expected status of the health check.',
    against: 'The gateway’s status page shows a healthy server at the time of the failure.',
  },
  overload: {
    run: 'ss -ltn sport = :{port}',
    expect: 'Recv-Q as large as Send-Q: the accept queue is full. Add workers or shed load; do not repeat at once.',
    against: 'Queues are empty and workers are idle at the time of the failure.',
  },
  'worker-crashed': {
    run: "journalctl -k --since '1 hour ago' | grep -iE 'out of memory|oom-kill|segfault'",
    expect:
      'A line for the worker: memory or a crash in native code. No line: look for a time limit that kills workers (gunicorn timeout, harakiri, request_terminate_timeout).',
    against: 'The worker’s process id is the same before and after.',
  },
  'socket-missing-or-denied': {
    run: 'namei -l {socket}',
    expect:
      'A part that is missing: the application is not running or writes its socket elsewhere. A part without x or rw for the gateway’s user: correct owner or mode.',
    against: 'The gateway’s user can open the socket.',
  },
  'serverless-malformed-response': {
    run: 'aws lambda invoke --function-name "$FUNCTION" --payload file://event.json --cli-binary-format raw-in-base64-out out.json && cat out.json',
    expect: 'The answer must be an object with a numeric statusCode and a body that is a string.',
    against: 'The function returns statusCode, headers and a body that is a string.',
  },
  'serverless-timeout': {
    run: 'aws logs filter-log-events --log-group-name "/aws/lambda/$FUNCTION" --filter-pattern "Task timed out"',
    expect: 'Lines: the function reached its own limit. None: the gateway’s limit was shorter.',
    against: 'The function’s log shows an end well before the limit.',
  },
  'gateway-misconfig': {
    run: 'nginx -t',
    expect:
      'The configuration test of your gateway names file and line (haproxy -c -f, apachectl -t, caddy validate, envoy --mode validate).',
    against: 'The same request worked with the same configuration before.',
  },
  maintenance: {
    run: 'curl -sI https://{host}{path}',
    expect: 'Retry-After, or a page that says so: wait. Gone: it is over.',
    against: 'Nobody switched a maintenance mode on.',
  },
  'cdn-origin-error': {
    run: 'curl -sv --max-time 10 -o /dev/null --resolve {host}:443:"$ORIGIN" https://{host}{path}',
    expect:
      'Fails without the CDN too: diagnose the origin with these words. Works: the CDN’s addresses are blocked, or it is set up for another port or name.',
    against: 'The origin answers the same request when the CDN is bypassed.',
  },
  'client-aborted': {
    run: "curl -s --max-time 120 -o /dev/null -w '%{time_total}\\n' https://{host}{path}",
    expect:
      'Longer than the client’s time limit: the client gave up on a slow answer. Quick: a person closed the page, or the network broke.',
    against: 'The client reports an answer for this request.',
  },
  'client-dns': {
    run: 'getent ahosts {host}',
    expect: 'No line: this machine cannot resolve the name. Compare with another resolver: dig @1.1.1.1.',
    against: 'The name resolves on the very machine that failed.',
  },
  'client-tls': {
    run: 'openssl s_client -connect {host}:443 -servername {host} -verify_return_error -brief </dev/null',
    expect:
      'The verify error names it. No error: the client has another list of authorities, or a proxy intercepts it.',
    against: 'openssl on the same machine verifies the certificate.',
  },
  'client-connect': {
    run: 'curl -sv --max-time 5 -o /dev/null https://{host}{path}',
    expect:
      'Refused: nothing listens there. Silence: a firewall, or a wrong address. Try from another network to tell which.',
    against: 'A connection from the same machine opens.',
  },
  'client-timeout': {
    run: "curl -s --max-time 120 -o /dev/null -w 'connect %{time_connect} first byte %{time_starttransfer} total %{time_total}\\n' https://{host}{path}",
    expect: 'Compare the first byte with the client’s time limit: whichever is shorter decides.',
    against: 'The answer comes well within the client’s time limit.',
  },
  'rate-limited': {
    run: 'curl -sI https://{host}{path}',
    expect: 'Retry-After or RateLimit headers say how long to wait. Repeating at once makes it worse.',
    against: 'The client sent only a few requests in that minute.',
  },
  auth: {
    run: 'curl -s -o /dev/null -w \'%{http_code}\\n\' -H "Authorization: Bearer $TOKEN" https://{host}{path}',
    expect:
      '2xx: the failing client sent no token, or an old one. 401: the token is not valid. 403: it is valid and not allowed.',
    against: 'The same credentials work for the same path.',
  },
  'app-error-500': {
    run: 'curl -sv --max-time 10 http://{upstream}{path}',
    expect:
      'The same status without the gateway: it is the application’s own error; its log of that second has the stack trace.',
    against: 'The application answers well when the gateway is bypassed.',
  },
  'not-found': {
    run: 'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
    expect:
      '404 here too: the application does not know the path. Found here: the gateway sends the path elsewhere, or changes it.',
    against: 'The same path answers when the gateway is bypassed.',
  },
  cors: {
    run: "curl -sI -X OPTIONS -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: GET' https://{host}{path}",
    expect:
      'Look at status and Access-Control-Allow-Origin. An error status without that header is often a gateway’s own error page: fix that first.',
    against: 'The answer carries the header that the browser missed.',
  },
  'not-a-failure': {
    run: "curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' https://{host}{path}",
    expect: 'A status below 400 now: there is nothing to repair in this text.',
    against: 'A user saw an error at that very time.',
  },
  'unrelated-text': {
    run: 'curl -sv --max-time 10 -o /dev/null https://{host}{path}',
    expect: 'Paste what it prints, or the gateway’s error-log line of the second of the failure.',
    against: 'The text does come from a gateway or from a client of one.',
  },
};
