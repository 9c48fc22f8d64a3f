import type { Header } from '../exchange.ts';
import { headerValue } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import { H2O_VOLATILE } from './h2o-volatile.ts';
import { withoutHopByHop } from './hop-by-hop.ts';

/** Headers that H2O writes itself; it drops the upstream's. */
const OWN = new Set(['date', 'server', 'content-length', 'transfer-encoding']);

/** H2O as a reverse proxy (`proxy.reverse.url`, HTTP/1.1 to the upstream, connections kept). */
export const h2o: Profile = {
  id: 'h2o',
  waitsForNobody: true,
  volatile: H2O_VOLATILE,
  passOn: (head, program) => {
    const bodiless = head.status < 200 || head.status === 204 || head.status === 304;
    const length = headerValue(head.headers, 'content-length');
    const own: Header[] = [
      ['Date', '{{date}}'],
      ['Connection', 'keep-alive'],
      ...(length === null ? [] : [['Content-Length', length] as const]),
      ['Server', program],
    ];
    const passed = withoutHopByHop(head.headers).filter(([name]) => !OWN.has(name.toLowerCase()));
    // Whatever has no length is sent in chunks, whether it came so or not.
    const framing: Header[] = length === null && !bodiless ? [['transfer-encoding', 'chunked']] : [];
    return { ...head, version: 'HTTP/1.1', headers: [...own, ...passed, ...framing] };
  },
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=" )\d{3}(?= \d+ ")/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<=" \d{3} )\d+(?= ")/g, fill: ({ bodyBytes }) => String(bodyBytes) },
  ],
  verdict: (_, [line = '']) => / err="\[[^\]]*\] ([^"]+)"/.exec(line)?.[1] ?? null,
};
