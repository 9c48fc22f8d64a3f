/** Servers of `upstream.mjs` besides its application: for faults that begin below HTTP. */

/** Plays its script to whoever connects, without reading a request first. */
export const PROGRAM_SCRIPTED = String.raw`
const scripted = (script) =>
  tcpServer((socket) => {
    const start = () => play(socket, script);
    if (script.after === 'accept') {
      socket.resume();
      start();
    } else if (script.after === 'bytes') socket.once('data', start);
    else readRequests(socket, { [script.after === 'head' ? 'onHead' : 'onBody']: start });
  });
`;

/** An HTTP server that keeps connections open, until it does something about that. */
export const PROGRAM_KEPT = String.raw`
function keepsConnections({ delay, response, onReuse, closesIdleAfterMs, numbersConnections }) {
  let connections = 0;
  return (socket) => {
    const number = ++connections;
    let requests = 0;
    readRequests(socket, {
      onBody: ({ method }) => {
        if (++requests > 1 && onReuse) return perform(socket, { end: onReuse }, method);
        const numbered = numbersConnections ? response.replace('\r\n\r\n', '\r\nX-Upstream-Conn: ' + number + '\r\n\r\n') : response;
        setTimeout(() => {
          perform(socket, { send: numbered }, method);
          if (closesIdleAfterMs !== null) setTimeout(() => socket.end(), closesIdleAfterMs);
        }, delay);
      },
    });
  };
}
`;

/** The gateway or a server needs them. openssl talks a lot, so it is heard only when it fails. */
export const PROGRAM_CERTIFICATES = String.raw`
if (!process.argv[2] && !fs.existsSync('certificates/ca.pem')) execFileSync('sh', ['certificates.sh'], { stdio: 'pipe' });
`;

/** TLS servers; their certificates come from certificates.sh. */
export const PROGRAM_TLS = String.raw`
function tlsServer({ certificate, maxVersion, demandsClientCertificate }, onConnection) {
  const server = tls.createServer(
    {
      cert: fs.readFileSync('certificates/' + certificate + '.pem'),
      key: fs.readFileSync('certificates/' + certificate + '.key'),
      ALPNProtocols: ['http/1.1'],
      // OpenSSL refuses TLS 1.0 above security level 0.
      ...(maxVersion ? { minVersion: maxVersion, maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
      ...(demandsClientCertificate ? { requestCert: true, rejectUnauthorized: true, ca: fs.readFileSync('certificates/ca.pem') } : {}),
    },
    (socket) => {
      socket.on('error', ignore);
      onConnection(socket);
    },
  );
  return server.on('tlsClientError', ignore);
}
`;

/** An HTTP/2 server without TLS, as far as an HTTP/1.1 client gets to see one. */
export const PROGRAM_HTTP2 = String.raw`
// It greets whoever connects with SETTINGS, and sends GOAWAY to whoever then does not speak HTTP/2.
const http2Server = () =>
  tcpServer((socket) => {
    socket.write('000000040000000000', 'hex');
    socket.once('data', () => socket.end('0000080700000000000000000000000002', 'hex'));
  });
`;

/** A unix socket that the gateway may not open. */
export const PROGRAM_UNIX = String.raw`
async function deniedSocket(path) {
  fs.mkdirSync('run', { recursive: true });
  fs.rmSync(path, { force: true });
  await listen(tcpServer((socket) => socket.end()), path);
  // When root runs this, the gateway's worker is another account; else it is the same one.
  fs.chmodSync(path, process.getuid?.() === 0 ? 0o600 : 0);
}
`;

/** A port whose accept queue is full, so that the kernel drops every SYN: the connection neither opens nor fails. */
export const PROGRAM_FULL_QUEUE = String.raw`
// Node accepts whatever arrives. So a second process listens with the shortest queue there is and then stops for good, in
// a read that blocks; connections from here fill its queue. It ends with this process, when that read finds the end.
if (process.argv[2] === '--full-queue') {
  net.createServer().listen({ port: Number(process.argv[3]), host: '127.0.0.1', backlog: 1 }, () => {
    fs.writeSync(1, 'ready');
    try {
      fs.readSync(0, Buffer.alloc(1));
    } finally {
      process.exit();
    }
  });
  await new Promise(ignore);
}

function fullQueue(port, answer) {
  let child = null;
  let fillers = [];
  const hold = async () => {
    child = spawn(process.execPath, [process.argv[1], '--full-queue', String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', () => reject(new Error('Cannot listen on ' + port)));
    });
    for (let full = false; !full && fillers.length < 8; ) {
      const filler = net.connect(port, '127.0.0.1');
      fillers.push(filler);
      full = await new Promise((resolve) => {
        const timer = setTimeout(() => resolve(true), 400);
        filler.on('error', () => resolve(true));
        filler.once('connect', () => {
          clearTimeout(timer);
          resolve(false);
        });
      });
    }
  };
  const release = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    for (const filler of fillers) filler.destroy();
    fillers = [];
    await gone;
  };
  // Misses the first SYN; the one that TCP repeats after a second is accepted and answered.
  const serveOnce = async () => {
    await release();
    const server = tcpServer((socket) => {
      readRequests(socket, {
        onBody: ({ method }) => {
          perform(socket, { send: answer, end: 'close' }, method);
          server.close(hold);
        },
      });
    });
    await listen(server, port);
  };
  return { hold, serveSoon: () => setTimeout(serveOnce, 400) };
}
`;

/** A name server that knows no names. */
export const PROGRAM_NAMES = String.raw`
const RCODE = { 'no-such-host.invalid': 3, 'servfail.test': 2 };
const nameServer = dgram.createSocket('udp4').on('message', (query, from) => {
  const labels = [];
  let position = 12;
  for (let length = query[position]; length; length = query[position]) {
    labels.push(query.toString('latin1', position + 1, position + 1 + length));
    position += 1 + length;
  }
  const name = labels.join('.').toLowerCase();
  // This one never gets an answer.
  if (name === 'timeout.test') return;
  const answer = Buffer.concat([query.subarray(0, 2), Buffer.alloc(10), query.subarray(12, position + 5)]);
  answer.writeUInt16BE(0x8580 | (RCODE[name] ?? 3), 2);
  answer.writeUInt16BE(1, 4);
  nameServer.send(answer, from.port, from.address);
});
`;

/** Two more things that the program does: writing a configuration with other ports, and answering httpd's RewriteMap. */
export const PROGRAM_PORTS = String.raw`
// node upstream.mjs --ports FILE prints the file with the ports of GATEWAY_PORT and UPSTREAM_PORT.
if (process.argv[2] === '--ports') {
  const gatewayPort = process.env.GATEWAY_PORT ?? '8080';
  const text = fs.readFileSync(process.argv[3], 'utf8');
  process.stdout.write(text.replace(/:(8080|90\d\d)\b/g, (_, port) => ':' + (port === '8080' ? gatewayPort : onPort(Number(port)))));
  process.exit();
}
`;

export const PROGRAM_REWRITE_MAP = String.raw`
// Apache httpd starts node upstream.mjs --which-lane ADDRESS, without its environment, and writes one line per request:
// method, path, and a 1 when the request only primes.
if (process.argv[2] === '--which-lane') {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [method, uri, priming] = line.split(' ');
    const headers = { 'X-Original-Method': method, 'X-Original-Uri': uri, ...(priming ? { 'X-Lab-Priming': '1' } : {}) };
    const answer = await fetch('http://' + process.argv[3], { headers }).catch(() => null);
    process.stdout.write((answer ? await answer.text() : 'application') + '\n');
  }
  process.exit();
}
`;
