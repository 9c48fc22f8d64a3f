/** http-proxy as its README shows it: a server of its own, and an error handler that answers 500. */
import http from 'node:http';
import httpProxy from 'http-proxy';
import { accessLogTo, proxyOptions, readRoutes } from './node-routes.ts';

const { port, accessLog, routes } = readRoutes();
const log = accessLogTo(accessLog);
const proxies = routes.map((route) => ({ prefix: route.prefix, options: proxyOptions(route) }));
const proxy = httpProxy.createProxyServer({});

proxy.on('error', (error: NodeJS.ErrnoException, request, response) => {
  console.error(`proxy error ${request.url ?? ''}: ${error.code ?? 'undefined'} ${error.message}`);
  if ('writeHead' in response) response.writeHead(500, { 'Content-Type': 'text/plain' });
  response.end('Something went wrong. And we are reporting a custom error message.');
});

http
  .createServer((request, response) => {
    log(request, response);
    const route = proxies.find(({ prefix }) => request.url?.startsWith(prefix));
    if (route) proxy.web(request, response, route.options);
    else response.writeHead(404).end();
  })
  .listen(port, '127.0.0.1');
