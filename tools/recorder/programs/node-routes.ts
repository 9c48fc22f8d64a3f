import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import process from 'node:process';

/** What the lab's Node gateways are told in a JSON file, their only argument. */
export interface NodeRoutes {
  /** Port of 127.0.0.1 to listen on. */
  readonly port: number;
  /** File for the access log. */
  readonly accessLog: string;
  readonly routes: readonly NodeRoute[];
}

export interface NodeRoute {
  readonly prefix: string;
  /** URL of the upstream, or the path of its unix socket after `unix:`. */
  readonly target: string;
  readonly keepAlive: boolean;
}

/** Reads the file that the command line names. Throws when there is none. */
export const readRoutes = (): NodeRoutes => JSON.parse(fs.readFileSync(process.argv[2] ?? '', 'utf8')) as NodeRoutes;

/** The options of http-proxy for one route; http-proxy-middleware takes the same. */
export function proxyOptions({ target, keepAlive }: NodeRoute) {
  const tls = target.startsWith('https:');
  const socket = target.startsWith('unix:') ? target.slice('unix:'.length) : null;
  return {
    target: socket === null ? target : { host: 'localhost', port: 80, protocol: 'http:', socketPath: socket },
    proxyTimeout: 2000,
    secure: true,
    changeOrigin: tls,
    ...(keepAlive && { agent: new (tls ? https : http).Agent({ keepAlive: true }) }),
  };
}

/** Writes one line about every request once its response is over: "request" status finished headersSent duration. */
export function accessLogTo(file: string): (request: http.IncomingMessage, response: http.ServerResponse) => void {
  const log = fs.createWriteStream(file, { flags: 'a' });
  return (request, response) => {
    const start = Date.now();
    const url = (request.url ?? '').slice(0, 200);
    response.on('close', () => {
      log.write(
        `"${request.method ?? ''} ${url} HTTP/${request.httpVersion}" ${response.statusCode} ` +
          `finished=${response.writableFinished} headersSent=${response.headersSent} ${Date.now() - start}ms\n`,
      );
    });
  };
}
