import type { CauseId } from '../../../src/gateway/ids.ts';
import { APPLICATION_PLAN, CA_FILE, ZONE } from './machine-plan.ts';
import { API_CONF, type GatewaySettings } from './nginx-files.ts';
import type { OrdersPlan } from './orders-api.ts';
import { ZONE_SERVER } from './zone-server.ts';

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
  /** Bytes of memory of the application. */
  readonly memory?: number;
  /** Runs once all is up and has had its first traffic: what goes wrong. */
  readonly breaks?: string;
  /** The requests of the world, after that; left out: {@link TRAFFIC}. */
  readonly traffic?: string;
  /** What the output of the step that decides shows: the first step that does is the one. */
  readonly deciding: RegExp;
  /** What a reader would do in an editor when a list says so, as a command. */
  readonly edits?: string;
  /** Lists beside the first five minutes and that of the cause. */
  readonly alsoIn?: readonly string[];
  /** The step of a list that decides, where the first one to show something does not; these lists take the incident, too. */
  readonly decidingIn?: Readonly<Record<string, string>>;
}

/** The upstream's name, address and port. */
export const UPSTREAM = { name: 'orders.internal.example.com', address: '10.0.0.12', port: 8080 } as const;

const ask = (method: string, paths: string): string =>
  `for path in ${paths}; do curl -s -o /dev/null --max-time 5 -X ${method} "https://api.example.com$path"; done`;

/** What people and programs ask while nobody looks. */
export const TRAFFIC = [ask('GET', '/orders/7 /orders/42'), ask('POST', '/orders')].join('\n');

/** The same, all at once: each of them takes its time. */
const SALE_TRAFFIC = `${ask('GET', '/orders/7')} &\n${ask('POST', '/orders')} &\nwait`;

/** All is well before it breaks, so that the access log has good lines, too. */
export const FIRST_TRAFFIC = ask('GET', '/health / /health');

const place = { host: UPSTREAM.address, port: UPSTREAM.port };
const pass = `proxy_pass http://${UPSTREAM.address}:${UPSTREAM.port};`;
const headers = ['proxy_set_header Host $host;'];

const socket = '/run/orders/app.sock';

/** Where the upstream speaks TLS in an incident about that, and its files. */
export const ORDERS_TLS = {
  port: 8443,
  cert: '/etc/ssl/orders/fullchain.pem',
  key: '/etc/ssl/orders/key.pem',
} as const;

/** A second machine, for an incident about a move. */
export const NEW_ADDRESS = '10.0.0.13';
const MISTYPED = 'odrers.internal.example.com';

export const INCIDENTS: readonly Incident[] = [
  {
    id: 'after-the-maintenance',
    title: 'Every call fails since the maintenance',
    story:
      'The maintenance on the orders machine has ended, and since then every call of the API answers 502. The gateway was not touched.',
    cause: 'upstream-refused',
    fault: 'connect-refused',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'fine', listen: place },
    breaks: 'systemctl stop orders-api',
    deciding: /connect\(\) failed \(111: Connection refused\)/,
    decidingIn: { 'upstream-refused': 'who-listens', 'before-you-deploy': 'new-version-answers' },
    alsoIn: ['on-call-gateway'],
  },
  {
    id: 'one-order',
    title: 'One customer cannot open an order',
    story:
      'A customer reports that order 42 answers 502, however often the page is loaded. Support opens order 7 without trouble.',
    cause: 'upstream-closed-early',
    fault: 'close-after-request',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'throws', listen: place },
    deciding: /upstream prematurely closed connection while reading response header/,
    decidingIn: { 'upstream-closed-early': 'did-it-see', 'before-you-deploy': 'new-version-answers' },
    alsoIn: ['on-call-gateway'],
  },
  {
    id: 'orders-with-notes',
    title: 'Orders answer 502 since the import',
    story:
      'Last night a long list of notes was imported into the orders, and now every order answers 502. The health page of the service is green again each time that somebody looks.',
    cause: 'worker-crashed',
    fault: 'close-after-request',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'hungry', listen: place },
    memory: 192 * 1024 * 1024,
    deciding: /Killed process|ended: SIGKILL/,
    alsoIn: ['on-call-service'],
  },
  {
    id: 'sale-morning',
    title: 'Orders hang, then fail',
    story:
      'On the morning of the sale, orders take three seconds and then fail, each of them. The pages that need no order open at once.',
    cause: 'upstream-timeout',
    fault: 'read-timeout',
    // Three seconds in place of the sixty that nginx waits by default: nobody practices waiting.
    gateway: { location: [pass, ...headers, 'proxy_read_timeout 3s;'] },
    orders: { mode: 'slow', listen: place },
    traffic: SALE_TRAFFIC,
    deciding: /^504 (connect=|after )|upstream timed out \(110/m,
    alsoIn: ['on-call-gateway'],
  },
  {
    id: 'loyal-customers',
    title: 'Orders fail since the new cart',
    story:
      'The new shopping cart went live an hour ago, and orders answer 502 since. The developers see good answers when they ask the service itself.',
    cause: 'header-too-big',
    fault: 'header-too-large',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'big-header', listen: place },
    deciding: /upstream sent too big header/,
  },
  {
    id: 'spring-cleaning',
    title: 'All calls fail after a clean-up of the network',
    story:
      'Somebody cleaned up what nobody seemed to use in the internal network, and all calls answer 502 since. The orders service runs as it did before.',
    cause: 'upstream-dns',
    fault: 'dns-nxdomain',
    gateway: {
      location: [
        `resolver ${ZONE_SERVER};`,
        `set $orders ${UPSTREAM.name};`,
        `proxy_pass http://$orders:${UPSTREAM.port};`,
        ...headers,
      ],
    },
    orders: { mode: 'fine', listen: place },
    // nginx knows the address for another moment.
    breaks: `sed -i '/${UPSTREAM.name}/d' ${ZONE}
until curl -s -w '%{http_code}' -o /dev/null https://api.example.com/health | grep -q 502; do sleep 0.1; done`,
    deciding: /could not be resolved \(3: Host not found\)/,
  },
  {
    id: 'renewed-overnight',
    title: 'All calls fail since last night',
    story:
      'The orders service was renewed on schedule during the night, and all calls answer 502 since. A browser that asks the service inside the network shows a warning.',
    cause: 'tls-certificate',
    fault: 'tls-wrong-name',
    gateway: {
      location: [
        `proxy_pass https://${UPSTREAM.address}:${ORDERS_TLS.port};`,
        ...headers,
        'proxy_ssl_verify on;',
        `proxy_ssl_trusted_certificate ${CA_FILE};`,
        'proxy_ssl_server_name on;',
        `proxy_ssl_name ${UPSTREAM.name};`,
      ],
    },
    orders: { mode: 'fine', listen: place, tls: ORDERS_TLS },
    deciding: /upstream SSL certificate does not match|Verify return code: 62 \(hostname mismatch\)/,
  },
  {
    id: 'both-servers',
    title: 'All calls fail, although there are two servers',
    story:
      'The orders service runs twice, so that one of them can fail. All calls answer 502 nevertheless, most of them at once.',
    cause: 'no-healthy-upstream',
    fault: 'all-down',
    gateway: {
      groups: [
        `upstream orders {\n    server ${UPSTREAM.address}:${UPSTREAM.port};\n    server ${UPSTREAM.address}:8081;\n}\n`,
      ],
      location: ['proxy_pass http://orders;', ...headers],
    },
    orders: { mode: 'fine', listen: place },
    breaks: 'systemctl stop orders-api',
    deciding: /no live upstreams/,
    decidingIn: { 'no-healthy-upstream': 'first-error' },
  },
  {
    id: 'after-the-update',
    title: 'All calls fail since the update of the service',
    story:
      'The orders service was updated and runs, says its log. All calls answer 502 since, and nobody changed the gateway.',
    cause: 'socket-missing-or-denied',
    fault: 'unix-missing',
    gateway: { location: [`proxy_pass http://unix:${socket}:;`, ...headers] },
    orders: { mode: 'fine', listen: { path: socket } },
    breaks: `sed -i 's|app.sock|orders.sock|' ${APPLICATION_PLAN} && systemctl restart orders-api`,
    edits: `sed -i 's|orders.sock|app.sock|' ${APPLICATION_PLAN}`,
    deciding: /connect\(\) to unix:\S+ failed \(2: No such file or directory\)/,
  },
  {
    id: 'now-and-then',
    title: 'Some new orders fail, reading never does',
    story: 'Now and then a new order answers 502, and the customer tries again. Whoever looks at orders sees no error.',
    cause: 'keepalive-race',
    fault: 'ka-race-post',
    gateway: {
      groups: [`upstream orders {\n    server ${UPSTREAM.address}:${UPSTREAM.port};\n    keepalive 8;\n}\n`],
      location: ['proxy_pass http://orders;', ...headers, 'proxy_http_version 1.1;', 'proxy_set_header Connection "";'],
    },
    orders: { mode: 'closes-kept', listen: place },
    deciding: /upstream prematurely closed connection while reading response header/,
    decidingIn: {
      'first-five-minutes': 'what-died',
      'before-you-deploy': 'idle-connections',
      'keepalive-race': 'its-timer',
    },
  },
  {
    id: 'moved-today',
    title: 'All calls fail after the move',
    story:
      'The orders service moved to a new machine today, and its new address was entered on the gateway. When the old machine was switched off, all calls began to fail.',
    cause: 'gateway-misconfig',
    fault: 'connect-refused',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'fine', listen: place },
    breaks: [
      `sed -i 's|//${UPSTREAM.address}:|//${MISTYPED}:|' ${API_CONF}`,
      'systemctl reload nginx',
      // The new machine is there, and the old one is gone.
      `sed -i 's|${UPSTREAM.address}|${NEW_ADDRESS}|' ${APPLICATION_PLAN} ${ZONE}`,
      'systemctl restart orders-api',
    ].join(' && '),
    edits: `sed -i 's|${MISTYPED}|${UPSTREAM.name}|' ${API_CONF}`,
    deciding: /\[emerg\].*host not found in upstream/,
    decidingIn: {
      'before-you-deploy': 'gateway-config',
      'gateway-handover': 'valid',
      'on-call-gateway': 'changed',
    },
  },
  {
    id: 'half-an-order',
    title: 'Orders break off in the middle',
    story:
      'A program that reads orders reports broken JSON, and its log shows status 200 each time. Short answers of the API arrive whole.',
    cause: 'upstream-reset-midbody',
    fault: 'close-mid-body-cl',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'cut', listen: place },
    deciding: /upstream prematurely closed connection while reading upstream/,
    decidingIn: { 'first-five-minutes': 'ask-upstream' },
  },
  {
    id: 'new-network',
    title: 'All calls hang since the work on the network',
    story:
      'Since the work on the network, all calls hang for three seconds and then fail. The orders service and its machine were not touched, and the service says nothing of any request.',
    cause: 'upstream-unreachable',
    fault: 'connect-timeout',
    // Three seconds here, too, in place of sixty.
    gateway: { location: [pass, ...headers, 'proxy_connect_timeout 3s;'] },
    orders: { mode: 'fine', listen: place },
    // The address is elsewhere now, and nobody there takes the packets.
    breaks: [
      `ip address del ${UPSTREAM.address}/32 dev lo`,
      'ip link add eth0 type veth peer name cable',
      'ip address add 10.0.0.11/24 dev eth0',
      'ip link set eth0 up && ip link set cable up',
      `ip neigh add ${UPSTREAM.address} lladdr 02:00:00:00:00:12 dev eth0 nud permanent`,
    ].join(' && '),
    traffic: SALE_TRAFFIC,
    deciding: /exit code:? 28/,
  },
  {
    id: 'encrypted-inside',
    title: 'All calls fail since last night’s change of the service',
    story:
      'Last night the settings of the orders service were made stricter, and all calls answer 502 since. The gateway has the same settings as before.',
    cause: 'protocol-mismatch',
    fault: 'plain-to-tls-node',
    gateway: { location: [pass, ...headers] },
    orders: {
      mode: 'fine',
      listen: { host: UPSTREAM.address, port: 9090 },
      tls: { ...ORDERS_TLS, port: UPSTREAM.port },
    },
    deciding: /ERR_SSL_HTTP_REQUEST|^200 TLS/m,
  },
  {
    id: 'rewritten-service',
    title: 'Orders fail since the service was rewritten',
    story:
      'The orders service was rewritten with a small server of its own, and orders answer 502 since. The tests of its authors, with a client of their own, all pass.',
    cause: 'invalid-response',
    fault: 'header-space-colon',
    gateway: { location: [pass, ...headers] },
    orders: { mode: 'garbled', listen: place },
    deciding: /upstream sent invalid header/,
  },
];
