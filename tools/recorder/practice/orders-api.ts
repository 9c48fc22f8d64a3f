/**
 * The application of the practice machine, and its supervisor: `node orders-api.ts '{"mode":"throws","listen":…}'`. It works, but
 * for the orders, which break in the way that its mode names. It writes its own log to standard output. It imports
 * nothing of the project: the machine runs a copy of it.
 */
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import process from 'node:process';

export type OrdersMode =
  /** All is well. */
  | 'fine'
  /** The handler throws, and nobody catches. */
  | 'throws'
  /** Answers after ten seconds. */
  | 'slow'
  /** Sends a cookie of 16 KiB. */
  | 'big-header'
  /** Takes more memory than its machine has. */
  | 'hungry'
  /** Announces the whole body, sends a part, resets the connection. */
  | 'cut'
  /** Closes a kept connection when its second request arrives: its idle time ended in that moment. */
  | 'closes-kept';

export interface OrdersPlan {
  readonly mode: OrdersMode;
  readonly listen: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Speaks TLS with these files. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const plan = JSON.parse(process.argv[2] ?? '') as OrdersPlan;
process.title = 'orders-api';

const log = (text: string): void => console.log(`${new Date().toISOString()} [${process.pid}] ${text}`);

if (cluster.isPrimary) {
  log('started');
  cluster.fork();
  cluster.on('exit', (worker, code, signal) => {
    log(`worker ${worker.process.pid ?? '?'} ended: ${signal || `exit code ${code}`}. Starting another.`);
    cluster.fork();
  });
  process.once('SIGTERM', () => {
    log('received SIGTERM, stopping');
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
    process.exit(0);
  });
} else work();

function work(): void {
  process.on('uncaughtException', (error) => {
    console.log(`${new Date().toISOString()} [${process.pid}] ${error.stack ?? error.message}`);
    process.exit(1);
  });
  const options = { keepAliveTimeout: 60_000 };
  const { tls } = plan;
  const server = tls
    ? https.createServer({ ...options, cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, answer)
    : http.createServer(options, answer);
  server.on('tlsClientError', (error) => log(`TLS handshake failed: ${error.message}`));
  server.listen(plan.listen, () =>
    log(`listening on ${'path' in plan.listen ? plan.listen.path : `${plan.listen.host}:${plan.listen.port}`}`),
  );
}

const requests = new WeakMap<object, number>();

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method = '', url = '', socket } = request;
  const began = performance.now();
  const nth = (requests.get(socket) ?? 0) + 1;
  requests.set(socket, nth);
  if (plan.mode === 'closes-kept' && nth > 1) {
    socket.destroy();
    return;
  }
  response.on('finish', () =>
    log(`${method} ${url} ${response.statusCode} ${Math.round(performance.now() - began)} ms`),
  );
  request.resume().on('end', () => {
    if (url.startsWith('/orders')) sendOrder(Number(url.split('/')[2] ?? 42), response);
    else sendJson(response, { ok: true });
  });
}

interface Order {
  readonly id: number;
  readonly items: readonly string[];
  readonly customer?: { readonly name: string };
}

function sendOrder(id: number, response: http.ServerResponse): void {
  const order: Order = { id, items: ['lamp', 'bulb'] };
  switch (plan.mode) {
    case 'throws': {
      // The mistake is meant: this order has no customer.
      const { customer } = order as Required<Order>;
      sendJson(response, { ...order, name: customer.name });
      return;
    }
    case 'slow':
      setTimeout(() => sendJson(response, order), 10_000);
      return;
    case 'big-header':
      response.setHeader('Set-Cookie', `cart=${'x'.repeat(16 * 1024)}`);
      sendJson(response, order);
      return;
    case 'hungry': {
      const pages: Buffer[] = [];
      for (;;) pages.push(Buffer.alloc(8 * 1024 * 1024, pages.length + 1));
    }
    case 'cut': {
      const body = JSON.stringify({ ...order, notes: 'x'.repeat(20_000) });
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
      response.write(body.slice(0, 12_000), () => response.socket?.destroy());
      return;
    }
    case 'closes-kept':
    case 'fine':
      sendJson(response, order);
  }
}

function sendJson(response: http.ServerResponse, value: object): void {
  const body = JSON.stringify(value);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
