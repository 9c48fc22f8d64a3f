import type { Profile } from '../profile.ts';
import { HTTP_PROXY_MIDDLEWARE_VOLATILE } from './http-proxy-middleware-volatile.ts';
import { NODE_ACCESS_STATUS } from './http-proxy-volatile.ts';
import { nodeResponseHead } from './node-headers.ts';

/** The npm package http-proxy-middleware in an Express application (tools/recorder/programs/http-proxy-middleware.ts). */
export const httpProxyMiddleware: Profile = {
  id: 'http-proxy-middleware',
  volatile: HTTP_PROXY_MIDDLEWARE_VOLATILE,
  closesUpstream: true,
  passOn: (head, _, sent) => {
    const written = nodeResponseHead(head, sent);
    return { ...written, headers: [['X-Powered-By', 'Express'], ...written.headers] };
  },
  passedOnLog: [NODE_ACCESS_STATUS],
  verdict: ([line]) => /^\[HPM\] (Error .*)$/.exec(line ?? '')?.[1] ?? null,
};
