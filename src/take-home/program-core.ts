/**
 * Parts of `upstream.mjs`, the misbehaving upstream that a reader runs: plain Node, nothing to install. They are texts, not
 * functions, because what a reader opens must be what was written here, whatever a bundler does to the page's own code.
 * The tests of tests/take-home run them.
 */

/** Reading requests and playing answers; every upstream has it. */
export const PROGRAM_CORE = String.raw`
const FIRST_PORT = Number(process.env.UPSTREAM_PORT ?? 9000);
const onPort = (port) => port - 9000 + FIRST_PORT;
const ignore = () => {};

// Calls back with each request of a connection: when its head is there, and when its body is.
function readRequests(socket, { onHead = ignore, onBody = ignore }) {
  let text = '';
  let request = null;
  let missing = 0;
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    for (;;) {
      if (request === null) {
        const end = text.indexOf('\r\n\r\n');
        if (end < 0) return;
        const [first, ...lines] = text.slice(0, end).split('\r\n');
        const [method, target] = first.split(' ');
        const headers = {};
        for (const line of lines) {
          const colon = line.indexOf(':');
          headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
        }
        request = { method, path: (target ?? '').split('?')[0], headers };
        missing = Number(headers['content-length'] ?? 0);
        text = text.slice(end + 4);
        onHead(request);
      }
      if (/chunked/i.test(request.headers['transfer-encoding'] ?? '')) {
        const done = text.endsWith('0\r\n\r\n');
        text = done ? '' : text.slice(-4);
        if (!done) return;
      } else {
        const taken = Math.min(missing, text.length);
        missing -= taken;
        text = text.slice(taken);
        if (missing > 0) return;
      }
      const whole = request;
      request = null;
      onBody(whole);
    }
  });
}

// Plays a script on a connection, each event at its time in ms.
function play(socket, { events, stopsReading }, method = 'GET') {
  if (stopsReading) socket.pause();
  for (const event of events) {
    // Events of one moment go out together, so that no gateway can act between them.
    if (event.at === 0) perform(socket, event, method);
    else setTimeout(() => perform(socket, event, method), event.at);
  }
}

function perform(socket, { send, end }, method) {
  if (socket.destroyed || socket.writableEnded) return;
  if (send !== undefined) {
    const dated = send.replaceAll('{{date}}', new Date().toUTCString());
    socket.write(method === 'HEAD' ? dated.replace(/\r\n\r\n[^]*$/, '\r\n\r\n') : dated, 'latin1');
  }
  if (end === 'close') socket.end();
  if (end === 'reset') socket.resetAndDestroy();
  // end: 'never' leaves the connection open and says nothing more.
}

function listen(server, where) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error('Cannot listen on ' + where + ': ' + error.message)));
    if (typeof where === 'number') server.listen(where, '127.0.0.1', resolve);
    else server.listen(where, resolve);
  });
}

const tcpServer = (onConnection) =>
  net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', ignore);
    socket.on('end', () => socket.end());
    onConnection(socket);
  });
`;

/** The application: the server that every healthy request reaches. */
export const PROGRAM_APPLICATION = String.raw`
const routeOf = ({ method, path }) =>
  ROUTES.find((route) => {
    if (route.method !== null && route.method !== method) return false;
    return route.prefix ? path.startsWith(route.path) : path === route.path;
  });

const NOT_FOUND = {
  after: 'request',
  events: [
    { at: 0, send: 'HTTP/1.1 404 Not Found\r\nContent-Length: 27\r\nConnection: close\r\n\r\nNo route of this scenario.\r\n' },
    { at: 0, end: 'close' },
  ],
};

function scriptFor(request) {
  const route = routeOf(request);
  if (!route) return NOT_FOUND;
  // Where the gateway asked which way to go, it was decided then.
  const struck = route.decided?.length > 0 ? route.decided.shift() : strikeOf(route, request);
  console.log(request.method + ' ' + request.path + ': ' + (struck?.fault ?? 'answers as it should'));
  return struck?.script ?? route.healthy;
}

const application = tcpServer((socket) => {
  let script = NOT_FOUND;
  const start = (when, request) => {
    if (script.after === when) play(socket, script, request.method);
  };
  readRequests(socket, {
    onHead: (request) => {
      script = scriptFor(request);
      start('head', request);
    },
    onBody: (request) => start('request', request),
  });
});
`;

/** The last lines of the program. @param listening statements that start the servers besides the application */
export const programMain = (listening: readonly string[]): string => `
try {
  await listen(application, FIRST_PORT);
${listening.map((line) => `  ${line}\n`).join('')}  console.log('The upstream is up: port ' + FIRST_PORT + '. Ctrl-C ends it.');
} catch (error) {
  console.error(error.message + '. Choose other ports: export UPSTREAM_PORT=19000 GATEWAY_PORT=18080');
  process.exit(1);
}
`;
