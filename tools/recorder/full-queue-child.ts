import fs from 'node:fs';
import net from 'node:net';

/**
 * A server on the given port of 127.0.0.1 that can stop accepting. Commands come on standard input, one letter each:
 * `h` (hold): listen with the shortest accept queue there is and accept nothing; `s` (serve): accept, and answer every
 * request with the bytes of the second argument. Each is answered with `ready`; every request answered says `request`.
 *
 * While it holds, the process waits for its next command in a blocking read, which stops its event loop and with it all
 * accepting. It ends when its parent has gone: the read then finds the end of the input.
 */
const port = Number(process.argv[2]);
const response = process.argv[3] ?? '';
const command = Buffer.alloc(1);
const sockets = new Set<net.Socket>();
let server: net.Server | null = null;

const say = (word: string): void => void fs.writeSync(1, `${word}\n`);

function listen(backlog: number, onListening: () => void): void {
  for (const socket of sockets) socket.destroy();
  const start = (): void => {
    server = net.createServer({ allowHalfOpen: true }, serve);
    server.listen({ port, host: '127.0.0.1', backlog }, onListening);
  };
  if (server) server.close(start);
  else start();
}

function serve(socket: net.Socket): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end());
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1');
    if (!received.includes('\r\n\r\n')) return;
    say('request');
    socket.end(response, 'latin1');
  });
}

function obey(letter: string): void {
  if (letter === 'h') {
    // A backlog of 0 would mean Node's default of 511.
    listen(1, () => {
      say('ready');
      obey(fs.readSync(0, command) === 0 ? '' : command.toString('latin1'));
    });
  } else if (letter === 's') {
    if (server) say('ready');
    else listen(511, () => say('ready'));
    fs.read(0, command, (error, length) => obey(error || length === 0 ? '' : command.toString('latin1')));
  } else process.exit(0);
}

obey(fs.readSync(0, command) === 0 ? '' : command.toString('latin1'));
