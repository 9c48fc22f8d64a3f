import { z } from 'zod';
import type { Exchange } from '../../gateway/exchange.ts';
import { FAULTS } from '../../gateway/faults/index.ts';
import { CAUSE_IDS, GATEWAY_IDS } from '../../gateway/ids.ts';
import { labCell } from '../lab-cells.ts';
import type { DataFile } from './data-file.ts';

const cause = z.enum(CAUSE_IDS).nullable().describe('The diagnosis; null for an upstream that is well');
const gateway = z.enum(GATEWAY_IDS);

const cell = z.strictObject({
  fault: z.string().describe('Id of the fault'),
  gateway,
  version: z.string().describe('Version that was recorded, or the documented variant'),
  status: z.int().nullable().describe('Status that the client gets; null without a response'),
  reason: z.string().nullable().describe('Reason phrase of the status line'),
  error: z.string().nullable().describe('What ended the exchange without a complete response; null when nothing did'),
  elapsedMs: z.number().describe('Until the client has its answer; the recorded gateways give up after 2 s'),
  upstreamAttempts: z.int().describe('How often the gateway asked an upstream'),
  errorLine: z.string().nullable().describe('First line in the gateway’s error log; null when it wrote none'),
  cause,
  provenance: z.strictObject({
    kind: z.enum(['recorded', 'documented']),
    source: z.string().describe('Program and version that was recorded, or the document'),
    date: z.iso.date(),
  }),
});

const missing = z.strictObject({ fault: z.string(), gateway, why: z.string() });
const fault = z.strictObject({
  id: z.string(),
  group: z.string(),
  summary: z.string().describe('What the upstream does'),
  cause,
});

/** What every gateway makes of every fault. */
export const matrixFile: DataFile = {
  name: 'matrix',
  version: '1.0.0',
  title: 'What each gateway makes of each fault',
  madeFrom: ['content/recordings', 'content/documented'],
  schema: z.object({
    faults: z.array(fault),
    cells: z.array(cell),
    missing: z.array(missing).describe('Pairs without an answer, and why there is none'),
  }),
  content: () => {
    const answers = FAULTS.flatMap(({ id }) => GATEWAY_IDS.map((name) => labCell(name, id)));
    return {
      faults: FAULTS.map(({ id, group, summary, cause: diagnosis }) => ({ id, group, summary, cause: diagnosis })),
      cells: answers.flatMap((answer) => (answer.kind === 'exchange' ? [cellOf(answer.exchange)] : [])),
      missing: answers.flatMap((answer) =>
        answer.kind === 'exchange' ? [] : [{ fault: answer.fault, gateway: answer.gateway, why: answer.why }],
      ),
    };
  },
};

function cellOf(exchange: Exchange): z.input<typeof cell> {
  const { client, log, upstream, gateway: by } = exchange;
  const { provenance } = by;
  return {
    fault: exchange.fault,
    gateway: by.id,
    version: by.version,
    status: client.status,
    reason: client.reason,
    error: client.error,
    elapsedMs: client.elapsedMs,
    upstreamAttempts: upstream.length,
    errorLine: log.error[0] ?? null,
    cause: exchange.cause,
    provenance: {
      kind: provenance.kind,
      source: provenance.kind === 'recorded' ? provenance.program : provenance.source,
      date: provenance.date,
    },
  };
}
