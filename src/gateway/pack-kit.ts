import type { Scenario } from '../schema/scenario.ts';
import { compactText } from './compact-text.ts';
import { LAB_RESPONSE, type Fault, type ServerScript, type UpstreamResponse } from './fault.ts';
import type { GatewayKit, PortableEntry, PortableFault, PortableServer } from './kit.ts';
import { profileOf } from './profiles/index.ts';
import { recordedFaultsIn, type RecordedFault } from './recorded-fault.ts';
import type { Recording, RecordingSet } from './recording.ts';
import { faultsOf, welcomeFaultsOf } from './scenario-faults.ts';
import { applicationResponse } from './application.ts';

/** What every run may come to, besides the faults that its scenario names: a healthy answer, and a client that leaves. */
const ALWAYS = ['ok', 'client-closes-early'];

/** Ids of everything that a run may come to, and of what makes it truer where the gateway was recorded with it. */
function packedFaults(scenario: Scenario, { recordings }: RecordingSet): ReadonlySet<string> {
  const welcome = welcomeFaultsOf(scenario).filter((id) => recordings.some(({ fault }) => fault === id));
  return new Set([...ALWAYS, ...faultsOf(scenario), ...welcome]);
}

/** Packs the kit of a scenario. Throws a sentence on a fault that was not recorded. */
export function packKit(scenario: Scenario, recordings: RecordingSet): GatewayKit {
  const recordedFault = recordedFaultsIn(recordings, profileOf(recordings.gateway));
  const responses = scenario.routes.map(applicationResponse);
  const compact = new Map(recordings.recordings.map((recording) => [recording.fault, recording]));
  const recorded: Record<string, PortableFault> = {};
  for (const id of packedFaults(scenario, recordings)) {
    const get = recordedFault(id, 'GET');
    const post = recordedFault(id, 'POST');
    recorded[`GET ${id}`] = portable(get, responses, compact);
    if (post.variant !== get.variant) recorded[`POST ${id}`] = portable(post, responses, compact);
  }
  const left = recordings.recordings.filter(({ fault }) => fault === 'client-closes-early');
  return { recordings: { ...recordings, recordings: left }, recorded, responses };
}

function portable(
  { fault, variant, recording, ...rest }: RecordedFault,
  responses: readonly UpstreamResponse[],
  compact: ReadonlyMap<string, Recording>,
): PortableFault {
  return {
    ...rest,
    fault: withoutScripts(fault),
    variant: { ...withoutScripts(variant), servers: variant.servers.map((server) => played(server, responses)) },
    recording: compact.get(recording.fault) ?? recording,
  };
}

function withoutScripts({ lesson, servers, ...entry }: Fault): PortableEntry {
  return entry;
}

function played(server: ServerScript, responses: readonly UpstreamResponse[]): PortableServer {
  if (server.kind !== 'tcp') return server;
  const { play, sample, ...rest } = server;
  const plays = (responses.length > 0 ? responses : [LAB_RESPONSE]).map((response) => ({
    status: response.status,
    body: response.body,
    events: play(response).map((event) =>
      event.kind === 'bytes' ? { ...event, bytes: compactText(event.bytes) } : event,
    ),
  }));
  return { ...rest, plays };
}
