import type { DocumentedGateway } from './documented/documented-exchange.ts';
import type { DocumentedFault } from './documented/documented-fault.ts';
import { expandText } from './compact-text.ts';
import type { WireEvent } from './exchange.ts';
import { expandRecording } from './expand-recording.ts';
import type { Fault, ServerScript, UpstreamResponse } from './fault.ts';
import type { RecordedFault, RecordedFaults } from './recorded-fault.ts';
import type { Recording, RecordingSet } from './recording.ts';

/**
 * What one scenario's gateway needs in order to answer, as plain JSON: it goes to the reader's browser in place of the
 * catalogue of faults and of all recordings.
 */
export type GatewayKit = RecordedKit | DocumentedKit;

/** Of a gateway that was recorded. */
export interface RecordedKit {
  /** Who answers. Holds only what is known of clients that leave. */
  readonly recordings: RecordingSet;
  /** By method and fault id, such as `GET close-after-request`. Another method than GET and POST is answered as GET. */
  readonly recorded: Readonly<Record<string, PortableFault>>;
  /** What the application answers when it is well, for each route. */
  readonly responses: readonly UpstreamResponse[];
}

/** Of a gateway that answers from its documentation. */
export interface DocumentedKit {
  readonly documented: DocumentedGateway;
  /** By method and fault id, as those of {@link RecordedKit}; only what a run may come to. */
  readonly faults: Readonly<Record<string, PortableDocumented>>;
  readonly responses: readonly UpstreamResponse[];
}

/** A documented fault whose scripts were played beforehand. */
export interface PortableDocumented extends Omit<DocumentedFault, 'fault' | 'variant'> {
  readonly fault: PortableEntry;
  readonly variant: PortableEntry & { readonly servers: readonly PortableServer[] };
}

/** A recorded fault whose scripts were played beforehand. */
export interface PortableFault extends Omit<RecordedFault, 'fault' | 'variant' | 'recording'> {
  readonly fault: PortableEntry;
  readonly variant: PortableEntry & { readonly servers: readonly PortableServer[] };
  /** Repetitions are written short. */
  readonly recording: Recording;
}

export type PortableEntry = Omit<Fault, 'lesson' | 'servers'>;

type TcpServer = Extract<ServerScript, { kind: 'tcp' }>;
export type PortableServer =
  Exclude<ServerScript, { kind: 'tcp' }> | (Omit<TcpServer, 'play' | 'sample'> & { readonly plays: readonly Play[] });

/** What a script sends for one of the application's responses. */
interface Play {
  readonly status: number;
  readonly body: string;
  readonly events: readonly WireEvent[];
}

/** The faults of a kit, ready to be asked for. */
export function recordedFaultsOf(kit: RecordedKit): RecordedFaults {
  const unpacked = new Map<string, RecordedFault>();
  return (id, method) => {
    const name = kit.recorded[`${method} ${id}`] ? `${method} ${id}` : `GET ${id}`;
    const known = unpacked.get(name);
    if (known) return known;
    const packed = kit.recorded[name];
    if (!packed) throw new Error(`The fault ${id} is not part of this scenario.`);
    const { variant, fault, recording, ...rest } = packed;
    const servers = variant.servers.map(revived);
    const entry = { ...variant, lesson: '', servers };
    const recorded = {
      ...rest,
      fault: { ...fault, lesson: '', servers },
      variant: entry,
      recording: expandRecording(recording),
    };
    unpacked.set(name, recorded);
    return recorded;
  };
}

/** A packed script, ready to play. */
export function revived(server: PortableServer): ServerScript {
  if (server.kind !== 'tcp') return server;
  const { plays, ...rest } = server;
  const expanded = plays.map((play) => ({
    ...play,
    events: play.events.map((event) => (event.kind === 'bytes' ? { ...event, bytes: expandText(event.bytes) } : event)),
  }));
  const play = ({ status, body }: UpstreamResponse): readonly WireEvent[] =>
    (expanded.find((one) => one.status === status && one.body === body) ?? expanded[0])?.events ?? [];
  return { ...rest, play };
}
