import type { Exchange } from '../gateway/exchange.ts';
import type { RecordingSet } from '../gateway/recording.ts';
import type { Ask } from './asks.ts';
import { seenByCurl } from './check-file.ts';
import type { GatewayKit } from './gateway-kit.ts';
import { GATEWAY_PORT, FIRST_PORT, type Plan } from './plan.ts';

/** Text of the folder's README.md. */
export function readmeFile(
  plan: Plan,
  kit: GatewayKit,
  asks: readonly Ask[],
  recordings: RecordingSet,
  config: string,
): string {
  const { scenario, lanes, ports, notes } = plan;
  const { name, install } = kit;
  const differences = [
    ...(scenario.gateway.id.split('@')[0] === recordings.gateway
      ? []
      : [`The scenario is told with ${scenario.gateway.id}; here ${name} answers, in its own way.`]),
    ...notes,
    ...new Set(
      scenario.routes.length > 0
        ? plan.routes.flatMap(({ strikes }) => strikes.flatMap(({ fault }) => kit.differs(fault) ?? []))
        : [],
    ),
    ...(asks.some(({ expected }) => expected.length > 1)
      ? ['Where dice or the clock decide, check.sh takes either answer: with the fault, or without it.']
      : []),
    ...(lanes.some(({ servers }) => servers.some(({ kind }) => kind === 'full-queue'))
      ? ['A connection that times out takes Linux, whose kernel drops SYNs for a port with a full accept queue.']
      : []),
    ...(lanes.some(({ servers }) => servers.some((server) => server.kind === 'unix' && server.access === 'denied'))
      ? ['Run it as an ordinary user: root may open every socket.']
      : []),
    'Everything is on one machine, so the network adds no delay.',
  ];
  return `# ${scenario.title}

${scenario.summary.trim()}

Here it is on your machine: the real ${name} on 127.0.0.1:${GATEWAY_PORT}, and behind it an upstream that misbehaves on 127.0.0.1:${FIRST_PORT}.
You need ${name} (\`apt install ${install.apt}\` or \`brew install ${install.brew}\`), Node.js 18 or newer, and curl.

## Three commands

One terminal each for the first two; Ctrl-C ends them.

\`\`\`sh
node upstream.mjs
sh gateway.sh
sh check.sh
\`\`\`

What check.sh asks, and what comes back:

| request | answer | by | when |
| --- | --- | --- | --- |
${asks.map((ask) => row(ask, name)).join('')}
${name}'s own words are in ${kit.logs.map((log) => `\`${log}\``).join(' and ')}. Read them while you ask.
${lanes.length === 0 ? '' : `\nThe upstream has more than one server, because some faults begin before there is a request to read; upstream.mjs lists them. It uses the ports ${FIRST_PORT} to ${FIRST_PORT + ports - 1}.\n`}
Are the ports taken? Set other ones in every terminal first: \`export GATEWAY_PORT=18080 UPSTREAM_PORT=19000\`.
To see every fault again from the first request on, start upstream.mjs again.

## What differs from the page

${differences.map((text) => `- ${text}\n`).join('')}
The page shows what ${recordings.program} answered on ${recordings.date}. Another version of ${name} may answer otherwise; if so, \`check.sh\` says where.

## The files

- \`upstream.mjs\`: the upstream. Its ROUTES say what it does; change them and start it again.
- \`${config}\`: ${name}'s configuration, which \`gateway.sh\` starts it with.
- \`check.sh\`: the requests above, by curl.
`;
}

function row({ method, path, request, expected, at }: Ask, name: string): string {
  const [first] = expected;
  const when = at > 0 ? `, after ${at / 1000} s` : '';
  const answers = [...new Set(expected.map(seenByCurl))].join(' or ');
  const special = request.raw === undefined && !request.sameConnection ? '' : ' (by hand; see check.sh)';
  return `| ${method} \`${path}\`${special} | ${answers} | ${author(first, name)} | ${first.fault === 'ok' ? 'the upstream is well' : first.fault}${when} |\n`;
}

const author = ({ answeredBy }: Exchange, name: string): string =>
  answeredBy === null ? 'nobody' : answeredBy === 'gateway' ? name : 'the upstream';
