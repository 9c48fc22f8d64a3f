import type { ClientTrouble } from '../schema/client-trouble.ts';
import type { Scenario } from '../schema/scenario.ts';
import type { Gateway } from './assemble.ts';
import { clientViewOf } from './client-view.ts';
import { cutShort } from './cut-short.ts';
import type { WireEvent } from './exchange.ts';
import type { CauseId } from './ids.ts';
import { scheduleOf } from './system/schedules.ts';

/** What keeps a client from having a connection, as an exchange shows it first on its wire. */
export type Obstacle = Extract<WireEvent, { readonly kind: 'connect-failed' | 'lookup-failed' | 'tls-failed' }>;

type Trouble = ClientTrouble['trouble'];

/** How long Linux goes on sending SYN to a host that is silent (tcp_syn_retries 6), ms. */
const SYN_PATIENCE_MS = 127_000;

/** @param oneWayMs between client and gateway */
function obstacleOf(trouble: Trouble, oneWayMs: number): Obstacle {
  const roundTrip = 2 * oneWayMs;
  switch (trouble) {
    case 'dns':
      return { at: roundTrip, kind: 'lookup-failed', reason: 'nxdomain' };
    case 'refused':
      return { at: roundTrip, kind: 'connect-failed', reason: 'refused' };
    case 'connect-timeout':
      return { at: SYN_PATIENCE_MS, kind: 'connect-failed', reason: 'timeout' };
    case 'tls-expired':
      return { at: 2 * roundTrip, kind: 'tls-failed', reason: 'expired' };
    case 'tls-wrong-host':
      return { at: 2 * roundTrip, kind: 'tls-failed', reason: 'wrong-name' };
    case 'tls-self-signed':
      return { at: 2 * roundTrip, kind: 'tls-failed', reason: 'self-signed' };
    case 'tls-handshake':
      return { at: 2 * roundTrip, kind: 'tls-failed', reason: 'handshake' };
  }
}

const WORDS: Readonly<Record<Trouble, readonly [cause: CauseId, verdict: string]>> = {
  dns: ['client-dns', 'the client could not find the address of the gateway'],
  refused: ['client-connect', 'nothing listened where the client wanted to connect'],
  'connect-timeout': ['client-timeout', 'the client’s attempt to connect was never answered'],
  'tls-expired': ['client-tls', 'the gateway’s certificate has expired, so the client sent nothing'],
  'tls-wrong-host': ['client-tls', 'the gateway’s certificate is for another host, so the client sent nothing'],
  'tls-self-signed': ['client-tls', 'the gateway’s certificate is self-signed, so the client sent nothing'],
  'tls-handshake': ['client-tls', 'the gateway ended the TLS handshake, so the client sent nothing'],
};

/** Asked when a client does the thing that may fail; counts the attempts. Null: it goes well. */
export type Obstacles = (kind: Obstacle['kind'], at: number) => Obstacle | null;

/** Room in the seeds beside those of routes and chapters. */
const STREAM = 2_038_074_743;

/** What the scenario puts between the client and the gateway. TLS can fail only where it is spoken. */
export function obstaclesOf({ client, network, seed }: Scenario): Obstacles {
  if (!client) return () => null;
  const obstacle = obstacleOf(client.trouble, network.client);
  const schedule = scheduleOf(client.schedule, seed + STREAM);
  const attempt = { method: '', url: '', headers: [] };
  return (kind, at) => (kind === obstacle.kind && schedule.strikes(at, attempt) ? obstacle : null);
}

/**
 * A gateway that a client reaches as the scenario lets it. Each request is an attempt to connect; one that fails never
 * comes to the gateway, whose story does not count it.
 */
export function behindObstacles(scenario: Scenario, open: () => Gateway): Gateway {
  const { client } = scenario;
  const gateway = open();
  if (!client) return gateway;
  // Fills in who would have answered.
  const unreached = open();
  const obstacles = obstaclesOf(scenario);
  const { kind } = obstacleOf(client.trouble, 0);
  const [cause, verdict] = WORDS[client.trouble];
  let answered = 0;
  return {
    match: gateway.match,
    answer: (request, at) => {
      const id = ++answered;
      const speaksTls = new URL(request.url).protocol === 'https:';
      const obstacle = kind === 'tls-failed' && !speaksTls ? null : obstacles(kind, at);
      if (!obstacle) return { ...gateway.answer(request, at), id };
      const { ledger: _ledger, ...exchange } = unreached.answer(request, at);
      const wire = [obstacle];
      return {
        ...{ ...exchange, id, fault: 'ok', cause, verdict, upstream: [], wire, answeredBy: null },
        ...{ client: clientViewOf(wire, request.method), log: { access: [], error: [] } },
      };
    },
    abandon: (exchange, elapsedMs) =>
      exchange.wire[0]?.kind === kind ? cutShort(exchange, elapsedMs) : gateway.abandon(exchange, elapsedMs),
  };
}
