import { check, type Checks } from './check.ts';

const PHASES =
  "curl -s --max-time 120 -o /dev/null -w 'name %{time_namelookup} connect %{time_connect} tls %{time_appconnect} first byte %{time_starttransfer} total %{time_total} status %{http_code}\\n' https://{host}{path}";

/** Causes on the client's side, and answers that are no failure of a gateway. */
export const CLIENT = {
  'client-aborted': {
    confirmBy: [
      check(
        PHASES,
        [
          'a total longer than the client’s time limit',
          'The client gave up on a slow answer: make it quicker, or let the client wait.',
        ],
        ['a short total', 'A person closed the page, or the network broke.'],
      ),
    ],
    ruleOutBy: [
      check(
        'grep -F {path} "$ACCESS_LOG" | tail -20',
        ['this request with a status of the upstream', 'The answer was complete. The client left later.'],
        ['499, or an empty status', 'It stands.'],
      ),
    ],
  },
  'client-dns': {
    confirmBy: [
      check(
        'getent ahosts {host}; dig +short @1.1.1.1 {host}',
        ['nothing from both', 'The name does not exist, or no resolver is reached.'],
        ['addresses from the second one only', 'This machine’s resolver fails, and the name is fine.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s --max-time 5 -o /dev/null -w '%{remote_ip} %{exitcode}\\n' https://{host}{path}",
        ['an address', 'The name resolves on this machine now.'],
        ['no address, and 6', 'It stands.'],
      ),
    ],
  },
  'client-tls': {
    confirmBy: [
      check(
        'openssl s_client -connect {host}:443 -servername {host} -verify_return_error -brief </dev/null',
        ['a verify error', 'It names what is wrong: the date, the name, or the chain.'],
        ['Verification: OK', 'The client has another list of authorities, or a proxy stands between.'],
      ),
    ],
    ruleOutBy: [
      check(
        'openssl s_client -connect {host}:443 -servername {host} </dev/null 2>/dev/null | openssl x509 -noout -issuer -dates',
        ['an issuer that is public, and dates around today', 'The server’s certificate is fine. Look at the client.'],
        [
          'the name of a company, or of a security product',
          'A proxy intercepts the connection: the client must trust it.',
        ],
      ),
    ],
  },
  'client-connect': {
    confirmBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null https://{host}{path}',
        ['Connection refused', 'Nothing listens there.'],
        ['Connection timed out', 'A firewall, or a wrong address.'],
        ['any status', 'It connects now.'],
      ),
    ],
    ruleOutBy: [
      check(
        "env | grep -i proxy; curl -sv --noproxy '*' --max-time 5 -o /dev/null https://{host}{path}",
        ['it works without the proxy', 'A proxy that is set in the environment is the one that cannot be reached.'],
        ['it fails', 'It stands.'],
      ),
    ],
  },
  'client-timeout': {
    confirmBy: [
      check(
        PHASES,
        ['a first byte later than the client’s time limit', 'The client gave up before the answer.'],
        ['connect 0.000000', 'It never connected, which is another cause.'],
        ['a quick answer', 'It was slow at that moment only.'],
      ),
    ],
    ruleOutBy: [
      check(
        'grep -F {path} "$ACCESS_LOG" | tail -20',
        ['504 for this request', 'The gateway’s limit came first.'],
        ['499 for this request', 'It stands: the client left first.'],
      ),
    ],
  },
  'rate-limited': {
    confirmBy: [
      check(
        "curl -s -o /dev/null -D - https://{host}{path} | grep -iE '^(HTTP|retry-after|ratelimit|x-ratelimit)'",
        ['429, or a count of 0 that remain', 'Wait as long as Retry-After says. Repeating at once makes it worse.'],
        ['a count that is left', 'There is room again.'],
      ),
    ],
    ruleOutBy: [
      check(
        "awk '$9 == 429' \"$ACCESS_LOG\" | cut -d' ' -f1 | sort | uniq -c | sort -rn | head",
        ['this client is not among them', 'It was not this limit that held it back.'],
        ['this client is among the first', 'It stands.'],
      ),
    ],
  },
  auth: {
    confirmBy: [
      check(
        'curl -s -o /dev/null -w \'%{http_code}\\n\' -H "Authorization: Bearer $TOKEN" https://{host}{path}',
        ['401', 'The token is not valid: expired, or of another issuer.'],
        ['403', 'It is valid and not allowed here.'],
        ['2xx', 'The failing client sent none, or an old one.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s -o /dev/null -w '%{http_code}\\n' https://{host}{path}",
        ['the same status without any token', 'It does not depend on the token: a firewall or a rule of the gateway.'],
        ['another status', 'It stands.'],
      ),
    ],
  },
  'app-error-500': {
    confirmBy: [
      check(
        'curl -sv --max-time 10 http://{upstream}{path}',
        [
          'the same status without the gateway',
          'It is the application’s own error; its log of that second has the stack.',
        ],
        ['another status', 'The gateway makes a difference: compare headers and path.'],
      ),
    ],
    ruleOutBy: [
      check(
        'journalctl -u "$SERVICE" --since "-10 min" | grep -iE \'error|exception|traceback\' | tail -20',
        ['nothing at that second', 'The application knows of no error. Who wrote the page?'],
        ['a stack trace', 'It stands.'],
      ),
    ],
  },
  'not-found': {
    confirmBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
        ['404 here, too', 'The application does not know the path.'],
        ['found here', 'The gateway sends the path elsewhere, or changes it.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -s https://{host}{path} | head -c 300',
        ['a page of the gateway', 'No route of the gateway fits, so the application was never asked.'],
        ['the application’s own page', 'It stands.'],
      ),
    ],
  },
  cors: {
    confirmBy: [
      check(
        "curl -si -X OPTIONS -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: GET' https://{host}{path} | grep -iE '^(HTTP|access-control)'",
        ['no Access-Control-Allow-Origin', 'The server does not allow this page.'],
        ['an error status', 'An error page rarely has the header. Fix that error first.'],
        ['the header with your origin', 'It is allowed. Compare the method and the headers of the real request.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s -o /dev/null -w '%{http_code}\\n' https://{host}{path}",
        ['5xx', 'The request itself fails, and the browser only hides it.'],
        ['2xx', 'It stands.'],
      ),
    ],
  },
  'not-a-failure': {
    confirmBy: [
      check(
        "curl -s -o /dev/null -w '%{http_code} %{time_total}\\n' https://{host}{path}",
        ['a status below 400', 'There is nothing to repair in this text.'],
        ['an error', 'It fails now: paste what it says.'],
      ),
    ],
    ruleOutBy: [
      check(
        'awk \'$9 >= 500\' "$ACCESS_LOG" | tail -20',
        ['lines of the time in question', 'Others failed. Paste one of these lines.'],
        ['no line', 'It stands.'],
      ),
    ],
  },
  'unrelated-text': {
    confirmBy: [
      check(
        'curl -sv --max-time 10 -o /dev/null https://{host}{path}',
        ['an answer below 400', 'Nothing fails that one could see from here.'],
        ['anything else', 'Paste what it prints.'],
      ),
    ],
    ruleOutBy: [
      check(
        'grep -E \'error|crit\' "$ERROR_LOG" | tail -20',
        ['lines of the second of the failure', 'The gateway has its own words for it. Paste them.'],
        ['no line', 'It stands: no gateway complains.'],
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Checks>>;
