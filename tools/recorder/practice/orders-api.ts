/**
 * The application of the practice machine, and its supervisor: `node orders-api.ts plan.json`. It works, but for the orders,
 * which break in the way that its mode names. It writes its own log to standard output. It imports
 * nothing of the project: the machine runs a copy of it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import { dirname } from 'node:path';
import process from 'node:process';

export type OrdersMode =
  /** All is well. */
  | 'fine'
  /** The handler throws for order 42, and the server closes the connection. */
  | 'throws'
  /** Answers after ten seconds. */
  | 'slow'
  /** Sends a cookie of 16 KiB. */
  | 'big-header'
  /** Takes more memory than its machine has. */
  | 'hungry'
  /** Announces the whole body, sends a part, closes the connection. */
  | 'cut'
  /** Writes a space before the colon of a header. */
  | 'garbled'
  /** Closes a kept connection as its second request arrives, so that each one shows what otherwise takes bad luck. */
  | 'closes-kept';

export interface OrdersPlan {
  readonly mode: OrdersMode;
  readonly listen: { readonly host: string; readonly port: number } | { readonly path: string };
  /** Speaks TLS with these files, on one more port. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
}

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as OrdersPlan;
process.title = 'orders-api';

const log = (text: string): void => console.log(`${new Date().toISOString()} [${process.pid}] ${text}`);

const WORKERS = 2;
Error.stackTraceLimit = 2;

if (process.send) work();
else supervise();

interface Waiting {
  readonly kind: 'plain' | 'tls';
  readonly socket: Socket;
}

/** Holds the port and gives each connection to a worker, so that connections wait while one is started again. */
function supervise(): void {
  log('started');
  const ready: ChildProcess[] = [];
  const waiting: Waiting[] = [];
  const give = (connection: Waiting): void => {
    const worker = ready.shift();
    if (worker === undefined) waiting.push(connection);
    else {
      worker.send(connection.kind, connection.socket, (error) => {
        // The worker has died in this moment.
        if (error) give(connection);
      });
      ready.push(worker);
    }
  };
  const employ = (): void => {
    const worker = fork(process.argv[1] ?? '', process.argv.slice(2));
    worker.once('message', () => {
      ready.push(worker);
      for (const connection of waiting.splice(0)) give(connection);
    });
    worker.once('exit', (code, signal) => {
      if (ready.includes(worker)) ready.splice(ready.indexOf(worker), 1);
      log(`worker ${worker.pid ?? '?'} ended: ${signal ?? `exit code ${code ?? '?'}`}. Starting another.`);
      employ();
    });
  };
  for (let count = 0; count < WORKERS; count++) employ();
  const { listen, tls } = plan;
  const open = (kind: Waiting['kind'], where: OrdersPlan['listen'], then: () => void): net.Server => {
    if ('path' in where) mkdirSync(dirname(where.path), { recursive: true });
    const server = net.createServer({ pauseOnConnect: true }, (socket) => give({ kind, socket }));
    return server.listen({ ...where, writableAll: true }, then);
  };
  if (tls && 'host' in listen) open('tls', { host: listen.host, port: tls.port }, () => log(`TLS on port ${tls.port}`));
  const server = open('plain', listen, () =>
    log(`listening on ${'path' in listen ? listen.path : `${listen.host}:${listen.port}`}`),
  );
  process.once('SIGTERM', () => {
    log('received SIGTERM, stopping');
    // Workers end when the supervisor has gone.
    server.close();
    process.exit(0);
  });
}

function work(): void {
  // The workers share what memory there is; 0 is this process.
  const group = process.env['PRACTICE_MEMORY'];
  if (group) writeFileSync(`${group}/cgroup.procs`, '0');
  process.once('disconnect', () => process.exit(0));
  const { tls } = plan;
  // 90 s is longer than most gateways keep a connection; 5 s, the default of Node, is not.
  const options = { keepAliveTimeout: plan.mode === 'closes-kept' ? 5000 : 90_000 };
  const plain = http.createServer(options, answer);
  const secure = tls
    ? https.createServer({ ...options, cert: readFileSync(tls.cert), key: readFileSync(tls.key) }, answer)
    : plain;
  secure.on('tlsClientError', (error: NodeJS.ErrnoException) =>
    log(`TLS handshake failed: ${error.code ?? error.message}`),
  );
  process.on('message', (kind: Waiting['kind'], socket: Socket) => {
    (kind === 'tls' ? secure : plain).emit('connection', socket);
    socket.resume();
  });
  process.send?.('ready');
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
  const since = (): string => `${Math.round(performance.now() - began)} ms`;
  response.on('finish', () => log(`${method} ${url} ${response.statusCode} ${since()}`));
  response.on('close', () => {
    if (!response.writableFinished)
      log(`${method} ${url} connection closed after ${since()}, the answer was not finished`);
  });
  request.resume().on('end', () => {
    if (!url.startsWith('/orders')) sendJson(response, { ok: true });
    else
      try {
        sendOrder(Number(url.split('/')[2] ?? 42), response);
      } catch (error) {
        // As Go's server does it: the stack into the log, and the connection is closed.
        response.removeAllListeners('close');
        log(`${method} ${url} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        socket.destroy();
      }
  });
}

interface Order {
  readonly id: number;
  readonly items: readonly string[];
  readonly customer?: { readonly name: string };
}

function sendOrder(id: number, response: http.ServerResponse): void {
  const order: Order = { id, items: ['lamp', 'bulb'], ...(id === 42 ? {} : { customer: { name: 'Ada' } }) };
  switch (plan.mode) {
    case 'throws': {
      // The mistake is meant: not every order has a customer.
      const { customer } = order as Required<Order>;
      sendJson(response, { ...order, customer: customer.name });
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
      const notes = Array.from({ length: 500 }, (_, index) => `${index + 1}: ring twice, then wait`);
      const body = JSON.stringify({ ...order, notes }, null, 1);
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
      response.write(body.slice(0, 12_000), () => response.socket?.destroy());
      return;
    }
    case 'garbled': {
      const body = JSON.stringify(order);
      const head = `HTTP/1.1 200 OK\r\nContent-Type : application/json\r\nContent-Length: ${body.length}`;
      response.socket?.end(`${head}\r\n\r\n${body}`);
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
