import type { Exchange } from '../gateway/exchange.ts';
import type { Ask } from './asks.ts';
import type { GatewayKit } from './gateway-kit.ts';
import { GATEWAY_PORT } from './plan.ts';

/**
 * Text of `check.sh`: the requests that show the scenario, by curl, and what the simulator says they come back with.
 */
export function checkFile(asks: readonly Ask[], { name, logs }: Pick<GatewayKit, 'name' | 'logs'>): string {
  const longest = Math.max(...asks.flatMap(({ expected }) => expected.map(({ client }) => client.elapsedMs)));
  return `#!/bin/sh
# Asks ${name} what the page asked it, and compares the answers with those of the page.
# "no answer": the connection ended without a status line. "cut after 200": the status came, and part of the body.
cd "$(dirname "$0")"
gateway=http://127.0.0.1:\${GATEWAY_PORT:-${GATEWAY_PORT}}
patience=${Math.ceil(longest / 1000) * 2 + 5}
differing=0

# ask EXPECTED METHOD PATH [options of curl]; EXPECTED may name several answers, separated by |.
ask() {
  expected=$1 method=$2 path=$3
  shift 3
  got=$(curl --silent --output /dev/null --max-time "$patience" --write-out '%{http_code}' --request "$method" "$@" "$gateway$path")
  code=$?
  # 8: the whole answer came, and curl does not like it.
  case "$code $got" in
    *' 000' | *' 1'??) got='no answer' ;;
    '0 '* | '8 '*) ;;
    *) got="cut after $got" ;;
  esac
  case "|$expected|" in
    *"|$got|"*) echo "same      $method $path: $got" ;;
    *) echo "DIFFERENT $method $path: $got, expected $expected"; differing=1 ;;
  esac
}

# prime TIMES METHOD PATH: requests that go first. The upstream does not count them.
prime() {
  for _ in $(seq "$1"); do
    curl --silent --output /dev/null --max-time "$patience" --request "$2" --header 'X-Lab-Priming: 1' "$gateway$3"
  done
}

${asks.some(({ at }) => at > 0) ? WAITING : ''}${asks.map((ask, index) => waitLine(ask, asks[index - 1]) + askLine(ask)).join('')}
if [ "$differing" = 1 ]; then echo 'Something differs. Look into ${logs.at(-1) ?? 'its log'}; another version may have changed its mind.'; fi
exit "$differing"
`;
}

/** For scenarios in which something happens by the clock, which starts with the first request. */
const WAITING = `began=$(date +%s)
# at SECONDS: waits until then. The clock of the upstream starts with its first request.
at() {
  while [ $(($(date +%s) - began)) -lt "$1" ]; do sleep 0.2; done
}

`;

const waitLine = ({ at }: Ask, before: Ask | undefined): string =>
  at > 0 && at !== before?.at ? `at ${Math.ceil(at / 1000)}\n` : '';

/** What curl sees of an exchange, in the words of the script. */
export function seenByCurl({ client }: Pick<Exchange, 'client'>): string {
  if (client.status === null || client.status < 200) return 'no answer';
  return client.error === null ? String(client.status) : `cut after ${client.status}`;
}

function askLine({ method, path, request, prime, settleMs, expected }: Ask): string {
  const answers = [...new Set(expected.map(seenByCurl))].join('|');
  if (request.raw !== undefined) {
    return `# ${method} ${path}: curl cannot send this request. It is, with its line ends written out: ${JSON.stringify(request.raw)}\n`;
  }
  if (request.sameConnection) {
    return `# ${method} ${path}, twice over one connection: curl cannot show it, because it repeats a request by itself when a kept connection ends.\n`;
  }
  const options: string[] = (request.headers ?? []).map((header) =>
    header[1].length > 1000
      ? `--header "${header[0]}: $(printf '%${header[1].length}s' | tr ' ' b)"`
      : `--header ${shell(header.join(': '))}`,
  );
  if (request.body !== undefined && request.body !== '') options.push(`--data ${shell(request.body)}`);
  if (request.bodyLength !== undefined) options.push('--data-binary @run/body');
  if (request.leavesAfterMs !== undefined) options.push(`--max-time ${request.leavesAfterMs / 1000}`);
  const query =
    request.query === undefined
      ? ''
      : request.query.length > 1000
        ? `"?$(printf '%${request.query.length - 1}s' | tr ' ' u)"`
        : shell(request.query);
  const before =
    request.bodyLength === undefined
      ? ''
      : `mkdir -p run && head -c ${request.bodyLength} /dev/zero | tr '\\0' p > run/body\n`;
  const pause = settleMs > 0 ? `sleep ${Math.ceil(settleMs / 100) / 10}\n` : '';
  const priming = prime > 0 ? `prime ${prime} GET ${path}\n${pause}` : '';
  return `${before}${priming}ask '${leaves(request, answers)}' ${method} ${path}${query}${options.map((option) => ` ${option}`).join('')}\n`;
}

/** A client that leaves gets what it had by then. */
const leaves = ({ leavesAfterMs }: Ask['request'], answers: string): string =>
  leavesAfterMs === undefined || answers.startsWith('cut') ? answers : `no answer|cut after ${answers}|${answers}`;

const shell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
