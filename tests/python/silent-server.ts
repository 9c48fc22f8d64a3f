import { spawn } from 'node:child_process';
import type { TlsServer } from './tls-servers.ts';

/**
 * Listens, has no room for one more connection and takes none, so that the kernel leaves every SYN unanswered. Only Linux
 * does so; others refuse. Its own two connections fill the queue, which holds one more than its length.
 */
const FULL = `
import socket, sys
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(0)
mine = [socket.socket() for _ in range(2)]
for one in mine:
    one.setblocking(False)
    one.connect_ex(server.getsockname())
print(server.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** A port that lets every client wait for its connection; null where the kernel cannot be brought to that. */
export async function startSilentServer(): Promise<TlsServer | null> {
  if (process.platform !== 'linux') return null;
  const child = spawn('python3', ['-c', FULL], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => {
      resolve(text.toString().trim());
    });
    child.once('error', reject);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      child.once('close', () => {
        resolve();
      });
      child.stdin.end();
    });
  return { origin: `https://127.0.0.1:${port}`, environment: {}, close };
}
