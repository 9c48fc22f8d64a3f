import type { CauseId } from '../../../src/gateway/ids.ts';
import type { OrdersPlan } from './orders-api.ts';
import type { GatewaySettings } from './nginx-files.ts';

/** The incidents that readers practice with. What broke is data; what the programs say about it is recorded. */

export interface Incident {
  readonly id: string;
  /** What was reported; it must not name the cause. */
  readonly title: string;
  /** Two sentences for the reader, who is to find the cause. */
  readonly story: string;
  readonly cause: CauseId;
  /** The fault of the catalogue (src/gateway/faults) that nginx meets here. */
  readonly fault: string;
  readonly gateway: GatewaySettings;
  readonly orders: OrdersPlan;
  /** Names of /etc/hosts beside those of the gateway itself, with their addresses. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Bytes of memory of the application. */
  readonly memory?: number;
  /** Runs once all is up and has had its first traffic: what goes wrong. */
  readonly breaks?: string;
  /** The requests of the world, after that; left out: {@link TRAFFIC}. */
  readonly traffic?: string;
  /** What the output of the step that decides shows. */
  readonly deciding: RegExp;
}

/** The upstream's name, address and port. */
export const UPSTREAM = { name: 'orders.internal.example.com', address: '10.0.0.12', port: 8080 } as const;

const ask = (method: string, paths: string): string =>
  `for path in ${paths}; do curl -s -o /dev/null --max-time 5 -X ${method} "https://api.example.com$path"; done`;

/** What people and programs ask while nobody looks. */
export const TRAFFIC = [ask('GET', '/orders/7 /orders/42'), ask('POST', '/orders')].join('\n');

/** All is well before it breaks, so that the access log has good lines, too. */
export const FIRST_TRAFFIC = ask('GET', '/health / /health');

const place = { host: UPSTREAM.address, port: UPSTREAM.port };
const pass = `proxy_pass http://${UPSTREAM.address}:${UPSTREAM.port};`;
const headers = ['proxy_set_header Host $host;'];

export const INCIDENTS: readonly Incident[] = [
  {
    id: 'nobody-listens',
    title: 'Every order fails since the maintenance',
    story:
      'The maintenance on the orders machine has ended, and since then every call of the API answers 502. The gateway was not touched.',
    cause: 'upstream-refused',
    fault: 'connect-refused',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'fine', listen: place },
    breaks: 'sudo systemctl stop orders-api',
    deciding: /connect\(\) failed \(111: Connection refused\)/,
  },
];
