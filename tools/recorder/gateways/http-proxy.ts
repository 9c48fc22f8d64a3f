import { nodeGateway, optionsText } from './node-gateway.ts';

/** The npm package http-proxy, used as its README shows it. */
export const httpProxy = nodeGateway({
  id: 'http-proxy',
  packages: ['http-proxy'],
  program: 'http-proxy.ts',
  settings:
    'proxyTimeout 2000 (there is no connect timeout); secure true; changeOrigin where the upstream speaks TLS; ' +
    'the error handler of its README, which answers 500; an agent with keepAlive where connections are to be used again',
  routeConfig: (route) => `proxy.web(request, response, ${optionsText(route)}); // ${route.prefix}`,
});
