/** http-proxy-middleware in an Express application, with its own error handling and its log on the console. */
import { Console } from 'node:console';
import process from 'node:process';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { accessLogTo, proxyOptions, readRoutes } from './node-routes.ts';

const { port, accessLog, routes } = readRoutes();
const log = accessLogTo(accessLog);
// A console that keeps what is informative and what is an error in one order.
const logger = new Console(process.stderr, process.stderr);
const proxies = routes.map((route) => ({
  prefix: route.prefix,
  handle: createProxyMiddleware({ ...proxyOptions(route), logger }),
}));

const app = express();
app.use((request, response, next) => {
  log(request, response);
  const route = proxies.find(({ prefix }) => request.url.startsWith(prefix));
  if (route) void route.handle(request, response, next);
  else next();
});
app.listen(port, '127.0.0.1');
