import { z } from 'zod';
import { faultScheduleSchema } from './fault-schedule.ts';

/**
 * What keeps the client itself from talking to the gateway, before a byte of HTTP is sent:
 *
 *     client: { trouble: dns, schedule: { first: 2 } }
 *
 * The schedule counts attempts to connect, not requests: a client may send many requests on one connection.
 */

const TROUBLES = [
  'dns',
  'refused',
  'connect-timeout',
  'tls-expired',
  'tls-wrong-host',
  'tls-self-signed',
  'tls-handshake',
] as const;

export const clientTroubleSchema = z.strictObject({
  trouble: z
    .enum(TROUBLES, `must be one of ${TROUBLES.join(', ')}`)
    .describe('Where the client gives up: the name, the connection, or the TLS handshake'),
  schedule: faultScheduleSchema
    .prefault({})
    .refine(
      (rules) => rules.every(({ methods, path, headers }) => !methods && path === undefined && !headers),
      'cannot look at methods, path or headers here: the client has not sent its request yet',
    )
    .describe('Which attempts to connect fail; all, when left out'),
});

export type ClientTrouble = z.output<typeof clientTroubleSchema>;
