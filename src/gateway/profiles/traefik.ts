import type { Profile } from '../profile.ts';
import { goResponseHead } from './go-headers.ts';
import { TRAEFIK_VOLATILE } from './traefik-volatile.ts';

/** Traefik as a reverse proxy: Go's httputil.ReverseProxy with its own error page, a plain status text. */
export const traefik: Profile = {
  id: 'traefik',
  volatile: TRAEFIK_VOLATILE,
  passOn: (head) => goResponseHead(head),
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<=HTTP\/\S+" )\d+(?= )/g, fill: ({ status }) => String(status) },
    { name: 'bytes', in: 'access', find: /(?<=HTTP\/\S+" \d+ )\d+(?= ")/g, fill: ({ bodyBytes }) => String(bodyBytes) },
  ],
  verdict: ([line]) => / > (.*)$/.exec(line ?? '')?.[1] ?? null,
};
