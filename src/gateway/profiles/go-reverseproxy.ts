import type { Profile } from '../profile.ts';
import { goResponseHead, withSniffedType } from './go-headers.ts';
import { GO_REVERSEPROXY_VOLATILE } from './go-reverseproxy-volatile.ts';

/** A program around httputil.ReverseProxy of Go's standard library (tools/recorder/programs/go-reverseproxy). */
export const goReverseproxy: Profile = {
  id: 'go-reverseproxy',
  volatile: GO_REVERSEPROXY_VOLATILE,
  passOn: (head, _, sent) => withSniffedType(goResponseHead(head), sent),
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=HTTP\/\S+" )\d+(?= )/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<=HTTP\/\S+" \d+ )\d+(?= )/g, fill: ({ bodyBytes }) => String(bodyBytes) },
  ],
  verdict: ([line]) => line?.replace(/^\S+ \S+ (?:http: proxy error: )?/, '') ?? null,
};
