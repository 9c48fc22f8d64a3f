import { check, type Checks } from './check.ts';

/** Causes in what stands behind or around the gateway: its servers, its configuration, the CDN before it. */
export const CAPACITY = {
  'no-healthy-upstream': {
    confirmBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
        ['it fails', 'This failure took the servers out. Diagnose its words.'],
        ['any answer', 'The servers work. Look at path, port and expected status of the health check.'],
      ),
      check(
        'grep -E \'refused|timed out|prematurely|no route|DOWN\' "$ERROR_LOG" | tail -20',
        ['an earlier failure of each server', 'That one is the root; the missing servers are its effect.'],
        ['no earlier failure', 'Nobody failed: are there servers at all, in the configuration or behind the selector?'],
      ),
    ],
    ruleOutBy: [
      check(
        'kubectl get endpointslices -l kubernetes.io/service-name="$SERVICE"',
        ['addresses that are ready', 'In Kubernetes the service has pods. Does the gateway know of them?'],
        ['no address', 'It stands: no pod is ready, or the selector matches none.'],
      ),
    ],
  },
  overload: {
    confirmBy: [
      check(
        'ss -ltn sport = :{port}',
        ['Recv-Q as large as Send-Q', 'The accept queue is full: add workers or shed load. Do not repeat at once.'],
        ['Recv-Q near 0', 'Now there is no queue. Compare with the minute of the failure.'],
      ),
      check(
        'uptime; cat /proc/pressure/cpu /proc/pressure/io',
        ['a load far above the number of processors, or avg60 above 20', 'The machine itself is the bottleneck.'],
        ['little', 'The machine is idle: workers wait for something else, such as a database or a pool.'],
      ),
    ],
    ruleOutBy: [
      check(
        "for i in 1 2 3 4 5; do curl -s --max-time 20 -o /dev/null -w '%{time_starttransfer} %{http_code}\\n' http://{upstream}{path}; done",
        ['five quick answers at the busy time', 'There is room. It is another cause.'],
        ['times that grow, or 503', 'It stands.'],
      ),
    ],
  },
  'worker-crashed': {
    confirmBy: [
      check(
        "journalctl -k --since '1 hour ago' | grep -iE 'out of memory|oom-kill|killed process|segfault'",
        ['a line for the worker', 'Memory, or a crash in native code.'],
        ['no line', 'Not the kernel. Look for a time limit that kills workers, below.'],
      ),
      check(
        'journalctl -u "$SERVICE" --since "1 hour ago" | grep -E \'WORKER TIMEOUT|SIGKILL|SIGSEGV|HARAKIRI|signal|exited\'',
        ['WORKER TIMEOUT or HARAKIRI', 'The supervisor killed a worker that was busy for too long.'],
        ['exited on signal 9 or 11', 'Somebody killed it, or it crashed.'],
        ['signal 15', 'A deploy or a restart ended it.'],
      ),
    ],
    ruleOutBy: [
      check(
        'ps -o pid,lstart,cmd -C "$PROCESS"',
        ['all workers older than the failure', 'Nobody died. Go to the race on reused connections.'],
        ['a worker that was started at that second', 'It stands.'],
      ),
    ],
  },
  'gateway-misconfig': {
    confirmBy: [
      check(
        'nginx -t',
        [
          '[emerg] with a file and a line',
          'There it is. For others: haproxy -c -f, apachectl -t, caddy validate, envoy --mode validate.',
        ],
        ['test is successful', 'The syntax is right. Compare the address, the name and the path with what should be.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -sv --max-time 5 -o /dev/null http://{upstream}{path}',
        ['it fails without the gateway, too', 'It is not the gateway’s configuration.'],
        ['it works', 'It stands: the gateway sends something else, or elsewhere.'],
      ),
    ],
  },
  maintenance: {
    confirmBy: [
      check(
        'curl -sI https://{host}{path}',
        ['503 with Retry-After', 'Somebody says for how long. Wait until then.'],
        ['503 without it', 'Read the page: a gateway without servers answers 503 as well.'],
        ['another status', 'It is over.'],
      ),
    ],
    ruleOutBy: [
      check(
        'curl -s https://{host}{path} | head -c 600',
        ['a page of the gateway, with no word of maintenance', 'Nobody planned this. Look for the servers.'],
        ['a page that says so', 'It stands.'],
      ),
    ],
  },
  'cdn-origin-error': {
    confirmBy: [
      check(
        'curl -sv --max-time 10 -o /dev/null --resolve {host}:443:"$ORIGIN" https://{host}{path}',
        ['it fails without the CDN, too', 'The origin fails. Diagnose these words.'],
        ['it works', 'The origin answers you and not the CDN: its firewall, its certificate, or the CDN’s settings.'],
      ),
    ],
    ruleOutBy: [
      check(
        "curl -sI https://{host}{path} | grep -iE '^(server|via|cf-ray|x-cache|x-amz-cf-id|x-served-by):'",
        ['no header of a CDN', 'There is no CDN on this way.'],
        ['a header of a CDN', 'It stands. Keep its id for the CDN’s own log.'],
      ),
    ],
  },
} as const satisfies Readonly<Record<string, Checks>>;
