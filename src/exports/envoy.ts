import type { Scenario } from '../schema/scenario.ts';
import { storyNotes, type RouteAnswers } from './route-answers.ts';
import type { Turns } from './turns.ts';

/** A fault that takes this much longer than the healthy answer is a delay, ms. */
const NOTICEABLE_MS = 50;

/**
 * An Envoy configuration whose HTTP fault filter plays the scenario: aborts with a status, delays, percentages. It answers
 * in place of the scenario's gateway; a healthy upstream is behind it. YAML; what it cannot express stands in its comments.
 */
export function toEnvoyFault(scenario: Scenario, answers: readonly RouteAnswers[]): string {
  const { host, port } = hostAndPort(scenario.upstream);
  const isAddress = /^[\d.]+$/.test(host);
  const notes = [
    'The body and headers of the error: an abort sends "fault filter abort" and Envoy’s own headers.',
    'Failures without a status (closed, reset, refused, cut in the middle): an abort is always a status.',
    ...storyNotes(scenario),
    ...answers.flatMap(notesOn),
  ];
  return `# "${scenario.title}" with Envoy's HTTP fault filter.
# Check it with: envoy --mode validate -c envoy.yaml
#
# What the fault filter cannot express:
${notes.map((note) => `# - ${note}\n`).join('')}static_resources:
  listeners:
    - name: gateway
      address: { socket_address: { address: 127.0.0.1, port_value: 8080 } }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: gateway
                route_config:
                  name: routes
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
${answers.map((answer) => route(answer, scenario)).join('')}                http_filters:
                  - name: envoy.filters.http.fault
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
    - name: upstream
      type: ${isAddress ? 'STATIC' : 'STRICT_DNS'}
      connect_timeout: ${seconds(scenario.gateway.connectTimeout)}
      load_assignment:
        cluster_name: upstream
        endpoints:
          - lb_endpoints:
              - endpoint: { address: { socket_address: { address: ${JSON.stringify(host)}, port_value: ${port} } } }
`;
}

function route(
  { route: { match }, method, path, prefix, turns, struck, healthy }: RouteAnswers,
  { gateway }: Scenario,
): string {
  const lines = [
    `# ${match}${turns.kind === 'never' ? '' : `: ${struck.fault}`}`,
    '- match:',
    `    ${prefix ? 'prefix' : 'path'}: ${JSON.stringify(path)}`,
    ...(method === null
      ? []
      : ['    headers:', `      - { name: ":method", string_match: { exact: ${JSON.stringify(method)} } }`]),
    `  route: { cluster: upstream, timeout: ${seconds(gateway.readTimeout)} }`,
    ...faultLines(turns, { struck, healthy }).map((line) => `  ${line}`),
  ];
  return lines.map((line) => `                        ${line}\n`).join('');
}

function faultLines(turns: Turns, { struck, healthy }: Pick<RouteAnswers, 'struck' | 'healthy'>): string[] {
  if (turns.kind === 'never') return [];
  const { status, error } = struck.client;
  const slower = struck.client.elapsedMs - healthy.client.elapsedMs;
  const parts: string[] = [];
  if (slower >= NOTICEABLE_MS && error === null) {
    parts.push('delay:', `  fixed_delay: ${seconds(struck.client.elapsedMs)}`, `  percentage: ${percentage(turns)}`);
  }
  if (status !== null && error === null && status >= 400 && status < 600) {
    parts.push('abort:', `  http_status: ${status}`, `  percentage: ${percentage(turns)}`);
  }
  if (parts.length === 0) return [];
  return [
    'typed_per_filter_config:',
    '  envoy.filters.http.fault:',
    '    "@type": type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault',
    ...parts.map((line) => `    ${line}`),
  ];
}

/** In millionths, so that 0.1 % is a whole number. */
function percentage(turns: Turns): string {
  const share = turns.kind === 'dice' ? turns.probability : turns.kind === 'counted' ? longRun(turns) : 1;
  return `{ numerator: ${Math.round(share * 1_000_000)}, denominator: MILLION }`;
}

/** Share of requests that fail while a count repeats; all of them where it does not. */
function longRun({ outcomes, repeatFrom }: Extract<Turns, { kind: 'counted' }>): number {
  const repeating = outcomes.slice(repeatFrom);
  const share = repeating.filter(Boolean).length / repeating.length;
  return share === 0 ? 1 : share;
}

function notesOn({ route: { match }, turns, struck, healthy }: RouteAnswers): string[] {
  if (turns.kind === 'never') return [];
  const notes: string[] = [];
  const { status, error } = struck.client;
  if (error !== null)
    notes.push(
      `${match}: ${struck.fault} (${status === null ? error : `${error} after ${status}`}). This route has no fault here.`,
    );
  else if (
    status !== null &&
    (status < 400 || status > 599) &&
    struck.client.elapsedMs - healthy.client.elapsedMs < NOTICEABLE_MS
  ) {
    notes.push(`${match}: ${struck.fault}, which ends in ${status}. This route has no fault here.`);
  }
  if (turns.kind === 'counted' && longRun(turns) < 1)
    notes.push(`${match}: the count (${turns.words}). Here the same share of requests fails at random.`);
  else if (turns.kind === 'counted' || turns.kind === 'other') {
    notes.push(`${match}: its schedule (${turns.words}). Here every request fails, until you take the fault out.`);
  }
  if (turns.kind === 'dice') notes.push(`${match}: the seed. A delay and an abort roll separate dice.`);
  return notes;
}

const seconds = (ms: number): string => `${Math.round(ms) / 1000}s`;

function hostAndPort(upstream: string): { readonly host: string; readonly port: number } {
  const [, host = upstream, port = '80'] = /^(.*):(\d+)$/.exec(upstream) ?? [];
  return { host, port: Number(port) };
}
