import { clientViewOf } from '../../src/gateway/client-view.ts';
import type { ClientView, Exchange, WireEvent } from '../../src/gateway/exchange.ts';
import { faultById } from '../../src/gateway/faults/index.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import { maskVolatile } from '../../src/gateway/profile.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { Recording, RecordingSet } from '../../src/gateway/recording.ts';
import { createGateway } from '../../src/gateway/simulate.ts';
import { scenarioSchema, type Scenario } from '../../src/schema/scenario.ts';
import { maskWire } from '../../tools/recorder/wire-text.ts';

/** What a gateway told client and log about one fault, with the changing parts masked: what must be equal. */
export type Told = Pick<ClientView, 'status' | 'reason' | 'headers' | 'body' | 'truncated' | 'error'> & {
  /** How the client's connection ended; null when the client left first. */
  readonly end: WireEvent['kind'] | null;
  readonly attempts: number;
  readonly accessLog: readonly string[];
  readonly errorLog: readonly string[];
};

/** What the real gateway told, in a recording. */
export function toldBy({ wire, method, attempts, log }: Recording): Told {
  return { ...answerIn(wire, method), attempts, accessLog: log.access, errorLog: log.error };
}

/** What the simulator told, masked by the rules that masked the recording. */
export function toldInExchange({ wire, request, upstream, log }: Exchange, gateway: GatewayId): Told {
  const rules = profileOf(gateway).volatile;
  return {
    ...answerIn(maskWire(wire, rules), request.method),
    attempts: upstream.length,
    accessLog: log.access.map((line) => maskVolatile(line, 'access', rules)),
    errorLog: log.error.map((line) => maskVolatile(line, 'error', rules)),
  };
}

function answerIn(wire: readonly WireEvent[], method: string): Omit<Told, 'attempts' | 'accessLog' | 'errorLog'> {
  const { status, reason, headers, body, truncated, error } = clientViewOf(wire, method);
  return { status, reason, headers, body, truncated, error, end: wire.at(-1)?.kind ?? null };
}

/** Sends the recorder's request for this fault to the simulator, with the recorder's timers and no distances. */
export function simulate(fault: string, recordings: RecordingSet): Exchange {
  const { method = 'GET', headers = [], body = '', leavesAfterMs } = faultById(fault).request ?? {};
  const path = `/f/${fault}/${recordings.gateway}/raw`;
  const gateway = createGateway({
    scenario: recorderScenario(fault, path, recordings),
    recordings,
    application: 'sample',
  });
  const ownHeaders = [
    ['Host', 'gw.test'],
    ['User-Agent', 'lab-raw/1'],
    ['Accept', '*/*'],
  ] as const;
  const exchange = gateway.answer(
    { method, url: `http://gw.test${path}`, headers: [...ownHeaders, ...headers], body },
    0,
  );
  return leavesAfterMs === undefined ? exchange : gateway.abandon(exchange, leavesAfterMs);
}

function recorderScenario(fault: string, path: string, { gateway, timeouts }: RecordingSet): Scenario {
  return scenarioSchema.parse({
    format: 1,
    title: `The recorder's ${fault}`,
    summary: 'What tools/recorder sets up around a real gateway, for the simulator.',
    gateway: {
      id: gateway,
      connectTimeout: `${timeouts.connectMs}ms`,
      readTimeout: `${timeouts.readMs}ms`,
      sendTimeout: `${timeouts.sendMs}ms`,
    },
    origin: 'http://gw.test',
    upstream: '127.0.0.1:8081',
    network: { client: '0ms', upstream: '0ms' },
    routes: [{ match: `* ${path}`, fault, response: { delay: '0ms' } }],
  });
}
