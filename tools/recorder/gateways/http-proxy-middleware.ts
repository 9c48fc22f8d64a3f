import { nodeGateway, optionsText } from './node-gateway.ts';

/** The npm package http-proxy-middleware in an Express application. */
export const httpProxyMiddleware = nodeGateway({
  id: 'http-proxy-middleware',
  packages: ['http-proxy-middleware', 'express', 'http-proxy'],
  program: 'http-proxy-middleware.ts',
  settings:
    'proxyTimeout 2000 (there is no connect timeout); secure true; changeOrigin where the upstream speaks TLS; logger console; ' +
    'its own error plugin; an agent with keepAlive where connections are to be used again',
  routeConfig: (route) => `createProxyMiddleware(${optionsText(route)}); // ${route.prefix}`,
});
