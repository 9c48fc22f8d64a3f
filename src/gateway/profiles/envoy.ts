import type { Header } from '../exchange.ts';
import type { Profile } from '../profile.ts';
import { ENVOY_VOLATILE } from './envoy-volatile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { envoyReason } from './own-reasons.ts';

/** What Envoy adds behind the upstream's headers, in this order. The upstream's own Date stays, its Server does not. */
const ADDED: readonly Header[] = [
  ['x-envoy-upstream-service-time', '{{service-ms}}'],
  ['date', '{{date}}'],
  ['server', 'envoy'],
];

/** Envoy as a reverse proxy (HTTP connection manager and router, server_header_transformation OVERWRITE). */
export const envoy: Profile = {
  id: 'envoy',
  volatile: ENVOY_VOLATILE,
  passOn: (head) => {
    const passed = withoutHopByHop(withoutFraming(head)).map(([name, value]): Header =>
      name.toLowerCase() === 'server' ? ['server', 'envoy'] : [name.toLowerCase(), value],
    );
    const added = ADDED.filter(([name]) => !passed.some(([known]) => known === name));
    // A body that only the end of the connection would end is sent in chunks too.
    const endless = head.status !== 101 && ['chunked', 'close'].includes(framingOf(head));
    const framing: Header[] = endless ? [['transfer-encoding', 'chunked']] : [];
    return {
      version: 'HTTP/1.1',
      status: head.status,
      reason: envoyReason(head.status),
      headers: [...passed, ...added, ...framing],
    };
  },
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<= HTTP\/\S+" )\d{3}(?= )/g, fill: ({ status }) => String(status) },
    {
      name: 'bytes-sent',
      in: 'access',
      find: /(?<= HTTP\/\S+" \d{3} \S+ \d+ )\d+(?= )/g,
      fill: ({ bodyBytes }) => String(bodyBytes),
    },
  ],
  verdict: (_, [line = '']) => {
    const [, flags, details] = / HTTP\/\S+" \d+ (\S+) .* details=(\S+) /.exec(line) ?? [];
    return flags === undefined || flags === '-' ? null : `${flags} ${details ?? ''}`;
  },
};
