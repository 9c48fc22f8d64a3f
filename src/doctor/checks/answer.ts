import { check, type Checks } from './check.ts';

const FRESH = "curl -sv --max-time 10 -o /dev/null -H 'Connection: close' http://{upstream}{path}";

/** Causes that end while the upstream answers, or should. */
export const ANSWER = {
  'upstream-closed-early': {
    confirmBy: [
      check(
        FRESH,
        [
          'Empty reply from server, or reset by peer',
          'The upstream closes without an answer. Read its log of that second.',
        ],
        ['an answer each time', 'On fresh connections it works: see whether it is a race on reused ones.'],
      ),
      check(
        'journalctl -u "$SERVICE" --since "-10 min" | grep -iE \'timeout|killed|signal|exit|traceback|panic|fatal\'',
        ['a line of the second of the failure', 'The application ended there: go on with a crash of the worker.'],
        ['no line', 'It did not crash. It closed the connection by its own will: a limit, or an idle timeout.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s --max-time 10 -o /dev/null -w '%{http_code}\\n' http://{upstream}{path} http://{upstream}{path}",
        ['two statuses, again and again', 'It answers, on a reused connection too. Look at what lies between.'],
        ['000', 'It stands.'],
      ),
    ],
  },
  'keepalive-race': {
    confirmBy: [
      check(
        "exec 3<>/dev/tcp/{address}/{port}; printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n' {path} {host} >&3; time cat <&3 >/dev/null; exec 3>&-",
        [
          'fewer seconds than the gateway keeps an idle connection',
          'The upstream hangs up first, so the race can be lost. Let it wait longer than the gateway.',
        ],
        ['more seconds than the gateway keeps one', 'The gateway hangs up first, and there is no race.'],
      ),
    ],
    ruleOutBy: [
      check(
        FRESH,
        ['fails on a fresh connection too', 'No race: the upstream closes without an answer.'],
        ['an answer each time', 'It stands.'],
      ),
      check(
        "curl -sI http://{upstream}{path} | grep -iE '^(keep-alive|connection|server):'",
        ['Connection: close', 'The upstream keeps no connection open, so none can be reused.'],
        ['Keep-Alive: timeout=5', 'It closes after so many seconds. The gateway must let go earlier.'],
      ),
    ],
  },
  'upstream-reset-midbody': {
    confirmBy: [
      check(
        'curl -sv --max-time 60 -o /dev/null http://{upstream}{path}; echo "exit $?"',
        ['exit 18, or exit 56', 'The upstream cuts its own answer. Look for a crash or a time limit there.'],
        ['exit 0', 'A full answer: something between the gateway and the upstream cuts it.'],
        ['exit 28', 'It stalls instead of ending.'],
      ),
    ],
    ruleOutBy: [
      check(
        "for i in 1 2 3; do curl -s --max-time 60 -o /dev/null -w '%{size_download} %{exitcode}\\n' http://{upstream}{path}; done",
        ['the same size three times, and 0', 'The answer is whole without the gateway.'],
        ['different sizes', 'It stands.'],
      ),
    ],
  },
  'header-too-big': {
    confirmBy: [
      check(
        'curl -s -o /dev/null -D - http://{upstream}{path} | wc -c',
        [
          'more than the gateway’s buffer, such as 4096 or 8192',
          'The header of the answer does not fit. Raise the buffer, or shorten cookies.',
        ],
        ['a few hundred', 'Not without the client’s cookies. Send them along with -H.'],
      ),
      check(
        "curl -s -o /dev/null -D - http://{upstream}{path} | awk '{ print length($0), substr($0, 1, 40) }' | sort -rn | head -5",
        ['one line of thousands', 'This is the header to shorten; mostly Set-Cookie, Link or a policy.'],
        ['short lines', 'Many small headers, or the request’s own header is meant.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -s -o /dev/null -w '%{http_code} %{size_header}\\n' https://{host}{path}",
        ['2xx through the gateway', 'It passes without cookies: compare with the failing client’s cookies.'],
        ['502, 431 or 400', 'It stands.'],
      ),
    ],
  },
  'invalid-response': {
    confirmBy: [
      check(
        "printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' {path} {host} | nc -w 5 {address} {port} | head -c 400 | xxd",
        ['no HTTP/1.1 and a number in the first line', 'This is no HTTP answer.'],
        ['15 03', 'It is TLS, which is another cause.'],
        ['a status line, and a header with a blank or a control character in its name', 'The header is not valid.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -sv --max-time 10 -o /dev/null http://{upstream}{path}',
        ['curl ends with 0', 'curl takes it for valid. Gateways are stricter: compare header by header.'],
        ['curl: (1), (8) or (52)', 'It stands.'],
      ),
    ],
  },
  'upstream-timeout': {
    confirmBy: [
      check(
        "curl -s --max-time 120 -o /dev/null -w 'connect %{time_connect} first byte %{time_starttransfer} total %{time_total} status %{http_code}\\n' http://{upstream}{path}",
        ['a first byte later than the gateway’s read timeout', 'The upstream is too slow for the gateway.'],
        ['a quick answer', 'It was slow at that moment: look at its load, its locks and its database of that minute.'],
        ['connect 0.000000', 'No connection at all, which is another cause.'],
      ),
    ],
    ruleOutBy: [
      check(
        'grep -F {path} "$APP_ACCESS_LOG" | tail -20',
        ['this request, answered quickly', 'The upstream was not slow. Look at what lies between.'],
        ['this request, finished after the gateway’s failure', 'It stands, and the work was done for nobody.'],
        ['no such request', 'It never reached the application: all workers were busy, or it waited in a queue.'],
      ),
    ],
  },
  'serverless-timeout': {
    confirmBy: [
      check(
        'aws logs filter-log-events --log-group-name "/aws/lambda/$FUNCTION" --filter-pattern \'"Task timed out"\' --max-items 5',
        ['Task timed out after N seconds', 'The function reached its own limit.'],
        ['no event', 'The gateway’s limit was shorter: 29 s for a REST API.'],
      ),
    ],
    ruleOutBy: [
      check(
        'aws lambda get-function-configuration --function-name "$FUNCTION" --query Timeout',
        ['more seconds than the request took', 'The function was not cut off by its own limit.'],
        ['the very seconds that the request took', 'It stands.'],
      ),
    ],
  },
  'serverless-malformed-response': {
    confirmBy: [
      check(
        'aws lambda invoke --function-name "$FUNCTION" --payload file://event.json --cli-binary-format raw-in-base64-out out.json && cat out.json',
        ['no statusCode, or a body that is no string', 'The gateway cannot make an answer of it.'],
        ['errorMessage', 'The function failed: its own log has the stack.'],
        ['a numeric statusCode and a body that is a string', 'This event is answered well. Try the event that failed.'],
      ),
    ],
    ruleOutBy: [
      check(
        'aws logs filter-log-events --log-group-name "/aws/lambda/$FUNCTION" --filter-pattern \'?ERROR ?errorMessage\' --max-items 5',
        ['an event of that second', 'The function raised an error, so its form is not the matter.'],
        ['no event', 'It stands.'],
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Checks>>;
