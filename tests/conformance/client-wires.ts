import { documentedGatewayIds } from '../../src/build/documented.ts';
import { labAnswer } from '../../src/build/lab-exchange.ts';
import { recordedVersions } from '../../src/build/scenarios.ts';
import type { Exchange, WireEvent } from '../../src/gateway/exchange.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import { parseHead } from '../../src/gateway/http-message.ts';
import type { ClientId } from '../../src/schema/client-words.ts';

/** What a client may say without the site showing anything. Besides these, every word is equal. */
export const NOTHING_SHOWN: readonly { readonly what: RegExp; readonly client: ClientId; readonly why: string }[] = [
  {
    what: /nul-in-header|header-null/,
    client: 'node',
    why: 'where the bytes after the NUL begin decides which of two errors its parser meets',
  },
  {
    what: /lengths-differ|dup-cl-differ/,
    client: 'curl',
    why: 'it takes one length or the other, and what it says then depends on both',
  },
  { what: /nghttpx\S* unexpected-101/, client: 'curl', why: 'an answer 101 that ends the connection was not recorded' },
  { what: /nghttpx\S* unexpected-101/, client: 'node', why: 'an answer 101 that ends the connection was not recorded' },
];

/** Every wire of every simulated gateway that a client could tell from the others by more than names and bodies. */
export function differentWires(): { readonly what: string; readonly exchange: Exchange }[] {
  const gateways = [
    ...recordedVersions().map(({ gateway, version }) => `${gateway}@${version}`),
    ...documentedGatewayIds(),
  ];
  const found = new Map<string, { what: string; exchange: Exchange }>();
  for (const gateway of gateways) {
    for (const { id: fault } of FAULTS) {
      const answer = labAnswer({ gateway, fault });
      if (answer.kind !== 'exchange' || answer.exchange.client.error === 'aborted') continue;
      const { exchange } = answer;
      const key = shapeOf(exchange);
      if (!found.has(key)) found.set(key, { what: `${gateway} ${fault}`, exchange });
    }
  }
  return [...found.values()];
}

/** What a client may act on. A whole answer that is nothing special counts once for each gateway and status. */
function shapeOf({ wire, client, request, gateway }: Exchange): string {
  const bytes = wire.map((event) => (event.kind === 'bytes' ? event.bytes : '')).join('');
  const parsed = parseHead(bytes, request.method);
  const ending = wire.map(({ kind }) => kind).join();
  const names = client.headers.map(([name]) => name.toLowerCase()).sort();
  const strange = client.headers.some(
    ([name, value]) => /[^\w-]/.test(name) || /[^\t\x20-\x7e]/.test(value) || value.length > 500,
  );
  if (client.error === null && !strange && parsed.kind === 'head')
    return [
      gateway.id,
      client.status,
      request.method,
      parsed.framing.kind,
      ending,
      new Set(names).size < names.length,
      bytes.startsWith('HTTP/1.1 1'),
    ].join();
  return JSON.stringify([
    ending,
    client.status,
    client.error,
    parsed.kind === 'head' ? parsed.framing : parsed.kind,
    names,
    bytes.length,
  ]);
}

/** The same events, so far apart that each is met alone, and no farther. */
export const spreadOut = (wire: readonly WireEvent[]): WireEvent[] =>
  wire.map((event, index) => ({ ...event, at: 40 * index }));
