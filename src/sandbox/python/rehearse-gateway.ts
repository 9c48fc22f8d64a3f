import { VirtualClock } from '../../gateway/clock.ts';
import { createSockets } from '../../network/sockets/sockets.ts';
import type { GatewayModule, LikelyRun } from '../protocol.ts';

const nothing = (): undefined => undefined;

/** A client's hello that names no server (`simulated_tls.py`). */
const HELLO = '\x16\x03\x01\x00\x00';

/**
 * Has the gateway of the likely run answer once, to nobody, while the interpreter's files are on their way: when the first
 * request comes, the browser has compiled what answers it. Throws what the gateway throws.
 */
export function rehearseGateway({ openGateway }: GatewayModule, { scenario, kit }: LikelyRun): void {
  const { client: _client, ...withoutObstacles } = scenario;
  const sockets = createSockets({
    gateway: openGateway(withoutObstacles, kit),
    clock: new VirtualClock(),
    origins: [scenario.origin],
    ...{ onRequested: nothing, onExchanged: nothing, warn: nothing },
  });
  const { protocol, hostname, port } = new URL(scenario.origin);
  const [method = '*', path = '/'] = scenario.routes[0]?.match.split(' ') ?? [];
  const secure = protocol === 'https:';
  const connection = sockets.connect(sockets.lookup(hostname) ?? '', Number(port) || (secure ? 443 : 80));
  if (secure) sockets.write(connection, HELLO);
  sockets.write(
    connection,
    `${method === '*' ? 'GET' : method} ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: 0\r\n\r\n`,
  );
  sockets.closeAll();
}
