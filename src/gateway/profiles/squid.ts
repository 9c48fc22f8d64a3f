import { headerValue, type ResponseHead } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { ownReasonOf } from './own-reason.ts';
import { SQUID_VOLATILE } from './squid-volatile.ts';

/** Squid's name for itself in the headers that it adds (visible_hostname). */
const HOST_NAME = 'gw.squid';

/**
 * Squid as an accelerator. The server's headers come first and in their order; Squid adds a Date where there is none and
 * says what its cache had to do with it. A body of unknown length goes out in chunks, the reason phrase is Squid's own.
 */
function passOn(head: ResponseHead, program: string): ResponseHead {
  const headers = withoutHopByHop(withoutFraming(head));
  if (headerValue(headers, 'date') === null) headers.push(['Date', '{{date}}']);
  headers.push(['X-Cache', `MISS from ${HOST_NAME}`], ['X-Cache-Lookup', `MISS from ${HOST_NAME}:{{listen-port}}`]);
  if (['chunked', 'close'].includes(framingOf(head))) headers.push(['Transfer-Encoding', 'chunked']);
  headers.push(['Via', `1.1 ${HOST_NAME} (${program})`], ['Connection', 'keep-alive']);
  return { ...head, version: 'HTTP/1.1', reason: ownReasonOf(head.status) || 'Unassigned', headers };
}

/** Squid as a reverse proxy. */
export const squid: Profile = {
  id: 'squid',
  volatile: SQUID_VOLATILE,
  passOn,
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<= \w+\/)\d{3}(?= )/g, fill: ({ status }) => String(status) },
    {
      name: 'content-type',
      in: 'access',
      find: /\S+(?= err=)/g,
      fill: ({ head }) => headerValue(head?.headers ?? [], 'content-type')?.split(/[;\s]/)[0] ?? '-',
    },
  ],
  // `err=ERR_READ_TIMEOUT/WITH_SERVER`: Squid's name for the error page, and a detail.
  verdict: (_errorLines, accessLines) => {
    const code = / err=(\S+)/.exec(accessLines[0] ?? '')?.[1];
    return code === undefined || code === '-/-' ? null : code.replace('/', ' ');
  },
};
