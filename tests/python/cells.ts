import type { GatewayId } from '../../src/gateway/ids.ts';

/** What every program meets, told apart by what a client can notice. */
export interface Cell {
  readonly gateway: GatewayId;
  readonly fault: string;
}

const cells = (gateway: GatewayId, ...faults: readonly string[]): readonly Cell[] =>
  faults.map((fault) => ({ gateway, fault }));

/** Healthy answers, gateways' own answers, and everything that a gateway passes on broken. */
export const CELLS: readonly Cell[] = [
  ...cells(
    'nginx',
    'ok',
    'ok-chunked',
    'close-after-request',
    'close-mid-body-cl',
    'rst-mid-body-cl',
    'close-mid-chunk',
  ),
  ...cells('nginx', 'rst-mid-chunk', 'garbage-binary', 'only-100', 'early-hints', 'unexpected-101', 'status-999'),
  ...cells('haproxy', 'close-mid-chunk', 'read-timeout', 'rst-mid-body-cl'),
  ...cells('envoy', 'close-mid-body-cl', 'connect-refused'),
  ...cells('http-proxy', 'close-mid-body-cl', 'close-after-request'),
  ...cells('h2o', 'close-mid-chunk'),
  ...cells('squid', 'close-mid-body-cl'),
  ...cells('lighttpd', 'rst-mid-chunk'),
  ...cells('caddy', 'close-mid-header'),
];

/** Programs that are known to differ, each with its reason; at most three in a hundred. */
export const DIFFERENCES: Readonly<Record<string, string>> = {};
