import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WireEvent } from '../../../src/gateway/exchange.ts';
import type { ClientId, Scheme } from '../../../src/schema/client-words.ts';
import { makeCertificates } from '../certificates.ts';
import { CannotPlay } from '../full-queue.ts';
import { cannotRedirectResolver, resolverEnvironment } from '../lab-resolver.ts';
import { startNameServer } from '../name-server.ts';
import { startClient, type Client } from './programs.ts';
import { openStage, STAGE_ADDRESS, type Stage } from './stage.ts';

/** Where clients are asked: certificates, a name server, and the clients that are installed. */
export interface ClientLab {
  /** The clients that are there. */
  readonly clients: readonly Client[];
  /** Why the others are not. */
  readonly missing: ReadonlyMap<ClientId, string>;
  /** Lets every client meet a wire, all at the same time. Throws CannotPlay where this system cannot play it. */
  readonly meet: (meeting: Meeting) => Promise<Met>;
  readonly close: () => void;
}

export interface Meeting {
  readonly wire: readonly WireEvent[];
  readonly scheme: Scheme;
  readonly method?: string;
  readonly path: string;
  readonly seconds: number;
}

export interface Met {
  readonly host: string;
  readonly port: number;
  /** IP address under which the clients reached the host, or tried to. */
  readonly address: string;
  /** What each client said, one line. */
  readonly said: ReadonlyMap<ClientId, string>;
}

/** Throws a sentence where clients cannot be asked at all. */
export async function openClientLab(ids: readonly ClientId[]): Promise<ClientLab> {
  const cannot = cannotRedirectResolver();
  if (cannot !== null) throw new CannotPlay(cannot);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'client-lab-'));
  makeCertificates(folder);
  const nameServer = await startNameServer();
  const environment = resolverEnvironment({ folder, nameServer: nameServer.address });
  const ca = path.join(folder, 'ca.pem');
  const start = (id: ClientId, how: Parameters<typeof startClient>[3] = {}): Promise<Client> =>
    startClient(id, environment, ca, how);

  const clients: Client[] = [];
  const missing = new Map<ClientId, string>();
  for (const id of ids) {
    try {
      clients.push(await start(id));
    } catch (error) {
      missing.set(id, error instanceof Error ? error.message : String(error));
    }
  }

  /** Clients in another environment than the usual one, started for one question. */
  const special = ({ unreachable, trusts }: Stage): (() => Promise<Client[]>) | null =>
    unreachable || !trusts ? () => Promise.all(clients.map(({ id }) => start(id, { unreachable, trusts }))) : null;

  const meet = async ({ wire, scheme, method = 'GET', path: target, seconds }: Meeting): Promise<Met> => {
    const stage = await openStage(wire, scheme, folder);
    const startOthers = special(stage);
    const asked = startOthers ? await startOthers() : clients;
    try {
      const url = `${scheme}://${stage.host}:${stage.port}${target}`;
      const question = { url, method, headers: [], body: '', seconds, ca: stage.trusts ? ca : null };
      const said = await Promise.all(asked.map(async (client) => [client.id, await client.ask(question)] as const));
      return {
        host: stage.host,
        port: stage.port,
        address: stage.unreachable ? stage.host : STAGE_ADDRESS,
        said: new Map(said),
      };
    } finally {
      stage.close();
      if (startOthers) for (const client of asked) client.close();
    }
  };
  return {
    clients,
    missing,
    meet,
    close: () => {
      for (const client of clients) client.close();
      nameServer.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
