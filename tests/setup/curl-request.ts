import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface CurlRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/**
 * What the real curl sends when somebody pastes `command` into a shell. The command goes through bash as it is; only its
 * connection is led to a server on this machine, and `https` becomes `http` for that.
 */
export async function curlRequest(command: string): Promise<CurlRequest> {
  await run('bash', ['-n', '-c', command]);
  const requests: CurlRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('latin1') });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const led = `curl() { command curl --silent --connect-to '::127.0.0.1:${port}' "$@"; }\n`;
    await run('bash', ['-c', led + command.replaceAll('https://', 'http://')]);
  } finally {
    server.close();
  }
  const [request] = requests;
  if (!request) throw new Error(`curl sent nothing for: ${command}`);
  return request;
}
