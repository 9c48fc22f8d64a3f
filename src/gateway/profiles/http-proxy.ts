import type { Profile } from '../profile.ts';
import { HTTP_PROXY_VOLATILE, NODE_ACCESS_STATUS } from './http-proxy-volatile.ts';
import { nodeResponseHead } from './node-headers.ts';

/** The npm package http-proxy, as tools/recorder/programs/http-proxy.ts uses it. */
export const httpProxy: Profile = {
  id: 'http-proxy',
  volatile: HTTP_PROXY_VOLATILE,
  closesUpstream: true,
  passOn: (head, _, sent) => nodeResponseHead(head, sent),
  passedOnLog: [NODE_ACCESS_STATUS],
  verdict: ([line]) => /^proxy error \S+: (.*)$/.exec(line ?? '')?.[1] ?? null,
};
