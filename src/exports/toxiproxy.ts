import { z } from 'zod';
import type { Fault, ServerScript } from '../gateway/fault.ts';
import { faultById } from '../gateway/faults/index.ts';
import { applicationResponse } from '../gateway/application.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';
import { storyNotes } from './route-answers.ts';
import { turnsOf } from './turns.ts';

const toxic = {
  name: z.string().min(1),
  stream: z.enum(['upstream', 'downstream']),
  toxicity: z.number().min(0).max(1),
  proxy: z.string().min(1),
};

/** Toxics as Toxiproxy's API documents them (github.com/Shopify/toxiproxy, README); `proxy` says where each belongs. */
const toxicSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...toxic,
    type: z.literal('latency'),
    attributes: z.strictObject({ latency: z.int().min(0), jitter: z.int().min(0) }),
  }),
  z.strictObject({ ...toxic, type: z.literal('timeout'), attributes: z.strictObject({ timeout: z.int().min(0) }) }),
  z.strictObject({ ...toxic, type: z.literal('reset_peer'), attributes: z.strictObject({ timeout: z.int().min(0) }) }),
  z.strictObject({ ...toxic, type: z.literal('limit_data'), attributes: z.strictObject({ bytes: z.int().min(0) }) }),
  z.strictObject({
    ...toxic,
    type: z.literal('slicer'),
    attributes: z.strictObject({ average_size: z.int().min(1), size_variation: z.int().min(0), delay: z.int().min(0) }),
  }),
]);

export const toxiproxySchema = z.strictObject({
  /** What `POST /populate` takes. */
  proxies: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-]+$/),
      listen: z.string(),
      upstream: z.string(),
      enabled: z.boolean(),
    }),
  ),
  /** What `POST /proxies/<proxy>/toxics` takes, one by one: Toxiproxy reads no toxics from a file. */
  toxics: z.array(toxicSchema),
  use: z.array(z.string()),
  cannotExpress: z.array(z.string()),
});

export type ToxiproxyFile = z.output<typeof toxiproxySchema>;
type Toxic = z.output<typeof toxicSchema>;

const FIRST_PORT = 20_000;

/** Toxiproxy proxies and toxics for a scenario: one proxy per route, between the gateway and the upstream. */
export function toToxiproxy(scenario: Scenario): ToxiproxyFile {
  const parts = scenario.routes.map((route, index) => routePart(route, index, scenario));
  return {
    proxies: parts.map(({ proxy }) => proxy),
    toxics: parts.flatMap(({ toxics }) => toxics),
    use: [
      'toxiproxy-server &',
      'jq .proxies toxiproxy.json | curl --data @- 127.0.0.1:8474/populate',
      `jq --compact-output '.toxics[]' toxiproxy.json | while read -r toxic; do curl --data "$toxic" "127.0.0.1:8474/proxies/$(printf %s "$toxic" | jq --raw-output .proxy)/toxics"; done`,
    ],
    cannotExpress: [
      'Routes: Toxiproxy knows connections, not requests. Send each route’s requests to its proxy’s port; two requests on one connection share one fate.',
      ...storyNotes(scenario),
      ...parts.flatMap(({ notes }) => notes),
    ],
  };
}

interface Part {
  readonly proxy: ToxiproxyFile['proxies'][number];
  readonly toxics: readonly Toxic[];
  readonly notes: readonly string[];
}

function routePart(route: ScenarioRoute, index: number, { upstream }: Scenario): Part {
  const name = `${index + 1}-${route.match.replace(/[^a-zA-Z0-9]+/g, '-').replace(/^-|-$/g, '')}`.toLowerCase();
  const fault = faultById(route.fault);
  const notes: string[] = [];
  const turns = turnsOf(route);
  const strikes = fault.id !== 'ok' && turns.kind !== 'never';
  const toxicity = turns.kind === 'dice' ? turns.probability : 1;
  if (turns.kind === 'dice') notes.push(`${route.match}: the dice are rolled for each connection, and without a seed.`);
  if (strikes && (turns.kind === 'counted' || turns.kind === 'other')) {
    notes.push(
      `${route.match}: its schedule (${turns.words}); the fault strikes until you remove it: DELETE /proxies/${name}/toxics/<toxic>.`,
    );
  }
  const enabled = !(strikes && fault.servers.every(({ kind }) => kind === 'closed'));
  const made = strikes && enabled ? toxicOf(fault, route) : [];
  if (typeof made === 'string') notes.push(`${route.match}: ${made}`);
  const toxics = typeof made === 'string' ? [] : made;
  return {
    proxy: { name, listen: `127.0.0.1:${FIRST_PORT + index}`, upstream, enabled },
    toxics: toxics.map((each): Toxic => ({
      ...each,
      name: `${route.fault}-${each.type}`,
      stream: 'downstream',
      toxicity,
      proxy: name,
    })),
    notes,
  };
}

type Bare = Toxic extends infer Each ? (Each extends Toxic ? Pick<Each, 'type' | 'attributes'> : never) : never;

/** The toxics that do what the fault does to a healthy upstream's connection, or why there are none. */
function toxicOf({ id, servers }: Fault, route: ScenarioRoute): Bare[] | string {
  const [server, second] = servers;
  if (!server || second) return `${id}: a group of servers is the gateway’s business.`;
  if (server.kind === 'http' && !server.response && server.delayMs)
    return [{ type: 'latency', attributes: { latency: server.delayMs, jitter: 0 } }];
  if (server.kind === 'tcp') return byEvents(id, server, route);
  return `${id}: ${REASONS[server.kind] ?? 'it is no matter of one connection.'}`;
}

const REASONS: Readonly<Partial<Record<ServerScript['kind'], string>>> = {
  blackhole: 'Toxiproxy accepts every connection, so a connect never times out.',
  'slow-connect': 'Toxiproxy accepts every connection at once.',
  unresolvable: 'Toxiproxy does nothing about names.',
  unix: 'Toxiproxy listens on TCP ports only.',
  http: 'Toxiproxy knows no HTTP, so it cannot change a status.',
  cgi: 'Toxiproxy knows no FastCGI and no uWSGI.',
};

function byEvents(
  id: string,
  { after, play }: Extract<ServerScript, { kind: 'tcp' }>,
  route: ScenarioRoute,
): Bare[] | string {
  const response = applicationResponse(route);
  const events = play(response);
  const sent = events.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const last = events.at(-1);
  const drips = events.filter(({ kind }) => kind === 'bytes').length > 4;
  if (sent === '') {
    if (last?.kind === 'reset') return [{ type: 'reset_peer', attributes: { timeout: 0 } }];
    if (last?.kind === 'stall') return [{ type: 'timeout', attributes: { timeout: 0 } }];
    // limit_data closes when the first byte of the answer would pass.
    return after === 'accept'
      ? [{ type: 'timeout', attributes: { timeout: 1 } }]
      : [{ type: 'limit_data', attributes: { bytes: 0 } }];
  }
  if (drips) {
    const [first, then] = events;
    const pause = Math.round(((then?.at ?? 0) - (first?.at ?? 0)) * 1000);
    return [{ type: 'slicer', attributes: { average_size: 1, size_variation: 0, delay: pause } }];
  }
  const isCut = sent.startsWith(`HTTP/1.1 ${response.status} `) && last?.kind === 'close' && CUT.has(id);
  if (isCut) return [{ type: 'limit_data', attributes: { bytes: sent.length } }];
  return `${id}: Toxiproxy cuts, delays and resets, but it cannot change the bytes, and a cut is always a plain close.`;
}

/** Faults whose bytes are the beginning of the healthy answer. */
const CUT = new Set(['close-mid-body-cl', 'close-mid-status', 'close-mid-header']);
