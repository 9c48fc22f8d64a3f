import type { Exchange } from '../../src/gateway/exchange.ts';
import { faultById } from '../../src/gateway/faults/index.ts';
import type { GatewayId } from '../../src/gateway/ids.ts';
import { labPath, labRequest } from '../../src/gateway/lab-request.ts';
import { serverAddress, SIMULATED_FOLDER, SIMULATED_SOCKET, type Places } from '../../src/gateway/places.ts';
import { profileOf } from '../../src/gateway/profiles/index.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import { createGateway } from '../../src/gateway/simulate.ts';
import { scenarioSchema, type Scenario } from '../../src/schema/scenario.ts';
import { toldBy, type Told } from '../../tools/recorder/told.ts';
import { maskLog, maskWire } from '../../tools/recorder/wire-text.ts';

/** Address of the simulated upstream; the recorder's stored configuration names the same one. */
const UPSTREAM = '127.0.0.1:8081';

/** What the simulator told, masked by the rules that masked the recording. */
export function toldInExchange(
  { wire, request, upstream, log, verdict }: Exchange,
  gateway: GatewayId,
  crash: string | null,
): Told {
  const rules = profileOf(gateway).volatile;
  const places: Places = {
    addresses: [UPSTREAM, serverAddress(UPSTREAM, 1)],
    socket: SIMULATED_SOCKET,
    folder: SIMULATED_FOLDER,
  };
  const outcome = {
    wire: maskWire(wire, rules, places),
    attempts: upstream.length,
    log: { access: maskLog(log.access, 'access', rules, places), error: maskLog(log.error, 'error', rules, places) },
    // An exchange has no field for it: what became of the gateway is its verdict.
    ...(crash !== null && verdict.includes(crash) ? { crash } : {}),
  };
  return toldBy(outcome, request.method);
}

/** Sends the recorder's request for this fault to the simulator, with the recorder's timers and no distances. */
export function simulate(id: string, recordings: RecordingSet): Exchange {
  const fault = faultById(id);
  const gateway = createGateway({
    scenario: recorderScenario(id, labPath(fault, recordings.gateway), recordings),
    recordings,
    application: 'sample',
  });
  const exchange = gateway.answer(labRequest(fault, recordings.gateway), 0);
  const { leavesAfterMs } = fault.request ?? {};
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
    upstream: UPSTREAM,
    network: { client: '0ms', upstream: '0ms' },
    routes: [{ match: `* ${path}`, fault, response: { delay: '0ms' } }],
  });
}
