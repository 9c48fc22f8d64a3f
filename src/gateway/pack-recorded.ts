import type { Scenario } from '../schema/scenario.ts';
import { compactText } from './compact-text.ts';
import { LAB_RESPONSE, type Fault, type ServerScript, type UpstreamResponse } from './fault.ts';
import type { PortableEntry, PortableFault, PortableServer, RecordedKit } from './kit.ts';
import { recordedFaultsIn, type PassedOnOf, type RecordedFault } from './recorded-fault.ts';
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

/** Packs the kit of a scenario whose gateway was recorded. Throws a sentence on a fault that was not. */
export function packRecorded(scenario: Scenario, recordings: RecordingSet, passedOnOf: PassedOnOf): RecordedKit {
  const recordedFault = recordedFaultsIn(recordings, passedOnOf);
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
    variant: { ...withoutScripts(variant), servers: packedServers(variant, responses) },
    recording: compact.get(recording.fault) ?? recording,
  };
}

/** A fault of the catalogue without what only its code or its page needs. */
export function withoutScripts({ lesson, servers, ...entry }: Fault): PortableEntry {
  return entry;
}

/** The scripts of a fault as plain JSON: what they send for each of the application's responses. */
export const packedServers = (fault: Fault, responses: readonly UpstreamResponse[]): PortableServer[] =>
  fault.servers.map((server) => played(server, responses));

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
